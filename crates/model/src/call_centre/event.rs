//! What happens to a call centre, and what it wants done.

use std::{fmt, str::FromStr};

use super::{AgentState, CallCentreSettings, Hours, QueueRecord, Seat};
use crate::{ForwardTarget, Problem, UserId, licence::catalogue};

/// Which call, in the words of whoever runs the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub u64);

/// Which ringing of which agent; each is used once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfferId(pub u64);

catalogue! {
    /// Why an offered call was not taken.
    NoAnswer {
        /// The agent let it ring.
        NoAnswer = "no-answer",
        /// The agent declined, or the phone is in use.
        Busy = "busy",
        /// No phone is logged in.
        Unreachable = "unreachable",
        /// The phone could not take it.
        Failed = "failed",
        /// The agent is not available any more.
        Gone = "gone",
    }
}

/// What an agent is talking about, when not to a caller of this queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherCall {
    /// Something of the agent's own.
    Personal,
    /// A call of another call centre.
    OtherQueue,
}

/// What has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody calls.
    Arrived {
        /// Which call.
        call: CallId,
        /// Whether it is open.
        hours: Hours,
    },
    /// The call is over, whoever has ended it and wherever it was.
    Ended {
        /// Which call.
        call: CallId,
    },
    /// An agent has taken the call.
    Answered {
        /// Which call.
        call: CallId,
        /// Which of its offers.
        offer: OfferId,
    },
    /// An agent has not taken the call, or could not be connected with who calls.
    NotAnswered {
        /// Which call.
        call: CallId,
        /// Which of its offers.
        offer: OfferId,
        /// Why.
        why: NoAnswer,
    },
    /// Who calls has heard the announcement that ends the call.
    AnnouncementOver {
        /// Which call.
        call: CallId,
    },
    /// An agent, or somebody for the agent, says what the agent is doing.
    AgentSet {
        /// Who.
        agent: UserId,
        /// What.
        state: AgentState,
    },
    /// An agent was activated, or wants to be disturbed or not.
    AgentReach {
        /// Who.
        agent: UserId,
        /// Activated (S7).
        is_active: bool,
        /// Do not disturb.
        is_undisturbed: bool,
    },
    /// An agent's other call has begun.
    OtherCallBegan {
        /// Who.
        agent: UserId,
        /// What kind of call.
        call: OtherCall,
    },
    /// An agent's other call is over.
    OtherCallEnded {
        /// Who.
        agent: UserId,
        /// What kind of call.
        call: OtherCall,
    },
    /// Other settings, or other agents. Who stays keeps state and rest.
    Changed {
        /// How it queues from now on.
        settings: Box<CallCentreSettings>,
        /// Who, in the order of the list.
        seats: Vec<Seat>,
    },
    /// It was deleted: who waits is told "busy", who talks goes on.
    Closed,
    /// The time that `next_timeout` has named has come.
    Timer,
}

/// What a caller hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sound {
    /// The welcome, then music.
    Entrance,
    /// "Please hold", then music.
    Comfort,
    /// How many are before the caller, counted from 1 for the next.
    Position(u16),
    /// Ringing, until hanging up.
    Ringing,
    /// "We are closed", then the end.
    Closed,
    /// "It is a holiday", then the end.
    Holiday,
    /// "Nobody is there", then the end.
    NobodyThere,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Plays these, one after the other.
    Play {
        /// To whom.
        call: CallId,
        /// What.
        sounds: Vec<Sound>,
    },
    /// Rings an agent while who calls goes on hearing music.
    Offer {
        /// Which call.
        call: CallId,
        /// Which offer.
        offer: OfferId,
        /// Whom.
        agent: UserId,
        /// How many times.
        rings: u8,
    },
    /// Ends the ringing at an agent, or the agent's side when it was answered in the same moment.
    Withdraw {
        /// Which call.
        call: CallId,
        /// Which of its offers.
        offer: OfferId,
    },
    /// Sends the call elsewhere; it is no longer the queue's.
    Transfer {
        /// Which call.
        call: CallId,
        /// Where to.
        to: ForwardTarget,
    },
    /// Lets the caller hear that it is busy, and ends the call.
    Busy {
        /// Which call.
        call: CallId,
    },
    /// Ends the call.
    Release {
        /// Which call.
        call: CallId,
    },
    /// The agent's state has changed by itself.
    State {
        /// Whose.
        agent: UserId,
        /// What it is now.
        state: AgentState,
    },
    /// The call has left; this comes exactly once for each.
    Record(Box<QueueRecord>),
}
