//! The first page after logging in, different for each role.

use askama::Template;

use crate::frame::{Frame, Page};
use crate::parts::{Badge, Stock};

/// The overview.
#[derive(Template)]
#[template(path = "home.html")]
pub struct HomePage {
    /// What all pages share.
    pub frame: Frame,
    /// The heading, which greets the reader.
    pub greeting: String,
    /// What the reader's role sees.
    pub content: Content,
}

/// What each role sees first.
pub enum Content {
    /// What waits for the operator.
    Operator {
        /// Users that are Pending.
        waiting: u64,
        /// Users that are Failed.
        failed: u64,
        /// Enterprises in the installation.
        enterprises: u64,
    },
    /// The sites an administrator is responsible for.
    Administrator {
        /// The sites.
        sites: Vec<SiteTile>,
        /// The licences of the enterprise.
        licences: Vec<Stock>,
    },
    /// A user's own telephone.
    User {
        /// The number as the user writes it.
        number: String,
        /// The extension.
        extension: String,
        /// The desk phone type, or that there is none.
        desk_phone: String,
        /// Whether the desk phone is connected, if there is one.
        is_registered: Option<bool>,
        /// The user's state.
        state: Badge,
    },
}

/// A site at a glance.
pub struct SiteTile {
    /// Its name.
    pub name: String,
    /// Address of its list of users.
    pub users_href: String,
    /// Address for adding a user.
    pub add_href: String,
    /// All users.
    pub users: u64,
    /// Users that are Pending.
    pub pending: u64,
    /// Users that are Failed.
    pub failed: u64,
    /// Its phone numbers.
    pub numbers: Stock,
}

impl Page for HomePage {
    fn title(&self) -> String {
        self.frame.words.home_title().into_owned()
    }
}

impl HomePage {
    /// The page with its greeting.
    pub fn new(frame: Frame, content: Content) -> Self {
        let name = frame
            .reader
            .as_ref()
            .map_or("", |reader| reader.name.as_str());
        let greeting = frame.words.home_greeting(name);
        Self {
            frame,
            greeting,
            content,
        }
    }
}
