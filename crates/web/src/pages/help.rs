//! Help: the list of its pages, and a page (H2, H3).

use std::borrow::Cow;

use askama::Template;
use model::{Country, HelpTask, Role};

use crate::frame::{Frame, Page};
use crate::help::{self, Given, Line, Text, country, order, order::Group};
use crate::names;
use crate::parts::Link;

/// A page and what it is for.
pub struct HelpLink {
    /// Where it is.
    pub href: String,
    /// Its title.
    pub title: &'static str,
    /// What it is for.
    pub purpose: String,
}

/// Pages under a heading.
pub struct HelpGroup {
    /// Names it in the page.
    pub id: String,
    /// The heading.
    pub title: Cow<'static, str>,
    /// The pages.
    pub links: Vec<HelpLink>,
}

/// The list of pages, or of those that were looked for.
#[derive(Template)]
#[template(path = "help_list.html")]
pub struct HelpListPage {
    /// What all pages share.
    pub frame: Frame,
    /// What was looked for.
    pub query: String,
    /// What was found; nothing was looked for without a query.
    pub found: Vec<HelpLink>,
    /// All pages.
    pub groups: Vec<HelpGroup>,
    /// Where the operator sees what readers say.
    pub answers_href: Option<&'static str>,
}

/// The help for one task.
#[derive(Template)]
#[template(path = "help.html")]
pub struct HelpPage {
    /// What all pages share.
    pub frame: Frame,
    /// The task.
    pub task: HelpTask,
    /// The country whose numbers are shown.
    pub country: Country,
    /// Whether the reader may choose the country.
    pub has_choice: bool,
    /// Whether the reader has said already whether it was useful.
    pub is_answered: bool,
    /// With the requirements: what they are here.
    pub requirements: Option<Requirements>,
}

/// What this installation has, as far as it knows.
pub struct Requirements {
    /// Address under which the reader opened the portal.
    pub portal: Option<String>,
    /// Host and port where phones log in.
    pub sip_server: String,
    /// The transport that phones are told to use.
    pub sip_transport: String,
    /// The port for phones with TLS.
    pub sip_tls_port: Option<u16>,
    /// The first and the last port for audio of Klinke's own.
    pub audio_ports: (u16, u16),
    /// Desk phone types.
    pub phones: Vec<String>,
}

impl Requirements {
    /// The port where phones log in: that of the server, else the usual one (RFC 3261 §19.1.2).
    fn sip_port(&self) -> &str {
        match self.sip_server.rsplit_once(':') {
            Some((_, port)) if port.parse::<u16>().is_ok() => port,
            Some(_) | None => "5060",
        }
    }
}

impl HelpListPage {
    /// The list for a reader.
    pub fn new(frame: Frame, country: Country, query: String) -> Self {
        let language = frame.words.language();
        let role = frame.reader.as_ref().map(|reader| reader.role);
        let link = |task| link(&frame, task, country);
        let group = |group: Group| HelpGroup {
            id: format!("group-{group:?}").to_lowercase(),
            title: names::help_group(frame.words, group),
            links: group.tasks().map(link).collect(),
        };
        let found = help::search::find(language, &query);
        Self {
            found: found.into_iter().map(link).collect(),
            groups: Group::all(role).into_iter().map(group).collect(),
            answers_href: (role == Some(Role::Operator)).then_some("/operator/help"),
            query,
            frame,
        }
    }
}

impl HelpPage {
    fn text(&self) -> &'static Text {
        help::text(self.task, self.frame.words.language())
    }

    fn given(&self, what: &Given) -> String {
        country::given(self.country, *what)
    }

    fn trail(&self) -> [Link; 1] {
        [Link {
            label: self.frame.words.help_title().into_owned(),
            href: "/help".to_owned(),
        }]
    }

    fn related(&self) -> Vec<HelpLink> {
        let related = order::related(self.task).iter();
        related
            .map(|task| link(&self.frame, *task, self.country))
            .collect()
    }

    fn countries(&self) -> [(Country, Cow<'static, str>); 2] {
        Country::ALL.map(|country| (country, names::country(self.frame.words, country)))
    }
}

fn link(frame: &Frame, task: HelpTask, country: Country) -> HelpLink {
    let text = help::text(task, frame.words.language());
    let purpose: Line = text.purpose;
    HelpLink {
        href: help::href(task),
        title: text.title,
        purpose: country::plain(purpose, country),
    }
}

impl Page for HelpListPage {
    fn title(&self) -> String {
        self.frame.words.help_title().into_owned()
    }
}

impl Page for HelpPage {
    fn title(&self) -> String {
        self.text().title.to_owned()
    }
}
