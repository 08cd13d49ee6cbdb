//! An agent: what the agent's state is, and what the queue knows of the seat.

use std::{fmt, str::FromStr};

use crate::{
    Problem, Timestamp, UserId,
    text::{line, texts},
};

texts! {
    /// Why an agent is unavailable: at most 10 characters (mission §3).
    UnavailableCode = |text| line(text, UnavailableCode::MOST);
}

impl UnavailableCode {
    /// So many characters at most.
    pub const MOST: usize = 10;
}

/// What an agent says to be doing. Every state may follow every other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AgentState {
    /// Not at work; when all are, callers are stranded.
    #[default]
    SignedOut,
    /// At work, takes no calls yet.
    SignedIn,
    /// Takes calls.
    Available,
    /// Takes no calls.
    Unavailable {
        /// Why.
        code: Option<UnavailableCode>,
    },
    /// Writes down what the last call was about.
    WrapUp {
        /// Available by itself from then on; without it, when the agent says so.
        until: Option<Timestamp>,
    },
}

impl AgentState {
    /// The names in the database and the API, in the order in which they are offered.
    pub const IDS: [&'static str; 5] =
        ["sign-in", "available", "unavailable", "wrap-up", "sign-out"];

    /// The name in the database and the API.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::SignedIn => "sign-in",
            Self::Available => "available",
            Self::Unavailable { .. } => "unavailable",
            Self::WrapUp { .. } => "wrap-up",
            Self::SignedOut => "sign-out",
        }
    }

    /// From what is stored; a code only counts for who is unavailable, an end only for the wrap-up.
    #[must_use]
    pub fn read(id: &str, code: Option<UnavailableCode>, until: Option<Timestamp>) -> Option<Self> {
        match id {
            "sign-in" => Some(Self::SignedIn),
            "available" => Some(Self::Available),
            "unavailable" => Some(Self::Unavailable { code }),
            "wrap-up" => Some(Self::WrapUp { until }),
            "sign-out" => Some(Self::SignedOut),
            _ => None,
        }
    }

    /// Why the agent is unavailable.
    #[must_use]
    pub fn code(&self) -> Option<&UnavailableCode> {
        match self {
            Self::Unavailable { code } => code.as_ref(),
            Self::SignedIn | Self::SignedOut | Self::Available | Self::WrapUp { .. } => None,
        }
    }

    /// When the wrap-up ends by itself.
    #[must_use]
    pub fn until(&self) -> Option<Timestamp> {
        match self {
            Self::WrapUp { until } => *until,
            Self::SignedIn | Self::SignedOut | Self::Available | Self::Unavailable { .. } => None,
        }
    }

    /// Whether the agent counts as being there.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        !matches!(self, Self::SignedOut)
    }
}

/// An agent's place in a call centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Who.
    pub agent: UserId,
    /// Share of the calls with the weighted policy, 0 to 100; 0 is offered a call only when nobody else is free.
    pub weight: u8,
    /// What the agent says to be doing.
    pub state: AgentState,
    /// Since when.
    pub since: Timestamp,
    /// Activated, and so somebody who may be called at all (S7).
    pub is_active: bool,
    /// Does not want to be disturbed.
    pub is_undisturbed: bool,
    /// Calls of the agent's own at this moment.
    pub personal_calls: u16,
    /// Calls of other call centres at this moment.
    pub other_queue_calls: u16,
    /// Offers in a row that came back.
    pub bounces: u8,
    /// When the last call of this queue ended.
    pub last_call_at: Option<Timestamp>,
    /// No offer before.
    pub rests_until: Option<Timestamp>,
}

impl Seat {
    /// Somebody who is not at work yet.
    #[must_use]
    pub fn new(agent: UserId, at: Timestamp) -> Self {
        Self {
            agent,
            weight: 0,
            state: AgentState::SignedOut,
            since: at,
            is_active: true,
            is_undisturbed: false,
            personal_calls: 0,
            other_queue_calls: 0,
            bounces: 0,
            last_call_at: None,
            rests_until: None,
        }
    }

    /// Whether the agent may be rung at all, whatever was before.
    pub(super) fn takes_calls(&self, personal_calls_are_busy: bool) -> bool {
        let is_on_the_phone = personal_calls_are_busy && self.personal_calls > 0;
        self.state == AgentState::Available
            && self.is_active
            && !self.is_undisturbed
            && !is_on_the_phone
            && self.other_queue_calls == 0
    }

    /// Whether callers can hope for this agent: a Pending one is not there (S7).
    pub(super) fn is_there(&self) -> bool {
        self.is_active && self.state.is_signed_in()
    }

    pub(super) fn rests(&self, now: Timestamp) -> bool {
        self.rests_until.is_some_and(|until| now < until)
    }

    pub(super) fn rest(&mut self, now: Timestamp, seconds: u8) {
        if seconds > 0 {
            self.rests_until = Some(now.plus_seconds(seconds.into()));
        }
    }
}
