//! What became of the calls of groups (G1-G4). A group is named by its identity alone, whichever kind it is.

use async_trait::async_trait;
use model::{
    Membership, SiteId, Timestamp, UserId,
    call_centre::{Figures, NoAnswer},
    group_call::{Deed, Departure, MemberFigures},
};
use uuid::Uuid;

use crate::{Result, Tenant};

/// Somebody on a call's way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// Who; `None` once the user is deleted, or when a number was called.
    pub user: Option<UserId>,
    /// The user's site today.
    pub site: Option<SiteId>,
    /// The name at that time.
    pub name: String,
}

/// A call that has left, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastCall {
    /// Identity.
    pub id: Uuid,
    /// Who called, as the phones were shown it.
    pub caller: String,
    /// When it came.
    pub entered_at: Timestamp,
    /// Who took it, and when.
    pub answered: Option<(Member, Timestamp)>,
    /// When it left.
    pub left_at: Timestamp,
    /// How.
    pub departure: Departure,
    /// How often somebody was rung.
    pub offers: i64,
    /// How often it came back.
    pub bounces: i64,
}

/// A step of a call's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastStep {
    /// When.
    pub at: Timestamp,
    /// What.
    pub deed: Deed,
    /// Whose phone.
    pub member: Member,
    /// Why it came back.
    pub why: Option<NoAnswer>,
}

/// Which calls are meant: those of a group that came in a period, which is `since..until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// From this moment.
    pub since: Timestamp,
    /// Until before this one.
    pub until: Timestamp,
}

impl Period {
    /// From a moment on.
    #[must_use]
    pub fn since(since: Timestamp) -> Self {
        let until = Timestamp(i64::MAX);
        Self { since, until }
    }
}

/// Calls of groups.
#[async_trait]
pub trait GroupCallStore: Send {
    /// The group with this identity.
    async fn group(&mut self, tenant: Tenant, id: Uuid) -> Result<Option<Membership>>;
    /// Writes down a call that has left; `false` when the group is gone.
    async fn insert(&mut self, group: Uuid, call: &PastCall, steps: &[PastStep]) -> Result<bool>;
    /// Calls that came in a period, the newest first, before the one with this time and id.
    async fn list(
        &mut self,
        tenant: Tenant,
        group: Uuid,
        period: Period,
        before: (Timestamp, Uuid),
        limit: i64,
    ) -> Result<Vec<PastCall>>;
    /// The way of a call of the group.
    async fn list_steps(
        &mut self,
        tenant: Tenant,
        group: Uuid,
        call: Uuid,
    ) -> Result<Vec<PastStep>>;
    /// The figures of the calls that came in a period.
    async fn figures(
        &mut self,
        tenant: Tenant,
        group: Uuid,
        period: Period,
        service_level_s: u16,
    ) -> Result<Figures>;
    /// What each member has done with the calls that came in a period, by name; at most 1,000.
    async fn list_members(
        &mut self,
        tenant: Tenant,
        group: Uuid,
        period: Period,
    ) -> Result<Vec<(Member, MemberFigures)>>;
    /// What a member has done since a moment.
    async fn member_figures(
        &mut self,
        tenant: Tenant,
        group: Uuid,
        user: UserId,
        since: Timestamp,
    ) -> Result<MemberFigures>;
}
