//! A letter, before it is put into words.

use std::fmt;

use model::{Country, Language, NoticeChange, Timestamp};
use uuid::Uuid;

/// A letter to one person.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Identity; makes the `Message-ID`.
    pub id: Uuid,
    /// When it was written.
    pub at: Timestamp,
    /// The address it goes to.
    pub to: String,
    /// The language it is written in.
    pub language: Language,
    /// The country in whose time moments are told.
    pub country: Country,
    /// What it says.
    pub content: Content,
}

/// What a letter says.
#[derive(Clone, Debug)]
pub enum Content {
    /// A link with which the first password is set (U10).
    Registration {
        /// Who is addressed.
        name: String,
        /// What the account logs in as.
        login_name: String,
        /// The link.
        link: OneTimeLink,
        /// Until when it is good.
        good_until: Timestamp,
    },
    /// A link with which a forgotten password is set anew (A1).
    PasswordReset {
        /// What the account logs in as.
        login_name: String,
        /// The link.
        link: OneTimeLink,
        /// Until when it is good.
        good_until: Timestamp,
    },
    /// The names with which somebody logs in (A1).
    UsernameReminder {
        /// What the accounts log in as.
        login_names: Vec<String>,
        /// Address of the login page.
        login: String,
    },
    /// A colleague leaves (D4).
    Notice {
        /// Who is addressed.
        name: String,
        /// Who leaves.
        leaver: String,
        /// What changes for the reader.
        changes: Vec<NoticeChange>,
        /// What the administrator adds, as it was typed: plain text.
        message: Option<String>,
        /// Address of the login page.
        login: String,
    },
}

/// The address of a one-time link; never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeLink(String);

impl OneTimeLink {
    /// The link of a secret, in a portal at this address.
    #[must_use]
    pub fn new(public_url: &str, token: &str) -> Self {
        Self(format!("{public_url}/password/{token}"))
    }

    /// The address itself, for the letter.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for OneTimeLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OneTimeLink(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_never_printed() {
        let link = OneTimeLink::new("https://klinke.example", "geheim");
        assert_eq!(link.reveal(), "https://klinke.example/password/geheim");
        assert!(!format!("{link:?}").contains("geheim"));
    }
}
