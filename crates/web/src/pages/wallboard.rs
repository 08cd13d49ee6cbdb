//! The wallboard of a call centre (G4, U8).

use askama::Template;

use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::parts::Choice;
use crate::words::Words;

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

impl Page for WallboardPage {
    fn title(&self) -> String {
        self.frame.words.wallboard_title(&self.name)
    }
}
