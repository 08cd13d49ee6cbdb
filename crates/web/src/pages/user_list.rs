//! The list of users of a site or an enterprise.

use askama::Template;

use crate::frame::{Frame, Page};
use crate::parts::{Badge, Choice, Pager, SortLink, Stock};

/// The list of users.
#[derive(Template)]
#[template(path = "user_list.html")]
pub struct UserListPage {
    /// What all pages share.
    pub frame: Frame,
    /// Name of the site, when the list shows one.
    pub site_name: Option<String>,
    /// Address for adding a user; absent for those who may not.
    pub add_href: Option<String>,
    /// Licences and numbers that run low.
    pub stocks: Vec<Stock>,
    /// What was searched for.
    pub query: String,
    /// The sites to choose from; empty when there is only one.
    pub sites: Vec<Choice>,
    /// Id of the chosen site, or empty.
    pub site: String,
    /// The departments of the chosen site; empty when there is none or no site is chosen.
    pub departments: Vec<Choice>,
    /// Id of the chosen department, or empty.
    pub department: String,
    /// The states to choose from.
    pub states: Vec<Choice>,
    /// Name of the chosen state, or empty.
    pub state: String,
    /// Whether search or state narrow the list.
    pub is_filtered: bool,
    /// Address of the list without search and state.
    pub clear_href: String,
    /// How many users match.
    pub found: u64,
    /// How many users there are.
    pub total: u64,
    /// The sorted columns.
    pub by_name: SortLink,
    /// See `by_name`.
    pub by_number: SortLink,
    /// See `by_name`.
    pub by_extension: SortLink,
    /// The users of this page of the list.
    pub rows: Vec<UserRow>,
    /// The pages before and after.
    pub pager: Pager,
    /// Whether users can be selected to do something to all of them.
    pub can_select: bool,
    /// Address of the stream of state changes.
    pub live_href: String,
}

/// One user in the list.
pub struct UserRow {
    /// Id, by which live changes find the row.
    pub id: String,
    /// Address of the user's page.
    pub href: String,
    /// Last name first, so that the sorting can be seen.
    pub name: String,
    /// The site, when the list shows several.
    pub site: Option<String>,
    /// The number as people in the site's country write it.
    pub number: String,
    /// The extension.
    pub extension: String,
    /// The package.
    pub package: String,
    /// The desk phone type, or that there is none.
    pub desk_phone: String,
    /// The state.
    pub state: Badge,
}

impl Page for UserListPage {
    fn title(&self) -> String {
        let words = self.frame.words;
        match &self.site_name {
            Some(site) => words.user_list_title_site(site),
            None => words.user_list_title().into_owned(),
        }
    }
}
