//! Calls that are over: who, whom, when, how long, and how they ended.

use std::{fmt, str::FromStr};

use crate::{CallRecordId, EnterpriseId, Problem, SiteId, Timestamp, UserId, licence::catalogue};

/// One side of a call, as it was then.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CallParty {
    /// The user, as long as there is one.
    pub user: Option<UserId>,
    /// The user's site.
    pub site: Option<SiteId>,
    /// The user's enterprise; `None` outside of the installation.
    pub enterprise: Option<EnterpriseId>,
    /// Name at that time, may be empty.
    pub name: String,
    /// Number or extension.
    pub number: String,
}

catalogue! {
    /// How a call ended.
    CallOutcome {
        /// They talked.
        Answered = "answered",
        /// The called one was busy or declined.
        Busy = "busy",
        /// Nobody answered in time.
        NoAnswer = "no-answer",
        /// The caller hung up before anybody answered.
        Cancelled = "cancelled",
        /// No phone could be reached, or the user is not active.
        Unreachable = "unreachable",
        /// The call was refused: an unknown number, no trunk, too many calls.
        Refused = "refused",
    }
}

impl CallOutcome {
    /// Of a call that nobody answered, from the SIP status the caller heard (RFC 3261 §21) and whether a phone rang.
    #[must_use]
    pub fn unanswered(status: u16, rang: bool) -> Self {
        match status {
            486 | 600 | 603 => Self::Busy,
            487 => Self::Cancelled,
            408 | 480 if rang => Self::NoAnswer,
            408 | 480 => Self::Unreachable,
            _ => Self::Refused,
        }
    }
}

/// Who took a call, as it was then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallAnswer {
    /// The user, as long as there is one.
    pub user: Option<UserId>,
    /// Name at that time.
    pub name: String,
}

/// A call that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRecord {
    /// Identity; the order of ids is the order in which calls ended.
    pub id: CallRecordId,
    /// Who called.
    pub caller: CallParty,
    /// Who was called.
    pub called: CallParty,
    /// When it began to ring.
    pub started_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Timestamp,
    /// How it ended.
    pub outcome: CallOutcome,
    /// Who took it on a phone of the installation: after a forward it is not who was called.
    pub answered_by: Option<CallAnswer>,
    /// The caller withheld the number: of another enterprise, nobody learns who it was.
    pub caller_is_withheld: bool,
}

impl CallRecord {
    /// How long they talked, in whole seconds.
    #[must_use]
    pub fn talked_s(&self) -> i64 {
        let talked = self
            .answered_at
            .map_or(0, |answered| self.ended_at.0 - answered.0);
        talked.max(0) / 1000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outcome_follows_from_what_the_caller_heard_and_whether_it_rang() {
        let outcomes = [
            (486, true),
            (487, true),
            (480, true),
            (480, false),
            (503, false),
        ]
        .map(|(status, rang)| CallOutcome::unanswered(status, rang));
        use CallOutcome::{Busy, Cancelled, NoAnswer, Refused, Unreachable};
        assert_eq!(outcomes, [Busy, Cancelled, NoAnswer, Unreachable, Refused]);
    }

    #[test]
    fn a_call_lasts_from_the_answer_on() {
        let call = CallRecord {
            id: CallRecordId(uuid::Uuid::nil()),
            caller: CallParty::default(),
            called: CallParty::default(),
            started_at: Timestamp(0),
            answered_at: Some(Timestamp(5_000)),
            ended_at: Timestamp(65_999),
            outcome: CallOutcome::Answered,
            answered_by: None,
            caller_is_withheld: false,
        };
        assert_eq!(call.talked_s(), 60);
        let unanswered = CallRecord {
            answered_at: None,
            ..call
        };
        assert_eq!(unanswered.talked_s(), 0);
    }
}
