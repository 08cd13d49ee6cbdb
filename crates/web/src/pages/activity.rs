//! The activity log (R5).

use askama::Template;
use model::Change;

use crate::frame::{Frame, Page};
use crate::parts::{ActivityRow, Choice, Pager};
use crate::words::Words;

/// The activity log of whatever the reader may see.
#[derive(Template)]
#[template(path = "activity.html")]
pub struct ActivityPage {
    /// What all pages share.
    pub frame: Frame,
    /// About whom, when it is about one user.
    pub person: Option<String>,
    /// What narrows it.
    pub filter: ActivityFilter,
    /// Address of all that match as a sheet.
    pub sheet_href: String,
    /// The entries, newest first.
    pub rows: Vec<ActivityRow>,
    /// The pages before and after.
    pub pager: Pager,
}

/// What narrows the activity log, as it was typed and chosen.
#[derive(Clone, Debug, Default)]
pub struct ActivityFilter {
    /// Id of the user it is about, or empty.
    pub user: String,
    /// Id of the enterprise, or empty; only the operator has a choice.
    pub enterprise: String,
    /// The sites to choose from; empty when there is no choice.
    pub sites: Vec<Choice>,
    /// Id of the chosen site, or empty.
    pub site: String,
    /// Who acted.
    pub actor: String,
    /// What can have happened.
    pub actions: Vec<Choice>,
    /// What happened, or empty.
    pub action: String,
    /// The first day, as `<input type="date">` has it, or empty.
    pub from: String,
    /// The last day, or empty.
    pub until: String,
    /// Whether any of it narrows the log.
    pub is_set: bool,
    /// Address of the log without it.
    pub clear_href: String,
}

impl Page for ActivityPage {
    fn title(&self) -> String {
        let words = self.frame.words;
        match &self.person {
            Some(name) => words.activity_title_user(name),
            None => words.activity_title().into_owned(),
        }
    }
}

/// A change in words; `field` is the field's name in words, the values are as they are shown.
pub fn told(words: Words, field: &str, change: &Change) -> Option<String> {
    match (&change.before, &change.after) {
        (Some(from), Some(to)) => Some(words.activity_change_from_to(field, from, to)),
        (None, Some(to)) => Some(words.activity_change_set(field, to)),
        (Some(from), None) => Some(words.activity_change_removed(field, from)),
        (None, None) => None,
    }
}
