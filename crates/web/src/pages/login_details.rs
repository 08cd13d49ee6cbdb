//! Login details of a desk phone: shown once (U7), gone afterwards, made anew (L1).

use askama::Template;

use crate::frame::{Frame, Page};

/// The only page that ever holds login details. It has no `Debug`, and its answer is `no-store`.
#[derive(Template)]
#[template(path = "login_details.html")]
pub struct LoginDetailsPage {
    /// What all pages share.
    pub frame: Frame,
    /// Whether the user has just been added, or got new details.
    pub is_new_user: bool,
    /// Whose phone it is.
    pub person: String,
    /// The login name in groups of digits.
    pub login_groups: Vec<String>,
    /// The password in groups of characters.
    pub password_groups: Vec<String>,
    /// Host and port.
    pub server: String,
    /// UDP, TCP or TLS.
    pub transport: String,
    /// The number as people write it.
    pub number: String,
    /// The extension.
    pub extension: String,
    /// The desk phone type.
    pub desk_phone: String,
    /// Where "Continue" goes.
    pub next_href: String,
}

/// The answer 410 of an address that showed login details before.
#[derive(Template)]
#[template(path = "login_details_gone.html")]
pub struct LoginDetailsGonePage {
    /// What all pages share.
    pub frame: Frame,
    /// Whose phone it is.
    pub person: String,
    /// Address of the question for new details.
    pub new_href: String,
    /// Address of the user's page.
    pub user_href: String,
}

/// The question before new login details are made.
#[derive(Template)]
#[template(path = "login_details_new.html")]
pub struct NewLoginDetailsPage {
    /// What all pages share.
    pub frame: Frame,
    /// Whose phone it is.
    pub person: String,
    /// Version of the user that the question is about.
    pub version: i64,
    /// Where the form goes.
    pub action: String,
    /// Address of the user's page.
    pub cancel_href: String,
}

impl Page for LoginDetailsPage {
    fn title(&self) -> String {
        self.frame.words.login_details_title().into_owned()
    }
}

impl Page for LoginDetailsGonePage {
    fn title(&self) -> String {
        self.frame.words.login_details_gone_title().into_owned()
    }
}

impl Page for NewLoginDetailsPage {
    fn title(&self) -> String {
        self.frame.words.login_details_new_title(&self.person)
    }
}
