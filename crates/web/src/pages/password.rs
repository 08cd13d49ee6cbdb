//! Setting the password through a one-time link.

use askama::Template;
use model::PasswordRules;

use crate::frame::{Frame, Page};

/// The page behind a one-time link.
#[derive(Template)]
#[template(path = "password.html")]
pub struct PasswordPage {
    /// What all pages share.
    pub frame: Frame,
    /// Who sets the password.
    pub name: String,
    /// The name to log in with, enterprise included.
    pub username: String,
    /// What the password must keep to (A5).
    pub rules: PasswordRules,
    /// Where the form goes.
    pub action: String,
}

impl Page for PasswordPage {
    fn title(&self) -> String {
        self.frame.words.password_title().into_owned()
    }
}

impl PasswordPage {
    /// Says that the two passwords are not the same.
    pub fn refuse_repetition(&mut self) {
        let message = self.frame.words.password_differs();
        self.frame.errors.add("password_again", message);
    }
}
