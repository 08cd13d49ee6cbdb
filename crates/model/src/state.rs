//! The life of a user: Pending, Activated, Failed (mission S1, S3, S4).

use std::fmt;

use crate::Timestamp;

/// Where a user stands.
///
/// | state \ event | `Activate` | `Fail` | `Retry` |
/// |---|---|---|---|
/// | `Pending` | `Activated` | `Failed` | `Pending` |
/// | `Failed` | `Activated` | `Failed` (new reason) | `Pending` |
/// | `Activated` | refused | refused | refused |
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum State {
    /// Can make calls, cannot receive them (S1, S2).
    #[default]
    Pending,
    /// Makes and receives calls (S3).
    Activated {
        /// Since when.
        at: Timestamp,
    },
    /// Activation was impossible (S4).
    Failed {
        /// Why.
        reason: FailureReason,
    },
}

/// What the provider does to a user's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Activation succeeded.
    Activate {
        /// When.
        at: Timestamp,
    },
    /// Activation was impossible.
    Fail {
        /// Why.
        reason: FailureReason,
    },
    /// Activation is to be tried again.
    Retry,
}

/// The user is active already, and active users are not activated, failed or retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the user is active already")]
pub struct Refused;

impl State {
    /// The state after `event`.
    ///
    /// # Errors
    /// `Refused` when the user is active already.
    pub fn on(&self, event: Event) -> Result<Self, Refused> {
        match (self, event) {
            (Self::Activated { .. }, _) => Err(Refused),
            (Self::Pending | Self::Failed { .. }, Event::Activate { at }) => {
                Ok(Self::Activated { at })
            }
            (Self::Pending | Self::Failed { .. }, Event::Fail { reason }) => {
                Ok(Self::Failed { reason })
            }
            (Self::Pending | Self::Failed { .. }, Event::Retry) => Ok(Self::Pending),
        }
    }

    /// Whether configuration may be changed and the user deleted (S5).
    #[must_use]
    pub fn is_active(&self) -> bool {
        matches!(self, Self::Activated { .. })
    }

    /// The state's name in the database and the API.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Activated { .. } => "activated",
            Self::Failed { .. } => "failed",
        }
    }
}

/// Why activation was impossible (S4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailureReason {
    /// The number is not assigned to this user.
    NumberNotAssigned,
    /// The enterprise holds no licence for the user's package.
    LicenceMissing,
    /// There are no login details for the user's desk phone.
    LoginMissing,
    /// The number is still being ported, and nobody has confirmed it.
    PortingUnconfirmed,
    /// The contract for the number is missing.
    ContractMissing,
    /// The carrier took no order for a day.
    CarrierUnreachable,
    /// What the carrier said.
    Carrier(String),
    /// What the operator wrote.
    Operator(String),
}

impl FailureReason {
    /// What the operator can choose from instead of writing.
    pub const CHOICES: [Self; 3] = [
        Self::PortingUnconfirmed,
        Self::ContractMissing,
        Self::NumberNotAssigned,
    ];

    const OPERATOR: &'static str = "operator: ";
    const CARRIER: &'static str = "carrier: ";

    /// Reads what [`fmt::Display`] wrote.
    #[must_use]
    pub fn from_stored(text: &str) -> Self {
        match text {
            "number-not-assigned" => Self::NumberNotAssigned,
            "licence-missing" => Self::LicenceMissing,
            "login-missing" => Self::LoginMissing,
            "porting-unconfirmed" => Self::PortingUnconfirmed,
            "contract-missing" => Self::ContractMissing,
            "carrier-unreachable" => Self::CarrierUnreachable,
            other if other.starts_with(Self::CARRIER) => {
                Self::Carrier(other[Self::CARRIER.len()..].to_owned())
            }
            other => Self::Operator(
                other
                    .strip_prefix(Self::OPERATOR)
                    .unwrap_or(other)
                    .to_owned(),
            ),
        }
    }
}

impl fmt::Display for FailureReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NumberNotAssigned => f.write_str("number-not-assigned"),
            Self::LicenceMissing => f.write_str("licence-missing"),
            Self::LoginMissing => f.write_str("login-missing"),
            Self::PortingUnconfirmed => f.write_str("porting-unconfirmed"),
            Self::ContractMissing => f.write_str("contract-missing"),
            Self::CarrierUnreachable => f.write_str("carrier-unreachable"),
            Self::Carrier(text) => write!(f, "{}{text}", Self::CARRIER),
            Self::Operator(text) => write!(f, "{}{text}", Self::OPERATOR),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event() -> impl Strategy<Value = Event> {
        prop_oneof![
            any::<i64>().prop_map(|at| Event::Activate { at: Timestamp(at) }),
            any::<String>().prop_map(|text| Event::Fail {
                reason: FailureReason::Operator(text)
            }),
            Just(Event::Retry),
        ]
    }

    #[test]
    fn s1_a_new_user_starts_pending() {
        assert_eq!(State::default(), State::Pending);
    }

    #[test]
    fn s4_a_failed_user_can_be_tried_again() {
        let failed = State::Failed {
            reason: FailureReason::NumberNotAssigned,
        };
        assert_eq!(failed.on(Event::Retry), Ok(State::Pending));
        assert_eq!(
            failed.on(Event::Activate { at: Timestamp(7) }),
            Ok(State::Activated { at: Timestamp(7) })
        );
    }

    proptest! {
        #[test]
        fn s3_once_active_always_active(events in proptest::collection::vec(event(), 0..50)) {
            let mut state = State::default();
            for event in events {
                let was_active = state.is_active();
                match state.on(event) {
                    Ok(next) => { prop_assert!(!was_active); state = next; }
                    Err(Refused) => prop_assert!(was_active),
                }
            }
        }

        #[test]
        fn a_reason_reads_back_as_it_was_written(text in any::<String>()) {
            for reason in [FailureReason::Operator(text.clone()), FailureReason::Carrier(text)] {
                prop_assert_eq!(FailureReason::from_stored(&reason.to_string()), reason);
            }
        }
    }

    #[test]
    fn s4_what_the_operator_chooses_reads_back_as_chosen() {
        for reason in FailureReason::CHOICES {
            assert_eq!(FailureReason::from_stored(&reason.to_string()), reason);
        }
    }
}
