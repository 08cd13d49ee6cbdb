//! The pickup groups (G1) and park groups (G2) of a site: the list, the form with the members, the question before one is deleted.

use askama::Template;
use model::{ParkRecall, TeamKind};

use super::hunt_group::{FoundRow, SeatRow};
use crate::frame::{Frame, Page};
use crate::names::{self, Name};
use crate::parts::{Choice, Link, Pager};
use crate::words::Words;

/// The list.
#[derive(Template)]
#[template(path = "teams.html")]
pub struct TeamsPage {
    /// What all pages share.
    pub frame: Frame,
    /// Groups of which kind.
    pub kind: TeamKind,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the site.
    pub site: String,
    /// What was looked for.
    pub query: String,
    /// Address of the list.
    pub path: String,
    /// Address for adding one; absent for those who may not.
    pub add_href: Option<String>,
    /// The groups of this page of the list.
    pub rows: Vec<TeamRow>,
    /// The pages before and after.
    pub pager: Pager,
}

/// A group in the list.
pub struct TeamRow {
    /// Its name.
    pub name: String,
    /// Address of its page.
    pub href: String,
    /// How many members.
    pub members: i64,
}

impl TeamsPage {
    /// What such groups are for.
    pub fn lead(&self) -> Name {
        let words = self.frame.words;
        match self.kind {
            TeamKind::Pickup => words.pickup_group_list_lead(),
            TeamKind::Park => words.park_group_list_lead(),
        }
    }

    /// That there are none.
    pub fn empty_title(&self) -> Name {
        let words = self.frame.words;
        match self.kind {
            TeamKind::Pickup => words.pickup_group_list_empty(),
            TeamKind::Park => words.park_group_list_empty(),
        }
    }

    /// The link for adding one.
    pub fn add_label(&self) -> Name {
        let words = self.frame.words;
        match self.kind {
            TeamKind::Pickup => words.pickup_group_add(),
            TeamKind::Park => words.park_group_add(),
        }
    }
}

/// Adding a group, or looking at one and changing it.
#[derive(Template)]
#[template(path = "team_form.html")]
pub struct TeamFormPage {
    /// What all pages share.
    pub frame: Frame,
    /// A group of which kind.
    pub kind: TeamKind,
    /// The way back.
    pub trail: Vec<Link>,
    /// The title.
    pub title: String,
    /// The group as it is; absent while it is added.
    pub kept: Option<KeptTeam>,
    /// Name as typed.
    pub name: String,
    /// Id of the department.
    pub department: String,
    /// The departments to choose from.
    pub departments: Vec<Choice>,
    /// The members in order.
    pub seats: Vec<SeatRow>,
    /// How many members there are whom the reader may not know.
    pub hidden: usize,
    /// How many members wait for their activation (S7).
    pub waiting: usize,
    /// Who matches the search; absent while nothing is looked for.
    pub found: Option<Vec<FoundRow>>,
    /// Whether members who are in another group can be moved; absent while there is no reason to ask.
    pub moves: Option<bool>,
    /// The box for that.
    pub moving: Vec<Choice>,
    /// What is set for parking; absent for pickup groups.
    pub park: Option<ParkFields>,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

/// A group that is there already.
pub struct KeptTeam {
    /// Version that the form is about.
    pub version: i64,
    /// Address of its past calls.
    pub calls_href: String,
    /// Address for deleting; absent for those who may not.
    pub delete_href: Option<String>,
}

/// What is typed for a park group.
pub struct ParkFields {
    /// Seconds.
    pub recall_after_s: String,
    /// To whom.
    pub recall_to: String,
    /// Id of the hunt group that is the alternate.
    pub alternate: String,
    /// Seconds.
    pub alternate_after_s: String,
    /// Seconds.
    pub display_s: String,
    /// Whether there is an announcement.
    pub announces: bool,
    /// To whom it may be.
    pub recalls: Vec<Choice>,
    /// The box for the announcement.
    pub announcement: Vec<Choice>,
    /// The hunt groups to choose from.
    pub alternates: Vec<Choice>,
}

impl TeamFormPage {
    /// What such a group is for.
    pub fn lead(&self) -> Name {
        let words = self.frame.words;
        match self.kind {
            TeamKind::Pickup => words.pickup_group_lead(),
            TeamKind::Park => words.park_group_lead(),
        }
    }

    /// What the order of the members means.
    pub fn members_lead(&self) -> Name {
        let words = self.frame.words;
        match self.kind {
            TeamKind::Pickup => words.pickup_group_members_lead(),
            TeamKind::Park => words.park_group_members_lead(),
        }
    }

    /// The link for deleting it.
    pub fn delete_label(&self) -> Name {
        let words = self.frame.words;
        match self.kind {
            TeamKind::Pickup => words.pickup_group_delete(),
            TeamKind::Park => words.park_group_delete(),
        }
    }
}

/// To whom a parked call may return.
pub fn recalls(words: Words) -> Vec<Choice> {
    let choice = |recall: &ParkRecall| Choice::new(recall.id(), names::park_recall(words, *recall));
    ParkRecall::ALL.iter().map(choice).collect()
}

/// The box for the announcement.
pub fn announcement(words: Words) -> Vec<Choice> {
    vec![Choice::new("on", words.park_group_announces_on())]
}

/// The box for moving members.
pub fn moving(words: Words) -> Vec<Choice> {
    vec![Choice::new("on", words.team_moves_members())]
}

/// The values of a single box.
pub(crate) fn ticked(is_on: &bool) -> Vec<String> {
    is_on.then(|| "on".to_owned()).into_iter().collect()
}

/// The question before a group is deleted (D4).
#[derive(Template)]
#[template(path = "team_delete.html")]
pub struct TeamDeletePage {
    /// What all pages share.
    pub frame: Frame,
    /// A group of which kind.
    pub kind: TeamKind,
    /// Its name.
    pub name: String,
    /// Version that the question is about.
    pub version: i64,
    /// How many members leave.
    pub members: usize,
    /// Who might need to be told.
    pub people: Vec<String>,
    /// How many members there are whom the reader may not know.
    pub hidden: usize,
    /// Where the form goes.
    pub action: String,
    /// Address of the group's page.
    pub cancel_href: String,
}

impl TeamDeletePage {
    /// What the members can do no longer.
    pub fn effect(&self) -> Name {
        let words = self.frame.words;
        match self.kind {
            TeamKind::Pickup => words.pickup_group_delete_effect(),
            TeamKind::Park => words.park_group_delete_effect(),
        }
    }

    /// The button that deletes.
    pub fn submit(&self) -> String {
        let words = self.frame.words;
        match self.kind {
            TeamKind::Pickup => words.pickup_group_delete_submit(&self.name),
            TeamKind::Park => words.park_group_delete_submit(&self.name),
        }
    }
}

impl Page for TeamsPage {
    fn title(&self) -> String {
        let words = self.frame.words;
        match self.kind {
            TeamKind::Pickup => words.pickup_group_list_title(&self.site),
            TeamKind::Park => words.park_group_list_title(&self.site),
        }
    }
}

impl Page for TeamFormPage {
    fn title(&self) -> String {
        self.title.clone()
    }
}

impl Page for TeamDeletePage {
    fn title(&self) -> String {
        let words = self.frame.words;
        match self.kind {
            TeamKind::Pickup => words.pickup_group_delete_title(&self.name),
            TeamKind::Park => words.park_group_delete_title(&self.name),
        }
    }
}
