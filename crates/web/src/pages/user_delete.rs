//! The question before a user is deleted (D4, D5).

use askama::Template;

use crate::{
    frame::{Frame, Page},
    parts::Choice,
};

/// Everything that deleting would remove.
#[derive(Template)]
#[template(path = "user_delete.html")]
pub struct UserDeletePage {
    /// What all pages share.
    pub frame: Frame,
    /// First and last name.
    pub name: String,
    /// Version of the user that the question is about.
    pub version: i64,
    /// The number that becomes free.
    pub number: String,
    /// The desk phone type, if there is a desk phone.
    pub desk_phone: Option<String>,
    /// The packages and services of which a licence becomes free.
    pub licences: Vec<String>,
    /// The groups left.
    pub groups: Vec<String>,
    /// Everything else that names the user: forwards, monitored lists, recall targets.
    pub mentions: Vec<String>,
    /// Who might need to be told; each can be sent a letter.
    pub people: Vec<Choice>,
    /// Who of them is ticked.
    pub told: Vec<String>,
    /// What the administrator adds to it, as it was typed.
    pub message: String,
    /// Where the form goes.
    pub action: String,
    /// Address of the user's page.
    pub cancel_href: String,
}

/// How somebody belongs to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after the groups")]
pub enum Membership {
    HuntGroup,
    Agent,
    Supervisor,
    PickupGroup,
    ParkGroup,
}

impl Membership {
    /// The group with its kind, in words.
    pub fn told(self, words: crate::words::Words, name: &str) -> String {
        match self {
            Self::HuntGroup => words.group_hunt(name),
            Self::Agent => words.group_agent(name),
            Self::Supervisor => words.group_supervisor(name),
            Self::PickupGroup => words.group_pickup(name),
            Self::ParkGroup => words.group_park(name),
        }
    }
}

impl Page for UserDeletePage {
    fn title(&self) -> String {
        self.frame.words.user_delete_title(&self.name)
    }
}
