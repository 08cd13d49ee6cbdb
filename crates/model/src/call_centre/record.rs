//! What is written down of a call of a call centre.

use super::{CallId, NoAnswer};
use crate::{Timestamp, UserId, group_call::Departure};

/// One step of a call's way through the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: StepKind,
}

/// What a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// An agent was rung.
    Offered(UserId),
    /// The offer came back.
    Bounced(UserId, NoAnswer),
    /// An agent has taken the call.
    Answered(UserId),
}

/// A call that has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRecord {
    /// Which call.
    pub call: CallId,
    /// When it came.
    pub entered_at: Timestamp,
    /// Who took it last, and when.
    pub answered: Option<(UserId, Timestamp)>,
    /// When it left.
    pub left_at: Timestamp,
    /// How.
    pub departure: Departure,
    /// How often an agent was rung.
    pub offers: u32,
    /// How often the call came back to the queue.
    pub bounces: u32,
    /// Its way, the first [`QueueRecord::MOST_STEPS`] steps of it.
    pub steps: Vec<Step>,
}

impl QueueRecord {
    /// So many steps are kept.
    pub const MOST_STEPS: usize = 60;

    /// Milliseconds until it was answered, or left.
    #[must_use]
    pub fn waited_ms(&self) -> i64 {
        let until = self.answered.map_or(self.left_at, |(_, at)| at);
        until.0.saturating_sub(self.entered_at.0)
    }

    /// Milliseconds with an agent.
    #[must_use]
    pub fn talked_ms(&self) -> i64 {
        self.answered
            .map_or(0, |(_, at)| self.left_at.0.saturating_sub(at.0))
    }
}
