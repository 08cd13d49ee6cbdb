//! The past calls of a group with its figures and those of its members (G1-G4).

use askama::Template;

use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::parts::Link;

/// Past calls.
#[derive(Template)]
#[template(path = "group_calls.html")]
pub struct GroupCallsPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the group.
    pub name: String,
    /// Address of the page.
    pub path: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The figures of the period: label and value.
    pub figures: Vec<(String, String)>,
    /// What the members did.
    pub members: Vec<MemberRow>,
    /// Address of the members' file.
    pub members_sheet_href: String,
    /// The calls, the newest first.
    pub rows: Vec<PastCallRow>,
    /// Address of the next page.
    pub next: Option<String>,
    /// Address of the calls' file.
    pub sheet_href: String,
}

/// What a member did.
pub struct MemberRow {
    /// Name.
    pub name: String,
    /// How often the phone was rung.
    pub offered: u32,
    /// Calls taken.
    pub answered: u32,
    /// Calls not taken.
    pub bounced: u32,
    /// How long the member talked: 1:05.
    pub talked: String,
}

/// A past call.
pub struct PastCallRow {
    /// When it came.
    pub at: Moment,
    /// Who called.
    pub caller: String,
    /// How long it waited.
    pub waited: String,
    /// Who took it.
    pub answered_by: String,
    /// How often somebody was rung.
    pub offers: String,
    /// How it left.
    pub outcome: String,
    /// Its way, one sentence for each step.
    pub steps: Vec<String>,
}

impl Page for GroupCallsPage {
    fn title(&self) -> String {
        self.frame.words.group_calls_title(&self.name)
    }
}
