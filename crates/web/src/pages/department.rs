//! The departments of a site as a tree (R2).

use askama::Template;

use crate::frame::{Frame, Page};
use crate::parts::{Choice, Link};

/// The tree, and the form for one more.
#[derive(Template)]
#[template(path = "departments.html")]
pub struct DepartmentsPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the site.
    pub site: String,
    /// The departments, each behind the one it is a part of.
    pub rows: Vec<DepartmentRow>,
    /// What was typed as name of a new one.
    pub name: String,
    /// Id of the department chosen for it, or empty.
    pub parent: String,
    /// The departments it can be a part of.
    pub parents: Vec<Choice>,
    /// Where the form goes.
    pub action: String,
}

/// One department.
pub struct DepartmentRow {
    /// Its name.
    pub name: String,
    /// The name with those above it.
    pub path: String,
    /// How deep it stands, from 0.
    pub depth: usize,
    /// How many users are in it itself.
    pub users: u64,
    /// Address of the list of its users, with those below it.
    pub users_href: String,
    /// Address for changing it.
    pub edit_href: String,
    /// Address of the question before deleting it.
    pub delete_href: String,
}

/// Renaming and moving one department.
#[derive(Template)]
#[template(path = "department_form.html")]
pub struct DepartmentFormPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Its name with those above it.
    pub path: String,
    /// What was typed as name.
    pub name: String,
    /// Id of the chosen parent, or empty.
    pub parent: String,
    /// The departments it can be a part of.
    pub parents: Vec<Choice>,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

impl Page for DepartmentsPage {
    fn title(&self) -> String {
        self.frame.words.department_list_title(&self.site)
    }
}

impl Page for DepartmentFormPage {
    fn title(&self) -> String {
        self.frame.words.department_form_title(&self.path)
    }
}
