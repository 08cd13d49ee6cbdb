//! What will happen before many users get new login details (L2, L4).

use askama::Template;

use crate::frame::{Frame, Page};
use crate::parts::Choice;

/// The question.
#[derive(Template)]
#[template(path = "renewal.html")]
pub struct RenewalPage {
    /// What all pages share.
    pub frame: Frame,
    /// How many will get new login details.
    pub part: u64,
    /// How many will be skipped.
    pub skipped_count: u64,
    /// The first of those.
    pub skipped: Vec<SkippedRow>,
    /// How many of those are not named.
    pub more: u64,
    /// Who is selected, as fields of the form.
    pub selection: Vec<(&'static str, String)>,
    /// The id of the work that begins when the form is sent, however often.
    pub job: String,
    /// Where the passwords may come from.
    pub kinds: Vec<Choice>,
    /// The one that is chosen.
    pub kind: String,
    /// Fewest characters of a password.
    pub min: usize,
    /// Most characters of a password.
    pub max: usize,
    /// The signs that a password may hold.
    pub signs: String,
}

/// Somebody who will be skipped.
pub struct SkippedRow {
    /// First and last name.
    pub name: String,
    /// Why, in words.
    pub why: String,
}

impl Page for RenewalPage {
    fn title(&self) -> String {
        self.frame.words.renewal_title().into_owned()
    }
}
