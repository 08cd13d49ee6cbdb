//! What is written down of a call of a group: its way, how it left, and what members did (G1-G4).

use std::{fmt, str::FromStr};

use crate::{Problem, licence::catalogue};

catalogue! {
    /// What happened to a call at somebody of its group.
    Deed {
        /// The phone was rung.
        Offered = "offered",
        /// It was not taken.
        Bounced = "bounced",
        /// It was taken.
        Answered = "answered",
        /// It was parked.
        Parked = "parked",
    }
}

catalogue! {
    /// Why a call has left with nobody taking it.
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
        /// Everybody was on the phone, or declined.
        AllBusy = "all-busy",
        /// Nobody answered in time.
        NoAnswer = "no-answer",
        /// Nobody could be reached.
        Unreachable = "unreachable",
        /// The group was switched to busy.
        GroupBusy = "group-busy",
    }
}

/// How a call has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    /// After talking to somebody of the group.
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
    /// It was refused or released.
    Refused(Cause),
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
            Self::Refused(_) => "refused",
        }
    }

    /// Why, when nobody took it.
    #[must_use]
    pub fn cause(self) -> Option<Cause> {
        match self {
            Self::Talked | Self::Abandoned => None,
            Self::Busy(cause)
            | Self::Transferred(cause)
            | Self::RangOn(cause)
            | Self::Announced(cause)
            | Self::Refused(cause) => Some(cause),
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
            "refused" => cause().map(Self::Refused),
            _ => Err(Problem::Unknown),
        }
    }
}

/// What a member of a group has done in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MemberFigures {
    /// How often the phone was rung.
    pub offered: u32,
    /// How many calls the member took.
    pub answered: u32,
    /// How many offers came back.
    pub bounced: u32,
    /// Milliseconds of talking, of the calls that the member took last.
    pub talked_ms: i64,
}
