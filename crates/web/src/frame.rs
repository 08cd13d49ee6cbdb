//! What every page carries: language, title, reader, navigation, banner and errors.

use std::borrow::Cow;

use model::{Language, Role};

use crate::help;
use crate::language;
use crate::names;
use crate::problem::Errors;
use crate::words::Words;

/// The part of a page that is the same everywhere.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The sentences, in the reader's language.
    pub words: Words,
    /// Path and query of this page, so that the language switch can come back to it.
    pub path: String,
    /// Who is logged in.
    pub reader: Option<Reader>,
    /// Where in the navigation the page belongs.
    pub section: Section,
    /// What has just been done, or is to be known.
    pub banner: Option<Banner>,
    /// What is wrong with the form.
    pub errors: Errors,
    /// Token that each form sends back.
    pub csrf: String,
    /// The user whose view the reader has taken (R3).
    pub acting_for: Option<String>,
}

/// Who is logged in.
#[derive(Clone, Debug)]
pub struct Reader {
    /// First and last name.
    pub name: String,
    /// What the reader may see.
    pub role: Role,
    /// Name of the enterprise; the operator has none.
    pub enterprise: Option<String>,
    /// For the operator: how many users wait for activation.
    pub waiting: u64,
    /// Whether a user is an agent of a call centre or watches over one.
    pub has_desk: bool,
}

/// The parts of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after the navigation's entries")]
pub enum Section {
    Home,
    Users,
    Calls,
    Activity,
    Activation,
    Enterprises,
    Reports,
    Trunk,
    CallServices,
    PhoneBook,
    Profile,
    Mail,
    Help,
    AgentDesk,
}

/// A message that stays until the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banner {
    /// How it is meant.
    pub tone: Tone,
    /// The message.
    pub text: String,
}

/// How a banner is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something is done.
    Success,
    /// Something is to be known.
    Notice,
    /// Something needs care.
    Warning,
}

/// One entry of the navigation.
#[derive(Clone, Debug)]
pub struct NavigationItem {
    /// Where it leads.
    pub section: Section,
    /// What it says.
    pub label: Cow<'static, str>,
    /// Its address.
    pub href: &'static str,
    /// Name of its icon.
    pub icon: &'static str,
}

/// One entry of the language switch.
#[derive(Clone, Copy, Debug)]
pub struct LanguageChoice {
    /// Value for the cookie, and `lang` of the label.
    pub code: &'static str,
    /// The language's name in itself.
    pub name: &'static str,
    /// Whether the page is in it.
    pub is_current: bool,
}

impl Frame {
    /// A frame for a page in a section, without a reader.
    pub fn new(words: Words, section: Section, path: impl Into<String>) -> Self {
        Self {
            words,
            path: path.into(),
            reader: None,
            section,
            banner: None,
            errors: Errors::default(),
            csrf: String::new(),
            acting_for: None,
        }
    }

    /// Content of `<title>`: errors come first, because screen readers read it first.
    pub fn window_title(&self, title: &str) -> String {
        if self.errors.is_empty() {
            self.words.page_title(title)
        } else {
            self.words.page_title_error(title)
        }
    }

    /// The navigation of the reader's role.
    pub fn navigation(&self) -> Vec<NavigationItem> {
        let sections: &[Section] = match self.reader.as_ref().map(|reader| reader.role) {
            None => &[],
            Some(Role::Operator) => &[
                Section::Home,
                Section::Activation,
                Section::Enterprises,
                Section::Activity,
                Section::Trunk,
                Section::Mail,
            ],
            Some(Role::EnterpriseAdmin) => &[
                Section::Home,
                Section::Users,
                Section::Calls,
                Section::Activity,
                Section::Reports,
                Section::Enterprises,
            ],
            Some(Role::SiteAdmin) => &[
                Section::Home,
                Section::Users,
                Section::Calls,
                Section::Activity,
                Section::Reports,
            ],
            Some(Role::User) => &[
                Section::Home,
                Section::CallServices,
                Section::Calls,
                Section::AgentDesk,
                Section::PhoneBook,
                Section::Profile,
            ],
        };
        let has_desk = self.reader.as_ref().is_some_and(|reader| reader.has_desk);
        let sections = sections
            .iter()
            .filter(|section| has_desk || **section != Section::AgentDesk);
        sections.map(|section| self.item(*section)).collect()
    }

    fn item(&self, section: Section) -> NavigationItem {
        let words = self.words;
        let (label, href, icon) = match section {
            Section::Home => (words.nav_home(), "/", "home"),
            Section::Users => (words.nav_users(), "/users", "users"),
            Section::Calls => (words.nav_calls(), "/calls", "phone"),
            Section::Activity => (words.nav_activity(), "/activity", "list"),
            Section::Activation => (words.nav_activation(), "/operator/activations", "check"),
            Section::Enterprises => (words.nav_enterprises(), self.enterprises_href(), "building"),
            Section::Reports => (words.nav_reports(), "/report", "download"),
            Section::Trunk => (words.nav_trunk(), "/operator/trunk", "phone"),
            Section::CallServices => (words.call_services_title(), "/call-services", "forward"),
            Section::PhoneBook => (words.phone_book_title(), "/directory", "users"),
            Section::Profile => (words.profile_title(), "/profile", "account"),
            Section::Mail => (words.nav_mail(), "/operator/mail", "letter"),
            Section::AgentDesk => (words.nav_agent_desk(), "/call-centre", "phone"),
            Section::Help => (words.help_title(), "/help", "help"),
        };
        NavigationItem {
            section,
            label,
            href,
            icon,
        }
    }

    /// The operator has a list of enterprises, an administrator one enterprise.
    fn enterprises_href(&self) -> &'static str {
        match self.reader.as_ref().map(|reader| reader.role) {
            Some(Role::Operator) | None => "/operator/enterprises",
            Some(Role::EnterpriseAdmin | Role::SiteAdmin | Role::User) => "/enterprise",
        }
    }

    /// Where "Help" leads from this page: to its task, else to the list of tasks.
    pub fn help_href(&self) -> String {
        help::place::task(&self.path).map_or_else(|| "/help".to_owned(), help::href)
    }

    /// Whether this is a help page; from all others help opens in a window of its own, so that nothing typed is lost,
    /// and login details stay where they are shown once (U7).
    pub fn is_help(&self) -> bool {
        self.section == Section::Help
    }

    /// What stands at the foot of each page: addresses and labels.
    pub fn foot(&self) -> [(&'static str, Cow<'static, str>); 2] {
        let words = self.words;
        [
            ("/help", words.help_title()),
            ("/help/requirements", words.help_requirements()),
        ]
    }

    /// The name of the reader's role.
    pub fn role_name(&self) -> Cow<'static, str> {
        self.reader.as_ref().map_or(Cow::Borrowed(""), |reader| {
            names::role(self.words, reader.role)
        })
    }

    /// The language switch.
    pub fn languages(&self) -> Vec<LanguageChoice> {
        let choice = |language: Language| LanguageChoice {
            code: language.code(),
            name: language::own_name(language),
            is_current: language == self.words.language(),
        };
        Language::ALL.into_iter().map(choice).collect()
    }
}

/// A page: a template with a title.
pub trait Page: askama::Template {
    /// What the page is, as its heading says it.
    fn title(&self) -> String;
}
