//! Adding an administrator, and the one-time link for the first password.

use askama::Template;
use model::Role;

use crate::frame::{Frame, Page};
use crate::names;
use crate::parts::{Choice, Link};
use crate::words::Words;

/// The form for a new administrator.
#[derive(Template)]
#[template(path = "administrator_form.html")]
pub struct AdministratorFormPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the enterprise.
    pub enterprise: String,
    /// What was typed.
    pub draft: AdministratorForm,
    /// The roles to choose from.
    pub roles: Vec<Choice>,
    /// The sites to choose from.
    pub sites: Vec<Choice>,
    /// The languages to choose from.
    pub languages: Vec<Choice>,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

/// What is typed about an administrator.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields of the form, named as there")]
pub struct AdministratorForm {
    pub role: String,
    pub sites: Vec<String>,
    pub username: String,
    pub email: String,
    pub language: String,
}

/// The one page that shows a registration link. It has no `Debug`, and its answer is `no-store`.
#[derive(Template)]
#[template(path = "registration_link.html")]
pub struct RegistrationLinkPage {
    /// What all pages share.
    pub frame: Frame,
    /// For whom.
    pub name: String,
    /// The name to log in with, enterprise included.
    pub username: String,
    /// Until when the link works.
    pub until: String,
    /// The link.
    pub link: String,
    /// Where "Continue" goes.
    pub next_href: String,
}

impl Page for AdministratorFormPage {
    fn title(&self) -> String {
        self.frame.words.administrator_form_title().into_owned()
    }
}

impl Page for RegistrationLinkPage {
    fn title(&self) -> String {
        self.frame.words.registration_link_title(&self.name)
    }
}

/// The two roles an administrator can have.
pub fn roles(words: Words) -> Vec<Choice> {
    let choice = |role: Role| Choice::new(role.name(), names::role(words, role));
    vec![
        choice(Role::EnterpriseAdmin).with_note(words.administrator_form_role_enterprise_hint()),
        choice(Role::SiteAdmin).with_note(words.administrator_form_role_site_hint()),
    ]
}
