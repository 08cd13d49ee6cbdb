//! New login details for many users at once (L2): how far the work is, and what became of each user.

use std::{fmt, str::FromStr};

use uuid::Uuid;

use crate::{AccountId, EnterpriseId, Problem, RenewalId, Timestamp, licence::catalogue};

catalogue! {
    /// How far a renewal is.
    RenewalState {
        /// There is still something to do.
        Running = "running",
        /// Everybody has had their turn.
        Done = "done",
        /// Somebody, or the end of its time, has stopped it.
        Cancelled = "cancelled",
    }
}

catalogue! {
    /// What became of a user (L4).
    RenewalOutcome {
        /// Nothing yet.
        Waiting = "waiting",
        /// New login details were made.
        Done = "done",
        /// Nobody whom the administrator may know.
        NotFound = "not-found",
        /// Deleted before it was their turn, or since.
        Deleted = "deleted",
        /// Has no desk phone (U5).
        NoDeskPhone = "no-desk-phone",
        /// Not active yet (S5).
        NotActive = "not-active",
        /// The work was stopped before it was their turn.
        Cancelled = "cancelled",
        /// Newer login details have been made since.
        Replaced = "replaced",
    }
}

impl RenewalOutcome {
    /// Why this user cannot take part; `None` for one who can (L4).
    #[must_use]
    pub fn obstacle(is_active: bool, has_desk_phone: bool) -> Option<Self> {
        if !has_desk_phone {
            Some(Self::NoDeskPhone)
        } else if !is_active {
            Some(Self::NotActive)
        } else {
            None
        }
    }

    /// Whether the user was skipped.
    #[must_use]
    pub fn is_failure(self) -> bool {
        match self {
            Self::Waiting | Self::Done => false,
            Self::NotFound
            | Self::Deleted
            | Self::NoDeskPhone
            | Self::NotActive
            | Self::Cancelled
            | Self::Replaced => true,
        }
    }
}

/// What can be had of the passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenewalResult {
    /// Not before the work is over.
    NotYet,
    /// Once.
    Ready,
    /// No more: somebody has had them.
    Fetched,
    /// No more: nobody has had them in time.
    Expired,
    /// Nothing: nobody has got new login details.
    Nothing,
}

impl RenewalResult {
    /// The name in the API.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::NotYet => "not-yet",
            Self::Ready => "ready",
            Self::Fetched => "fetched",
            Self::Expired => "expired",
            Self::Nothing => "nothing",
        }
    }
}

/// New login details for many users, as one piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// Identity.
    pub id: RenewalId,
    /// Whose users.
    pub enterprise: EnterpriseId,
    /// Account or API token that began it.
    pub owner: Uuid,
    /// The account, unless it was a token.
    pub account: Option<AccountId>,
    /// The name of who began it, in the journal.
    pub actor_name: String,
    /// How far it is.
    pub state: RenewalState,
    /// Whether all get the same password, chosen by the administrator.
    pub is_chosen: bool,
    /// How many users it is about.
    pub total: i64,
    /// How many have got new login details.
    pub done: i64,
    /// How many were skipped.
    pub failed: i64,
    /// When it began.
    pub created_at: Timestamp,
    /// When the passwords go, fetched or not.
    pub expires_at: Timestamp,
    /// When it was over.
    pub finished_at: Option<Timestamp>,
    /// When somebody had the passwords.
    pub fetched_at: Option<Timestamp>,
}

impl Renewal {
    /// Most users in one go.
    pub const MAX_USERS: usize = 10_000;
    /// How long the passwords can be fetched, in seconds. What nobody has fetched is deleted within an hour, so that it is
    /// gone after 24 hours.
    pub const FETCHABLE_S: i64 = 23 * 3600;
    /// How long what became of each user can be looked at, in seconds.
    pub const KEPT_S: i64 = 7 * 24 * 3600;

    /// What can be had of the passwords at this moment.
    #[must_use]
    pub fn result(&self, now: Timestamp) -> RenewalResult {
        if self.fetched_at.is_some() {
            RenewalResult::Fetched
        } else if self.state == RenewalState::Running {
            RenewalResult::NotYet
        } else if self.done == 0 {
            RenewalResult::Nothing
        } else if now >= self.expires_at {
            RenewalResult::Expired
        } else {
            RenewalResult::Ready
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l4_who_has_no_desk_phone_or_is_not_active_cannot_take_part() {
        let obstacle = RenewalOutcome::obstacle;
        assert_eq!(obstacle(true, true), None);
        assert_eq!(obstacle(false, true), Some(RenewalOutcome::NotActive));
        assert_eq!(obstacle(true, false), Some(RenewalOutcome::NoDeskPhone));
    }

    #[test]
    fn l3_the_result_is_there_once_and_not_for_ever() {
        let renewal = Renewal {
            id: RenewalId(Uuid::nil()),
            enterprise: EnterpriseId(Uuid::nil()),
            owner: Uuid::nil(),
            account: None,
            actor_name: String::new(),
            state: RenewalState::Done,
            is_chosen: false,
            total: 2,
            done: 1,
            failed: 1,
            created_at: Timestamp(0),
            expires_at: Timestamp(0).plus_seconds(Renewal::FETCHABLE_S),
            finished_at: Some(Timestamp(1)),
            fetched_at: None,
        };
        assert_eq!(renewal.result(Timestamp(2)), RenewalResult::Ready);
        assert_eq!(renewal.result(renewal.expires_at), RenewalResult::Expired);
        let fetched = Renewal {
            fetched_at: Some(Timestamp(2)),
            ..renewal.clone()
        };
        assert_eq!(fetched.result(Timestamp(3)), RenewalResult::Fetched);
        let nobody = Renewal {
            done: 0,
            ..renewal.clone()
        };
        assert_eq!(nobody.result(Timestamp(2)), RenewalResult::Nothing);
        let running = Renewal {
            state: RenewalState::Running,
            ..renewal
        };
        assert_eq!(running.result(Timestamp(2)), RenewalResult::NotYet);
    }
}
