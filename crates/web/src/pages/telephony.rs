//! What the call engine keeps to: the forms for an enterprise and for a site.

use askama::Template;

use crate::frame::{Frame, Page};
use crate::parts::{Choice, Link};

/// The form for calls at once and MD5.
#[derive(Template)]
#[template(path = "telephony_form.html")]
pub struct TelephonyFormPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the enterprise.
    pub enterprise: String,
    /// What was typed as calls at once.
    pub max_calls: String,
    /// Whether phones that know only MD5 are refused: the one box, and what is checked of it.
    pub boxes: Vec<Choice>,
    /// Values of the boxes that are checked.
    pub checked: Vec<String>,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

/// The form for the number that emergency services see.
#[derive(Template)]
#[template(path = "main_number_form.html")]
pub struct MainNumberFormPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the site.
    pub site: String,
    /// What was typed.
    pub main_number: String,
    /// Numbers of the site, at least the first ones; the value is as people there write it.
    pub numbers: Vec<Choice>,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

impl Page for TelephonyFormPage {
    fn title(&self) -> String {
        self.frame.words.telephony_form_title().into_owned()
    }
}

impl Page for MainNumberFormPage {
    fn title(&self) -> String {
        self.frame.words.main_number_title(&self.site)
    }
}
