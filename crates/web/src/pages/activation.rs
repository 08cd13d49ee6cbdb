//! The operator's queue of users that are not active.

use askama::Template;

use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::pages::hunt_group::GroupActivationRow;
use crate::parts::{Badge, Choice, Pager};

/// The queue.
#[derive(Template)]
#[template(path = "activations.html")]
pub struct ActivationsPage {
    /// What all pages share.
    pub frame: Frame,
    /// How many users wait.
    pub total: u64,
    /// The users on this page of the queue, longest waiting first.
    pub rows: Vec<ActivationRow>,
    /// Hunt groups and call centres that wait; on the first page of the list.
    pub groups: Vec<GroupActivationRow>,
    /// The pages before and after.
    pub pager: Pager,
    /// The enterprises to choose from.
    pub enterprises: Vec<Choice>,
    /// Id of the chosen one, or empty.
    pub enterprise: String,
    /// The states to choose from.
    pub states: Vec<Choice>,
    /// Name of the chosen one, or empty.
    pub state: String,
    /// The spans of waiting to choose from, in hours.
    pub spans: Vec<Choice>,
    /// The chosen one, or empty.
    pub span: String,
    /// Whether anything narrows the queue.
    pub is_filtered: bool,
    /// Address of the whole queue.
    pub clear_href: String,
    /// The reasons for a failure to choose from.
    pub reasons: Vec<Choice>,
}

/// How far an activation has come, in words.
#[derive(Clone, Debug, Default)]
pub struct ProgressView {
    /// What happens next and when; absent unless the user is Pending.
    pub next: Option<String>,
    /// When it is spoken of again.
    pub reminder: Option<String>,
    /// When it was spoken of last.
    pub reminded: Option<String>,
    /// What went wrong with the last attempt; for the operator.
    pub last_error: Option<String>,
    /// What an administrator has asked.
    pub request: Option<RequestView>,
}

/// What an administrator has asked.
#[derive(Clone, Debug)]
pub struct RequestView {
    /// Who and when.
    pub sentence: String,
    /// In the administrator's words.
    pub message: Option<String>,
}

/// One user that waits.
pub struct ActivationRow {
    /// Id, for the ids of the row's fields.
    pub id: String,
    /// First and last name.
    pub name: String,
    /// Address of the user's page.
    pub href: String,
    /// The number.
    pub number: String,
    /// Name of the enterprise.
    pub enterprise: String,
    /// Name of the site.
    pub site: String,
    /// Since when.
    pub since: Moment,
    /// Pending or Failed.
    pub state: Badge,
    /// Why it failed.
    pub reason: Option<String>,
    /// How far it has come.
    pub progress: ProgressView,
    /// Where the decision goes.
    pub action: String,
    /// Address of the question before cancelling.
    pub cancel_href: String,
}

impl Page for ActivationsPage {
    fn title(&self) -> String {
        self.frame.words.activation_title().into_owned()
    }
}
