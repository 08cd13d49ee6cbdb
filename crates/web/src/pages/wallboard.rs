//! A call centre at work: the agent's desk and the wallboard (G4, U8).

use askama::Template;

use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::parts::{Choice, Link};
use crate::words::Words;

/// An agent's desk.
#[derive(Template)]
#[template(path = "agent_desk.html")]
pub struct AgentDeskPage {
    /// What all pages share.
    pub frame: Frame,
    /// Each call centre that the reader is an agent of.
    pub desks: Vec<DeskCard>,
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
    /// Codes to choose from when unavailable.
    pub codes: Vec<Choice>,
    /// Whether a code has to be chosen.
    pub is_forced: bool,
    /// Where the buttons send.
    pub action: String,
    /// Calls offered today.
    pub offered: u32,
    /// Calls taken today.
    pub answered: u32,
    /// Offers that came back today.
    pub bounced: u32,
}

/// A wallboard.
#[derive(Template)]
#[template(path = "wallboard.html")]
pub struct WallboardPage {
    /// What all pages share.
    pub frame: Frame,
    /// Name of the call centre.
    pub name: String,
    /// What is live.
    pub wall: WallShown,
    /// Address of the stream.
    pub live_href: String,
    /// Address of the past calls.
    pub calls_href: String,
}

/// The live part of a wallboard, by itself.
#[derive(Template)]
#[template(path = "wall_fragment.html")]
pub struct WallFragment<'a> {
    /// The sentences.
    pub words: Words,
    /// What is live.
    pub wall: &'a WallShown,
    /// Token of the forms.
    pub csrf: &'a str,
}

/// What a wallboard shows.
pub struct WallShown {
    /// When it was looked at.
    pub at: Moment,
    /// Who waits.
    pub waiting: Vec<WaitingRow>,
    /// The agents.
    pub agents: Vec<WallAgentRow>,
    /// The figures of the day: label and value.
    pub figures: Vec<(String, String)>,
    /// Per cent answered in time.
    pub service_level: Option<u32>,
    /// Seconds within which calls are to be answered.
    pub within_s: u16,
    /// The states a supervisor can set.
    pub states: Vec<Choice>,
}

/// Somebody who waits.
pub struct WaitingRow {
    /// Place, from 1.
    pub place: usize,
    /// Who calls.
    pub caller: String,
    /// How long: 1:05.
    pub waited: String,
    /// What happens to the call.
    pub text: String,
}

/// An agent.
pub struct WallAgentRow {
    /// Name.
    pub name: String,
    /// State in words.
    pub state: String,
    /// Whether the agent takes calls.
    pub is_available: bool,
    /// How long in this state.
    pub since: String,
    /// What the phone does.
    pub deed: String,
    /// Where a new state is sent.
    pub action: String,
    /// Not active yet (S7).
    pub waits: bool,
}

impl Page for AgentDeskPage {
    fn title(&self) -> String {
        self.frame.words.agent_desk_title().into_owned()
    }
}

impl Page for WallboardPage {
    fn title(&self) -> String {
        self.frame.words.wallboard_title(&self.name)
    }
}
