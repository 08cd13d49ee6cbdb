//! One site: its users, numbers and licences at a glance, and its numbers one by one.

use askama::Template;

use crate::frame::{Frame, Page};
use crate::parts::{Choice, Link, Pager, Stock};

/// One site.
#[derive(Template)]
#[template(path = "site.html")]
pub struct SitePage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Its name.
    pub name: String,
    /// Its country in words.
    pub country: String,
    /// How many users.
    pub users: u64,
    /// How many in each state, with the address of their list.
    pub states: Vec<Share>,
    /// Its numbers.
    pub numbers: Stock,
    /// The number that emergency services see.
    pub main_number: Option<String>,
    /// What its users use.
    pub usage: Vec<Share>,
    /// How many departments it has.
    pub departments: u64,
    /// How many hunt groups it has.
    pub hunt_groups: usize,
    /// Where its parts are.
    pub links: SiteLinks,
}

/// Where the parts of a site are.
pub struct SiteLinks {
    /// Its users.
    pub users: String,
    /// Adding a user; absent for those who may not.
    pub add_user: Option<String>,
    /// Its numbers.
    pub numbers: String,
    /// Importing numbers; absent for those who may not.
    pub import: Option<String>,
    /// Setting the main number; absent for those who may not.
    pub main_number: Option<String>,
    /// Its departments.
    pub departments: String,
    /// Its hunt groups.
    pub hunt_groups: String,
    /// Its pickup groups.
    pub pickup_groups: String,
    /// Its park groups.
    pub park_groups: String,
    /// Address of its call centres.
    pub call_centres: String,
    /// Its music and announcements.
    pub audio: String,
    /// Changing it; absent for those who may not.
    pub edit: Option<String>,
    /// Its activity log.
    pub activity: String,
}

/// A part of a whole: a bar with its number.
pub struct Share {
    /// What it is.
    pub label: String,
    /// How many.
    pub count: u64,
    /// Of how many.
    pub whole: u64,
    /// Address of the list of them.
    pub href: Option<String>,
}

impl Share {
    /// The part of 100.
    pub fn percent(&self) -> u64 {
        (self.count.min(self.whole) * 100)
            .checked_div(self.whole)
            .unwrap_or(0)
    }
}

/// The numbers of a site.
#[derive(Template)]
#[template(path = "site_numbers.html")]
pub struct SiteNumbersPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the site.
    pub site: String,
    /// How many are in use.
    pub stock: Stock,
    /// Importing numbers; absent for those who may not.
    pub import_href: Option<String>,
    /// What was searched for.
    pub query: String,
    /// The states to choose from.
    pub states: Vec<Choice>,
    /// Name of the chosen state, or empty.
    pub state: String,
    /// Whether search or state narrow the list.
    pub is_filtered: bool,
    /// Address of the list, for the form and for all of it.
    pub path: String,
    /// The numbers of this page of the list.
    pub rows: Vec<NumberRow>,
    /// Whether the reader keeps numbers back and removes them.
    pub may_change: bool,
    /// The pages before and after.
    pub pager: Pager,
}

/// One number.
pub struct NumberRow {
    /// As people there write it.
    pub number: String,
    /// Whether it can be given out.
    pub state: NumberBadge,
    /// Who has it, with the address of the page.
    pub holder: Option<Link>,
    /// Whether emergency services see it.
    pub is_main: bool,
    /// Address for keeping it back, releasing it and removing it.
    pub href: String,
}

/// Whether a number can be given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the states of `model::NumberState`")]
pub enum NumberBadge {
    Free,
    Assigned,
    Reserved,
}

impl Page for SitePage {
    fn title(&self) -> String {
        self.name.clone()
    }
}

impl Page for SiteNumbersPage {
    fn title(&self) -> String {
        self.frame.words.site_numbers_title(&self.site)
    }
}
