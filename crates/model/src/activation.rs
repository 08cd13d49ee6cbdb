//! What stands between a user and the state Activated: what is tried next, what is waited for, who has asked.

use std::{fmt, str::FromStr};

use unicode_normalization::UnicodeNormalization;

use crate::{OrderId, Problem, Timestamp};

/// What happens next for a Pending user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// The back end is asked.
    Attempt {
        /// When.
        at: Timestamp,
    },
    /// The operator decides.
    Operator {
        /// Waiting since.
        since: Timestamp,
    },
    /// The carrier reports back.
    Carrier {
        /// Waiting since.
        since: Timestamp,
    },
}

impl NextStep {
    /// The name in the API.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Attempt { .. } => "attempt",
            Self::Operator { .. } => "operator",
            Self::Carrier { .. } => "carrier",
        }
    }

    /// When it is due, or since when it is waited for.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Attempt { at } => *at,
            Self::Operator { since } | Self::Carrier { since } => *since,
        }
    }
}

/// The next attempt to ask the back end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When it is due.
    pub at: Timestamp,
    /// How often the back end was asked before.
    pub before: i64,
    /// What went wrong the last time.
    pub last_error: Option<String>,
}

/// An order at the carrier that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Identity; the carrier names it in its report.
    pub id: OrderId,
    /// Since when it has been sent.
    pub ordered_at: Timestamp,
    /// When the carrier took it.
    pub accepted_at: Option<Timestamp>,
}

/// What an administrator has asked the operator about a failed activation (S4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivationRequest {
    /// When.
    pub at: Timestamp,
    /// The administrator's name at that time.
    pub by: String,
    /// In the administrator's words.
    pub message: Option<Message>,
}

impl ActivationRequest {
    /// How long after asking one does not ask again, in seconds.
    pub const AGAIN_AFTER_S: i64 = 24 * 3600;

    /// Whether asking again at `now` would be too soon.
    #[must_use]
    pub fn is_recent(&self, now: Timestamp) -> bool {
        now < self.at.plus_seconds(Self::AGAIN_AFTER_S)
    }
}

/// How far the activation of a user has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// When the back end is asked next, if it is.
    pub attempt: Option<Attempt>,
    /// What the carrier was sent, if it was.
    pub order: Option<Order>,
    /// Since when the operator is to decide.
    pub operator_since: Option<Timestamp>,
    /// When who waits is spoken of again.
    pub reminder_at: Option<Timestamp>,
    /// When it was spoken of last.
    pub reminded_at: Option<Timestamp>,
    /// What an administrator has asked.
    pub request: Option<ActivationRequest>,
}

impl Progress {
    /// What happens next for a user that was added at `added` and is Pending.
    ///
    /// | attempt | order taken | next |
    /// |---|---|---|
    /// | yes | any | the attempt |
    /// | no | yes | the carrier, since it took the order |
    /// | no | no | the operator, since the back end said so, else since the user was added |
    #[must_use]
    pub fn next_step(&self, added: Timestamp) -> NextStep {
        let accepted = self.order.and_then(|order| order.accepted_at);
        match (&self.attempt, accepted) {
            (Some(attempt), _) => NextStep::Attempt { at: attempt.at },
            (None, Some(since)) => NextStep::Carrier { since },
            (None, None) => NextStep::Operator {
                since: self.operator_since.unwrap_or(added),
            },
        }
    }
}

/// What one writes to another: plain text of at most 500 Unicode characters, line breaks allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message(String);

impl Message {
    /// The most that is allowed, in Unicode characters.
    pub const MAX: usize = 500;

    /// The text; nothing is no message.
    ///
    /// # Errors
    /// `TooLong`, `ControlCharacter`.
    pub fn optional(text: &str) -> Result<Option<Self>, Problem> {
        match text.parse() {
            Ok(message) => Ok(Some(message)),
            Err(Problem::Required) => Ok(None),
            Err(problem) => Err(problem),
        }
    }
}

impl FromStr for Message {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        let text: String = text.replace("\r\n", "\n").trim().nfc().collect();
        if text.is_empty() {
            Err(Problem::Required)
        } else if text.chars().any(|c| c.is_control() && c != '\n') {
            Err(Problem::ControlCharacter)
        } else if text.chars().count() > Self::MAX {
            Err(Problem::TooLong { max: Self::MAX })
        } else {
            Ok(Self(text))
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const ADDED: Timestamp = Timestamp(1_000);

    fn order(accepted_at: Option<Timestamp>) -> Order {
        Order {
            id: OrderId(Uuid::nil()),
            ordered_at: Timestamp(2_000),
            accepted_at,
        }
    }

    #[test]
    fn s3_a_pending_user_waits_for_the_attempt_the_carrier_or_the_operator() {
        let nothing = Progress::default();
        assert_eq!(
            nothing.next_step(ADDED),
            NextStep::Operator { since: ADDED }
        );
        let asked = Progress {
            operator_since: Some(Timestamp(3_000)),
            ..Progress::default()
        };
        assert_eq!(asked.next_step(ADDED).at(), Timestamp(3_000));
        let taken = Progress {
            order: Some(order(Some(Timestamp(4_000)))),
            ..asked
        };
        let carrier = NextStep::Carrier {
            since: Timestamp(4_000),
        };
        assert_eq!(taken.next_step(ADDED), carrier);
        let again = Progress {
            attempt: Some(Attempt {
                at: Timestamp(5_000),
                before: 1,
                last_error: None,
            }),
            ..taken
        };
        let attempt = NextStep::Attempt {
            at: Timestamp(5_000),
        };
        assert_eq!(again.next_step(ADDED), attempt);
    }

    #[test]
    fn s4_asking_again_is_too_soon_for_a_day() {
        let request = ActivationRequest {
            at: ADDED,
            by: "admin".to_owned(),
            message: None,
        };
        let day = ActivationRequest::AGAIN_AFTER_S;
        assert!(request.is_recent(ADDED.plus_seconds(day - 1)));
        assert!(!request.is_recent(ADDED.plus_seconds(day)));
    }

    #[test]
    fn a_message_is_plain_text_of_500_characters() {
        let text = |text: &str| Message::optional(text).map(|m| m.map(|m| m.to_string()));
        assert_eq!(text(" a\r\nb "), Ok(Some("a\nb".to_owned())));
        assert_eq!(text(" \n "), Ok(None));
        assert!(text(&"ä".repeat(500)).is_ok());
        assert_eq!(text(&"ä".repeat(501)), Err(Problem::TooLong { max: 500 }));
        assert_eq!(text("a\u{1b}[31m"), Err(Problem::ControlCharacter));
    }

    proptest! {
        #[test]
        fn a_message_reads_back_as_it_was_written(text in any::<String>()) {
            if let Ok(message) = text.parse::<Message>() {
                prop_assert_eq!(message.to_string().parse::<Message>(), Ok(message));
            }
        }
    }
}
