//! An agent's desk: the own state, who waits, the own call (G4).

use askama::Template;

use crate::{
    format::Moment,
    frame::{Frame, Page},
    parts::{Choice, Link},
    words::Words,
};

/// An agent's desk.
#[derive(Template)]
#[template(path = "agent_desk.html")]
pub struct AgentDeskPage {
    /// What all pages share.
    pub frame: Frame,
    /// Each call centre that the reader is an agent of.
    pub desks: Vec<DeskCard>,
    /// Address of the stream.
    pub live_href: String,
    /// The call centres that the reader supervises.
    pub supervised: Vec<Link>,
}

/// One call centre on an agent's desk.
pub struct DeskCard {
    /// Id of the call centre.
    pub id: String,
    /// Name of the call centre.
    pub name: String,
    /// The state now, by its name in the API.
    pub state: String,
    /// The state in words, with the code.
    pub state_text: String,
    /// Since when.
    pub since: Moment,
    /// The states, in the order of the buttons.
    pub states: Vec<Choice>,
    /// Codes to choose from when unavailable, with what is dialled for each.
    pub codes: Vec<Choice>,
    /// Whether a code has to be chosen.
    pub is_forced: bool,
    /// Where the buttons send.
    pub action: String,
    /// The call that rings here, or in which the reader talks.
    pub call: Option<DeskCall>,
    /// How many wait.
    pub waiting: usize,
    /// How long the next one has waited: 1:05.
    pub next_waited: Option<String>,
    /// Calls offered today.
    pub offered: u32,
    /// Calls taken today.
    pub answered: u32,
    /// Offers that came back today.
    pub bounced: u32,
}

/// A call of the reader's own.
pub struct DeskCall {
    /// Who calls, and whether the phone rings or the reader talks.
    pub text: String,
    /// How long it has waited, or had when it was taken: 1:05.
    pub waited: String,
}

/// The live part of a desk, by itself.
#[derive(Template)]
#[template(path = "desk_fragment.html")]
pub struct DeskFragment<'a> {
    /// The sentences.
    pub words: Words,
    /// Each call centre that the reader is an agent of.
    pub desks: &'a [DeskCard],
    /// Token of the forms.
    pub csrf: &'a str,
}

impl Page for AgentDeskPage {
    fn title(&self) -> String {
        self.frame.words.agent_desk_title().into_owned()
    }
}
