//! What becomes of a parked call that nobody retrieves (G2).

use std::{fmt, str::FromStr};

use crate::{Problem, TeamId, UserId, VirtualUserId, licence::catalogue};

catalogue! {
    /// To whom a parked call returns after the recall timer.
    ParkRecall {
        /// To who has parked it.
        Parker = "parker",
        /// To who has parked it, and from there to the alternate.
        ParkerThenAlternate = "parker-then-alternate",
        /// To the alternate at once.
        Alternate = "alternate",
    }
}

impl ParkRecall {
    /// Whether an alternate has to be named.
    #[must_use]
    pub fn needs_alternate(self) -> bool {
        match self {
            Self::Parker => false,
            Self::ParkerThenAlternate | Self::Alternate => true,
        }
    }
}

/// What is set for a park group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkSettings {
    /// A call that nobody retrieves returns after so many seconds, 30 to 600.
    pub recall_after_s: u16,
    /// To whom.
    pub recall_to: ParkRecall,
    /// The hunt group that takes it. It goes when the hunt group is deleted; the call returns to the parker then.
    pub alternate: Option<VirtualUserId>,
    /// The call goes on from the parker to the alternate after so many seconds, 30 to 600.
    pub alternate_after_s: u16,
    /// The phone shows for so many seconds where the call was parked, 2 to 15.
    pub display_s: u8,
    /// An announcement says where the call was parked.
    pub announces: bool,
}

impl ParkSettings {
    /// Least and most of the recall timer and of the wait before the alternate, in seconds (mission §3).
    pub const RECALL_S: (u16, u16) = (30, 600);
    /// Least and most of the display, in seconds (mission §3).
    pub const DISPLAY_S: (u8, u8) = (2, 15);

    /// Whom the call returns to as things are: without an alternate, the parker.
    #[must_use]
    pub fn recall(&self) -> ParkRecall {
        match self.alternate {
            Some(_) => self.recall_to,
            None => ParkRecall::Parker,
        }
    }
}

impl Default for ParkSettings {
    fn default() -> Self {
        Self {
            recall_after_s: 45,
            recall_to: ParkRecall::Parker,
            alternate: None,
            alternate_after_s: 45,
            display_s: 10,
            announces: true,
        }
    }
}

/// A park group as far as parking asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkGroup {
    /// Which.
    pub id: TeamId,
    /// What is set.
    pub settings: ParkSettings,
    /// In the order in which a free place is looked for.
    pub members: Vec<UserId>,
}
