//! A question before something is removed, and forms with few fields: what the pages about the structure share.

use askama::Template;

use crate::frame::{Frame, Page};
use crate::parts::{Choice, Link};

/// A question before something is removed; the title names it, the facts say what happens.
#[derive(Template)]
#[template(path = "question.html")]
pub struct QuestionPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// The question.
    pub question: String,
    /// What happens.
    pub facts: Vec<String>,
    /// What the button says.
    pub submit: String,
    /// What the way out says.
    pub keep: String,
    /// Where the form goes.
    pub action: String,
    /// Where the way out goes.
    pub cancel_href: String,
}

/// Changing an enterprise.
#[derive(Template)]
#[template(path = "enterprise_change.html")]
pub struct EnterpriseChangePage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// What was typed.
    pub draft: EnterpriseDraft,
    /// The countries to choose from.
    pub countries: Vec<Choice>,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

/// What is typed about an enterprise.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields of the form, named as there")]
pub struct EnterpriseDraft {
    pub name: String,
    pub country: String,
    pub extension_min: String,
    pub extension_max: String,
    pub extension_default: String,
}

/// Changing an administrator.
#[derive(Template)]
#[template(path = "administrator_change.html")]
pub struct AdministratorChangePage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// The username.
    pub username: String,
    /// What was typed.
    pub draft: super::administrator::AdministratorForm,
    /// The roles to choose from.
    pub roles: Vec<Choice>,
    /// The sites to choose from.
    pub sites: Vec<Choice>,
    /// The languages to choose from.
    pub languages: Vec<Choice>,
    /// Where the form goes.
    pub action: String,
    /// Where the account is reset; nobody does this to oneself.
    pub reset_href: Option<String>,
    /// Address of the question before removing; absent for oneself.
    pub remove_href: Option<String>,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

impl Page for QuestionPage {
    fn title(&self) -> String {
        self.question.clone()
    }
}

impl Page for EnterpriseChangePage {
    fn title(&self) -> String {
        self.frame.words.enterprise_change_title().into_owned()
    }
}

/// The question before an administrator's account is reset.
#[derive(Template)]
#[template(path = "administrator_reset.html")]
pub struct AdministratorResetPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// The username.
    pub name: String,
    /// Where the form goes.
    pub action: String,
    /// Where "Cancel" goes.
    pub cancel_href: String,
}

impl Page for AdministratorResetPage {
    fn title(&self) -> String {
        self.frame.words.account_reset_title(&self.name)
    }
}

impl Page for AdministratorChangePage {
    fn title(&self) -> String {
        self.frame.words.administrator_change_title(&self.username)
    }
}
