//! The own account, and what somebody does who cannot get at it.

use askama::Template;
use model::PasswordRules;

use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::pages::second_factor::SecondFactorCard;
use crate::parts::{Choice, Link};

/// The own account.
#[derive(Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    /// What all pages share.
    pub frame: Frame,
    /// The name to log in with.
    pub login_name: String,
    /// Where mail goes.
    pub email: String,
    /// When the password was set.
    pub password_set: Option<Moment>,
    /// Until when it is good; absent for ever.
    pub password_until: Option<Moment>,
    /// The languages to choose from.
    pub languages: Vec<Choice>,
    /// The language of pages and mail.
    pub language: String,
    /// Where one is logged in.
    pub sessions: Vec<SessionRow>,
    /// What an administrator has besides the password; users of telephones have nothing.
    pub second_factor: Option<SecondFactorCard>,
}

/// One session.
pub struct SessionRow {
    /// When it was begun.
    pub since: Moment,
    /// The address it was begun from.
    pub source: String,
    /// Browser and system in short.
    pub browser: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// The form for a new own password.
#[derive(Template)]
#[template(path = "change_password.html")]
pub struct ChangePasswordPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back; none while the password has expired.
    pub trail: Vec<Link>,
    /// The name to log in with, for the browser's store of passwords.
    pub username: String,
    /// What the password must keep to.
    pub rules: PasswordRules,
    /// Whether the password has expired.
    pub is_expired: bool,
}

/// Somebody has forgotten password or username.
#[derive(Template)]
#[template(path = "forgotten.html")]
pub struct ForgottenPage {
    /// What all pages share.
    pub frame: Frame,
    /// What was forgotten.
    pub lost: Lost,
    /// What was typed.
    pub typed: String,
    /// Whether it was sent: then the page says what happens now, whoever it was.
    pub is_sent: bool,
}

/// What can be forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after what was forgotten")]
pub enum Lost {
    Password,
    Username,
}

/// A one-time link that is not good any more.
#[derive(Template)]
#[template(path = "password_gone.html")]
pub struct PasswordGonePage {
    /// What all pages share.
    pub frame: Frame,
}

/// The question before a user's account is reset.
#[derive(Template)]
#[template(path = "account_reset.html")]
pub struct AccountResetPage {
    /// What all pages share.
    pub frame: Frame,
    /// First and last name.
    pub name: String,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

impl Page for AccountPage {
    fn title(&self) -> String {
        self.frame.words.account_title().into_owned()
    }
}

impl Page for ChangePasswordPage {
    fn title(&self) -> String {
        self.frame.words.account_password_title().into_owned()
    }
}

impl ChangePasswordPage {
    /// Says that the two passwords are not the same.
    pub fn refuse_repetition(&mut self) {
        let message = self.frame.words.password_differs();
        self.frame.errors.add("password_again", message);
    }
}

impl Page for ForgottenPage {
    fn title(&self) -> String {
        let words = self.frame.words;
        let title = match (self.is_sent, self.lost) {
            (true, _) => words.forgotten_sent_title(),
            (false, Lost::Password) => words.forgotten_password_title(),
            (false, Lost::Username) => words.forgotten_username_title(),
        };
        title.into_owned()
    }
}

impl Page for PasswordGonePage {
    fn title(&self) -> String {
        self.frame.words.password_gone_title().into_owned()
    }
}

impl Page for AccountResetPage {
    fn title(&self) -> String {
        self.frame.words.account_reset_title(&self.name)
    }
}
