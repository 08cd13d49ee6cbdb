//! The first page after logging in, different for each role.

use askama::Template;

use crate::frame::{Frame, Page};
use crate::pages::call::Calls;
use crate::pages::phone::PhoneView;
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
    User(Box<OwnTelephone>),
}

/// A user's own telephone.
pub struct OwnTelephone {
    /// Id, by which live changes find it.
    pub id: String,
    /// The number as the user writes it.
    pub number: String,
    /// The extension.
    pub extension: String,
    /// The desk phone type, or that there is none.
    pub desk_phone: String,
    /// The phones that are logged in, and whether they would ring.
    pub phone: PhoneView,
    /// The user's state.
    pub state: Badge,
    /// The last calls.
    pub calls: Calls,
    /// Address of the stream of changes.
    pub live_href: String,
}

/// A site at a glance.
pub struct SiteTile {
    /// Its name.
    pub name: String,
    /// Address of its page.
    pub href: String,
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
    /// The number that emergency services see, as people there write it.
    pub main_number: Option<String>,
    /// Address for setting it; absent for those who may not.
    pub main_number_href: Option<String>,
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
