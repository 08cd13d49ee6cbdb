//! Logging in.

use askama::Template;

use crate::frame::{Banner, Frame, Page, Tone};

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
    /// The origin at which passkeys work; none where they are not offered.
    pub passkey_origin: Option<String>,
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

    /// Says that the passkey was refused: always the same, whatever was wrong with it.
    pub fn refuse_passkey(&mut self) {
        let message = self.frame.words.problem_passkey_refused();
        self.frame.errors.add("", message);
    }

    /// Says that the password is asked for again, because there was no right code in time.
    pub fn ask_again(&mut self) {
        self.frame.banner = Some(Banner {
            tone: Tone::Notice,
            text: self.frame.words.login_again().into_owned(),
        });
    }
}
