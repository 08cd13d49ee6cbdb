//! The activity log (R5).

use askama::Template;
use model::Change;

use crate::frame::{Frame, Page};
use crate::parts::{ActivityRow, Pager};
use crate::words::Words;

/// The activity log of whatever the reader may see.
#[derive(Template)]
#[template(path = "activity.html")]
pub struct ActivityPage {
    /// What all pages share.
    pub frame: Frame,
    /// About whom, when it is about one user.
    pub person: Option<String>,
    /// The entries, newest first.
    pub rows: Vec<ActivityRow>,
    /// The pages before and after.
    pub pager: Pager,
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
