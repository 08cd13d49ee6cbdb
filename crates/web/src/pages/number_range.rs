//! Importing a range of phone numbers into a site.

use std::borrow::Cow;

use askama::Template;
use model::Country;

use crate::frame::{Frame, Page};
use crate::parts::Link;

/// The form for a range of numbers.
#[derive(Template)]
#[template(path = "number_range_form.html")]
pub struct NumberRangeFormPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the enterprise.
    pub enterprise: String,
    /// Name of the site.
    pub site: String,
    /// The site's country, for the example.
    pub country: Country,
    /// What was typed as first number.
    pub first_number: String,
    /// What was typed as last number.
    pub last_number: String,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

impl Page for NumberRangeFormPage {
    fn title(&self) -> String {
        self.frame.words.number_range_title().into_owned()
    }
}

impl NumberRangeFormPage {
    fn hint(&self) -> Cow<'static, str> {
        match self.country {
            Country::Germany => self.frame.words.number_range_hint_de(),
            Country::UnitedKingdom => self.frame.words.number_range_hint_gb(),
        }
    }
}
