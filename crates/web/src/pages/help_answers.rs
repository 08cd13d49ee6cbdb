//! What readers say of the help pages (H2).

use askama::Template;

use crate::frame::{Frame, Page};

/// A page and how it was received.
pub struct HelpAnswerRow {
    /// Its title.
    pub title: &'static str,
    /// Where it is.
    pub href: String,
    /// "Yes" and "no" of those who read it in German.
    pub german: (u64, u64),
    /// "Yes" and "no" of those who read it in English.
    pub english: (u64, u64),
}

/// A comment.
pub struct HelpCommentRow {
    /// Title of the page.
    pub title: &'static str,
    /// The language it was read in, by its own name.
    pub language: &'static str,
    /// The language's code.
    pub code: &'static str,
    /// Whether it was found useful.
    pub is_useful: bool,
    /// What was said.
    pub comment: String,
    /// When.
    pub at: crate::format::Moment,
}

/// Counts and comments.
#[derive(Template)]
#[template(path = "help_answers.html")]
pub struct HelpAnswersPage {
    /// What all pages share.
    pub frame: Frame,
    /// All help pages.
    pub rows: Vec<HelpAnswerRow>,
    /// The newest comments.
    pub comments: Vec<HelpCommentRow>,
}

impl Page for HelpAnswersPage {
    fn title(&self) -> String {
        self.frame.words.help_answers_title().into_owned()
    }
}
