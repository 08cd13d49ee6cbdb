//! What the directory says about parking a call (`*68`) and retrieving it (`*88`).

use crate::attend::Playlist;
use crate::directory::{Group, Party, Phone};
use std::time::Duration;

/// A call is to be parked: the asking phone's most recently held partner, or who is transferred here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Park {
    /// In which park group.
    pub group: Group,
    /// Where, in this order; the first that is free is taken. One only, when the phone named it.
    pub places: Vec<Place>,
    /// What the parked one hears.
    pub music: Playlist,
    /// What happens when nobody retrieves the call, one after another; then it is released.
    pub recalls: Vec<Recall>,
    /// How long the parking phone shows the place at most, before it is released.
    pub shown_for: Duration,
}

/// A member's extension, where a call can be parked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The member, by the number in the identifier.
    pub member: u128,
    /// As the parking phone shows it.
    pub shown: Party,
    /// What the parking phone hears.
    pub announcement: Playlist,
}

/// Bringing a parked call back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recall {
    /// How long the call has waited since it was parked, or since the recall before.
    pub after: Duration,
    /// Where to.
    pub to: RecallTo,
    /// Alert-Info of the INVITE, so that the phone rings otherwise (RFC 3261 §20.4).
    pub ring: Option<String>,
}

/// Where a parked call returns to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecallTo {
    /// These phones, for so long.
    Phones {
        /// Whose.
        phones: Vec<Phone>,
        /// For how long.
        ring_for: Duration,
    },
    /// What the directory says about this number at that time.
    Dial(String),
}

impl RecallTo {
    /// Whom it rings: logins, or the number.
    pub(crate) fn rung(&self) -> Vec<&str> {
        match self {
            RecallTo::Phones { phones, .. } => phones.iter().map(|p| p.login.as_str()).collect(),
            RecallTo::Dial(number) => vec![number],
        }
    }
}

/// A parked call is to be retrieved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retrieve {
    /// At this member, by the number in the identifier.
    pub member: u128,
}
