//! The form for a user's profile.

use askama::Template;

use crate::frame::{Frame, Page};
use crate::parts::{Choice, Link};

/// The form for a profile, of the reader or of a user of theirs.
#[derive(Template)]
#[template(path = "profile.html")]
pub struct ProfilePage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back; empty on the reader's own page.
    pub trail: Vec<Link>,
    /// Whose it is; nobody's name on the reader's own page.
    pub person: Option<String>,
    /// Version of the profile.
    pub version: i64,
    /// Time zones that can be chosen.
    pub zones: Vec<Choice>,
    /// The chosen one, or empty.
    pub time_zone: String,
    /// What stays private: the boxes.
    pub boxes: Vec<Choice>,
    /// Values of the boxes that are checked.
    pub checked: Vec<String>,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

impl Page for ProfilePage {
    fn title(&self) -> String {
        let words = self.frame.words;
        match &self.person {
            Some(name) => words.profile_title_user(name),
            None => words.profile_title().into_owned(),
        }
    }
}
