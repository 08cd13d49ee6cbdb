//! Calls that are over: a page of them, and the last few on other pages.

use std::borrow::Cow;

use askama::Template;

use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::parts::{Choice, Link, Pager};

/// Calls of whatever the reader may see.
#[derive(Template)]
#[template(path = "calls.html")]
pub struct CallsPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back; empty on the reader's own page.
    pub trail: Vec<Link>,
    /// Whose calls, when they are one user's.
    pub person: Option<String>,
    /// For how many days they are kept.
    pub kept_days: u32,
    /// The sites to choose from; empty when there is only one.
    pub sites: Vec<Choice>,
    /// Id of the chosen site, or empty.
    pub site: String,
    /// Whether all sites can be chosen at once.
    pub has_all_sites: bool,
    /// The calls.
    pub calls: Calls,
    /// The pages before and after.
    pub pager: Pager,
}

/// Some calls, the newest first.
#[derive(Clone, Debug, Default)]
pub struct Calls {
    /// The calls.
    pub rows: Vec<CallRow>,
    /// Whether they are of several users, so that each says of whom.
    pub is_of_several: bool,
}

/// One call.
#[derive(Clone, Debug)]
pub struct CallRow {
    /// Which way it went.
    pub direction: Direction,
    /// Whose call it was.
    pub own: PartyView,
    /// The other side.
    pub other: PartyView,
    /// When it began.
    pub at: Moment,
    /// How long they talked, if they did.
    pub duration: Option<String>,
    /// How it ended, in words.
    pub outcome: Cow<'static, str>,
}

/// One side of a call.
#[derive(Clone, Debug, Default)]
pub struct PartyView {
    /// The name, may be empty.
    pub name: String,
    /// The number as the reader writes it, or the extension.
    pub number: String,
    /// Address of the user's page, where the reader may open it.
    pub href: Option<String>,
}

/// Which way a call went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "said by their names")]
pub enum Direction {
    Outgoing,
    Incoming,
    Missed,
}

impl Page for CallsPage {
    fn title(&self) -> String {
        let words = self.frame.words;
        match &self.person {
            Some(name) => words.call_title_user(name),
            None => words.call_title().into_owned(),
        }
    }
}

impl PartyView {
    /// The name, or the number where there is no name.
    pub fn title(&self) -> &str {
        if self.name.is_empty() {
            &self.number
        } else {
            &self.name
        }
    }
}

impl Direction {
    /// Name of its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Outgoing => "call-outgoing",
            Self::Incoming => "call-incoming",
            Self::Missed => "call-missed",
        }
    }
}
