//! What is written down of a call of a call centre.

use std::{fmt, str::FromStr};

use super::{CallId, NoAnswer};
use crate::{Problem, Timestamp, UserId, licence::catalogue};

catalogue! {
    /// Why a call has left without an agent.
    Cause {
        /// The queue was full.
        Full = "full",
        /// It had waited too long.
        WaitedTooLong = "waited-too-long",
        /// No agent was signed in.
        Stranded = "stranded",
        /// It was closed at this time of the week.
        OutOfHours = "out-of-hours",
        /// It was closed because of a holiday.
        Holiday = "holiday",
        /// The call centre was deleted.
        Deleted = "deleted",
    }
}

/// How a call has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    /// After talking to an agent.
    Talked,
    /// The caller hung up while waiting.
    Abandoned,
    /// The caller was told that it is busy.
    Busy(Cause),
    /// It was sent elsewhere.
    Transferred(Cause),
    /// The caller heard ringing until hanging up.
    RangOn(Cause),
    /// The caller heard an announcement.
    Announced(Cause),
}

impl Departure {
    /// The name in the database and the API.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Talked => "talked",
            Self::Abandoned => "abandoned",
            Self::Busy(_) => "busy",
            Self::Transferred(_) => "transferred",
            Self::RangOn(_) => "rang-on",
            Self::Announced(_) => "announced",
        }
    }

    /// Why, when it left without an agent.
    #[must_use]
    pub fn cause(self) -> Option<Cause> {
        match self {
            Self::Talked | Self::Abandoned => None,
            Self::Busy(cause)
            | Self::Transferred(cause)
            | Self::RangOn(cause)
            | Self::Announced(cause) => Some(cause),
        }
    }

    /// From what is stored.
    ///
    /// # Errors
    /// `Unknown`, `Required` when the cause is missing.
    pub fn read(id: &str, cause: Option<&str>) -> Result<Self, Problem> {
        let cause = || cause.ok_or(Problem::Required)?.parse();
        match id {
            "talked" => Ok(Self::Talked),
            "abandoned" => Ok(Self::Abandoned),
            "busy" => cause().map(Self::Busy),
            "transferred" => cause().map(Self::Transferred),
            "rang-on" => cause().map(Self::RangOn),
            "announced" => cause().map(Self::Announced),
            _ => Err(Problem::Unknown),
        }
    }
}

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
