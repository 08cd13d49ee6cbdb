//! Choosing the site before a user is added (U1).

use askama::Template;

use crate::frame::{Frame, Page};

/// The question for the site.
#[derive(Template)]
#[template(path = "choose_site.html")]
pub struct ChooseSitePage {
    /// What all pages share.
    pub frame: Frame,
    /// The sites to choose from.
    pub sites: Vec<SiteDoor>,
}

/// A site to choose.
pub struct SiteDoor {
    /// Its name.
    pub name: String,
    /// Address of the form for this site.
    pub href: String,
    /// How many numbers are free there.
    pub free_numbers: u64,
}

impl Page for ChooseSitePage {
    fn title(&self) -> String {
        self.frame.words.choose_site_title().into_owned()
    }
}
