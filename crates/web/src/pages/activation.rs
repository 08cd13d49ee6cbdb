//! The operator's queue of users that are not active.

use askama::Template;

use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::parts::{Badge, Pager};

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
    /// The pages before and after.
    pub pager: Pager,
}

/// One user that waits.
pub struct ActivationRow {
    /// Id, for the ids of the row's fields.
    pub id: String,
    /// First and last name.
    pub name: String,
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
    /// Whether the administrator asked for cancelling (S4).
    pub is_cancelling_wanted: bool,
    /// Where the decision goes.
    pub action: String,
}

impl Page for ActivationsPage {
    fn title(&self) -> String {
        self.frame.words.activation_title().into_owned()
    }
}
