//! Logging in.

use askama::Template;

use crate::frame::{Frame, Page};

/// The page where readers log in.
#[derive(Template)]
#[template(path = "login.html")]
pub struct LoginPage {
    /// What all pages share; a refused login is an error without a field.
    pub frame: Frame,
    /// What was typed as username.
    pub username: String,
    /// Where to go afterwards.
    pub return_path: String,
    /// Whether the connection is encrypted or local; without, nobody can log in.
    pub is_encrypted: bool,
}

impl Page for LoginPage {
    fn title(&self) -> String {
        self.frame.words.login_title().into_owned()
    }
}

impl LoginPage {
    /// Says that the login was refused: always the same, whether the name is unknown or the password wrong.
    pub fn refuse(&mut self) {
        let message = self.frame.words.login_refused();
        self.frame.errors.add("username", message);
    }
}
