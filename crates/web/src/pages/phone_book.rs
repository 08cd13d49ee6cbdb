//! The phone book.

use askama::Template;

use crate::frame::{Frame, Page};
use crate::parts::Pager;

/// A page of the phone book.
#[derive(Template)]
#[template(path = "phone_book.html")]
pub struct PhoneBookPage {
    /// What all pages share.
    pub frame: Frame,
    /// What was looked for.
    pub query: String,
    /// The colleagues.
    pub rows: Vec<ColleagueRow>,
    /// The pages before and after.
    pub pager: Pager,
}

/// A colleague.
pub struct ColleagueRow {
    /// What it is, when it is no person.
    pub kind: Option<String>,
    /// First and last name, or that of the group.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// Number as the reader writes it.
    pub number: String,
    /// Whether a phone is logged in; nothing where that is not shown.
    pub is_registered: Option<bool>,
}

impl Page for PhoneBookPage {
    fn title(&self) -> String {
        self.frame.words.phone_book_title().into_owned()
    }
}
