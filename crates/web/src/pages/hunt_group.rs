//! The hunt groups of a site: the list, the form with the members, the question before one is deleted (G3).

use askama::Template;

use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::parts::{Badge, Choice, Link, Pager};

/// The list.
#[derive(Template)]
#[template(path = "hunt_groups.html")]
pub struct HuntGroupsPage {
    /// What all pages share.
    pub frame: Frame,
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
    pub rows: Vec<HuntGroupRow>,
    /// The pages before and after.
    pub pager: Pager,
}

/// A group in the list.
pub struct HuntGroupRow {
    /// Its name.
    pub name: String,
    /// Address of its page.
    pub href: String,
    /// Number as people there write it.
    pub number: String,
    /// Extension.
    pub extension: String,
    /// How many members.
    pub members: u64,
    /// Its state.
    pub state: Badge,
}

/// Adding a group, or looking at one and changing it.
#[derive(Template)]
#[template(path = "hunt_group_form.html")]
pub struct HuntGroupFormPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// The title.
    pub title: String,
    /// The group as it is; absent while it is added.
    pub kept: Option<KeptGroup>,
    /// What was typed.
    pub fields: HuntGroupFields,
    /// The free numbers to choose from.
    pub numbers: Vec<Choice>,
    /// The departments to choose from.
    pub departments: Vec<Choice>,
    /// The policies to choose from.
    pub policies: Vec<Choice>,
    /// The switches.
    pub options: Vec<Choice>,
    /// The members in order.
    pub seats: Vec<SeatRow>,
    /// Who matches the search; absent while nothing is looked for.
    pub found: Option<Vec<FoundRow>>,
    /// How many members wait for their activation (S7).
    pub waiting: usize,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

impl HuntGroupFormPage {
    /// The group, while name, number and extension stay as they are.
    pub fn locked(&self) -> Option<&KeptGroup> {
        self.kept.as_ref().filter(|kept| kept.is_locked)
    }
}

/// A group that is there already.
pub struct KeptGroup {
    /// Version that the form is about.
    pub version: i64,
    /// Its state.
    pub state: Badge,
    /// Why the activation failed.
    pub reason: Option<String>,
    /// Number as people there write it.
    pub number: String,
    /// Whether name, number and extension stay as they are (S5).
    pub is_locked: bool,
    /// Address of its past calls.
    pub calls_href: String,
    /// Address for deleting; absent until the group is active.
    pub delete_href: Option<String>,
}

/// What was typed.
pub struct HuntGroupFields {
    /// Name.
    pub name: String,
    /// Number.
    pub number: String,
    /// Extension.
    pub extension: String,
    /// Id of the department.
    pub department: String,
    /// Policy.
    pub policy: String,
    /// Rings.
    pub skip_after_rings: String,
    /// Seconds.
    pub no_answer_after_s: String,
    /// Target when nobody answers.
    pub no_answer_target: String,
    /// Target when nobody can be reached.
    pub not_reachable_target: String,
    /// Target when busy.
    pub busy_target: String,
    /// The switches that are on.
    pub options: Vec<String>,
}

impl HuntGroupFields {
    /// Whether members have shares.
    pub fn is_weighted(&self) -> bool {
        self.policy == model::HuntPolicy::Weighted.id()
    }
}

/// A member in the form.
pub struct SeatRow {
    /// The user's id.
    pub id: String,
    /// Name, or what stands for somebody whom the reader may not know.
    pub name: String,
    /// Extension, or nothing.
    pub extension: String,
    /// The typed share.
    pub weight: String,
    /// Whether the seat waits for activation (S7).
    pub is_waiting: bool,
}

/// Somebody who could be a member.
pub struct FoundRow {
    /// The user's id.
    pub id: String,
    /// First and last name.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// Whether the seat would wait for activation (S7).
    pub is_waiting: bool,
}

/// The question before a group is deleted (D4).
#[derive(Template)]
#[template(path = "hunt_group_delete.html")]
pub struct HuntGroupDeletePage {
    /// What all pages share.
    pub frame: Frame,
    /// Its name.
    pub name: String,
    /// Version that the question is about.
    pub version: i64,
    /// The number that becomes free.
    pub number: String,
    /// The extension that becomes free.
    pub extension: String,
    /// How many members leave.
    pub members: usize,
    /// The forwards that end.
    pub forwards: Vec<String>,
    /// Who might need to be told.
    pub people: Vec<String>,
    /// Where the form goes.
    pub action: String,
    /// Address of the group's page.
    pub cancel_href: String,
}

/// A virtual user in the operator's queue.
pub struct GroupActivationRow {
    /// Id, for the fields of its forms.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Hunt group or call centre.
    pub kind: String,
    /// Number.
    pub number: String,
    /// Name of the enterprise.
    pub enterprise: String,
    /// Name of the site.
    pub site: String,
    /// Since when it waits.
    pub since: Moment,
    /// Its state.
    pub state: Badge,
    /// Why the activation failed.
    pub reason: Option<String>,
    /// Where the decision goes.
    pub action: String,
    /// Address for cancelling.
    pub cancel_href: String,
}

impl Page for HuntGroupsPage {
    fn title(&self) -> String {
        self.frame.words.hunt_group_list_title(&self.site)
    }
}

impl Page for HuntGroupFormPage {
    fn title(&self) -> String {
        self.title.clone()
    }
}

impl Page for HuntGroupDeletePage {
    fn title(&self) -> String {
        self.frame.words.hunt_group_delete_title(&self.name)
    }
}
