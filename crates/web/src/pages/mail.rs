//! The letters that are kept where there is no mail server.

use askama::Template;

use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::parts::Link;

/// The list of them.
#[derive(Template)]
#[template(path = "mail_list.html")]
pub struct MailListPage {
    /// What all pages share.
    pub frame: Frame,
    /// The letters, the newest first; `None` where letters are sent away.
    pub rows: Option<Vec<MailRow>>,
}

/// One letter in the list.
pub struct MailRow {
    /// When it was written.
    pub at: Moment,
    /// The address it would have gone to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Address of its page.
    pub href: String,
}

/// One letter. Without `Debug`: there are one-time links in it.
#[derive(Template)]
#[template(path = "mail.html")]
pub struct MailPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// When it was written.
    pub at: Moment,
    /// The address it would have gone to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

impl Page for MailListPage {
    fn title(&self) -> String {
        self.frame.words.mail_list_title().into_owned()
    }
}

impl Page for MailPage {
    fn title(&self) -> String {
        self.subject.clone()
    }
}
