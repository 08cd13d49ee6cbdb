//! Pickup and park groups.

use async_trait::async_trait;
use model::{
    Cursor, EnterpriseId, Fellow, Limit, Membership, Page, ParkGroup, SiteId, Team, TeamId,
    TeamKind, UserId,
};

use crate::{Result, Tenant};

/// What became of a team that was to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoredTeam {
    /// It is what it shall be.
    Done,
    /// It has changed meanwhile, or is gone.
    Meanwhile,
    /// The site has another one of that name.
    NameTaken,
    /// A member is in another team of the kind.
    MemberTaken,
}

/// A line in the list of a site's teams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamLine {
    /// Which.
    pub id: TeamId,
    /// Name.
    pub name: String,
    /// The name as it is sorted.
    pub sort_name: String,
    /// How many members it has.
    pub members: i64,
}

/// A member of a team, as pages show one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMember {
    /// Who.
    pub user: UserId,
    /// Of which enterprise.
    pub enterprise: EnterpriseId,
    /// At which site.
    pub site: SiteId,
    /// First and last name.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// Until the user is active, the seat is not live (S7).
    pub is_active: bool,
}

/// Pickup and park groups, as administrators keep them.
#[async_trait]
pub trait TeamStore: Send {
    /// Adds one with its members.
    async fn insert(&mut self, team: &Team) -> Result<StoredTeam>;
    /// The site's one of this kind with this id, with its members in order.
    async fn get(&mut self, site: SiteId, kind: TeamKind, id: TeamId) -> Result<Option<Team>>;
    /// A page of a site's teams of a kind, by name; `search` is folded text that occurs in the name.
    async fn list(
        &mut self,
        site: SiteId,
        kind: TeamKind,
        search: Option<&str>,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<TeamLine>>;
    /// How many teams of a kind a site has.
    async fn count(&mut self, site: SiteId, kind: TeamKind) -> Result<i64>;
    /// Makes it what it shall be, unless it has changed since the version it carries.
    async fn update(&mut self, team: &Team) -> Result<StoredTeam>;
    /// Deletes the site's one, unless it has changed since `version`; `false` then.
    async fn delete(&mut self, site: SiteId, id: TeamId, version: i64) -> Result<bool>;
    /// Its members with what is to be shown of them, in order.
    async fn list_members(&mut self, tenant: Tenant, id: TeamId) -> Result<Vec<TeamMember>>;
    /// The teams a user is in, at most one of each kind.
    async fn list_of(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<Membership>>;
    /// The other members of the teams that a user is in, by name, each once; at most 1,000.
    async fn list_fellows(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<Fellow>>;
    /// Takes a user out of the team of a kind that the user is in.
    async fn delete_member(&mut self, tenant: Tenant, kind: TeamKind, user: UserId) -> Result<()>;
    /// Lets the version of every team that a user is in rise.
    async fn touch_of(&mut self, user: UserId) -> Result<()>;
}

/// Pickup groups, as routing asks for them.
#[async_trait]
pub trait PickupGroupStore: Send {
    /// The members of the user's pickup group, the user included, and which one it is.
    async fn of_member(&mut self, user: UserId) -> Result<Option<(TeamId, Vec<UserId>)>>;
}

/// Park groups, as parking asks for them.
#[async_trait]
pub trait ParkGroupStore: Send {
    /// The user's park group with its members in order.
    async fn of_member(&mut self, user: UserId) -> Result<Option<ParkGroup>>;
}
