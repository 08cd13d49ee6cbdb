//! Virtual users, and the groups that are made of them.

use async_trait::async_trait;
use model::{
    Cursor, EnterpriseId, Fellow, ForwardKind, HuntGroup, HuntGroupSettings, HuntMember, Label,
    Limit, Membership, Page, PhoneNumber, SiteId, State, UserId, VirtualUser, VirtualUserId,
    VirtualUserKind,
};

use crate::{Result, Tenant};

/// Which virtual users a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VirtualUserScope {
    /// An enterprise's.
    Enterprise(EnterpriseId),
    /// A site's.
    Site(SiteId),
}

/// A page of virtual users that is asked for, by name.
#[derive(Clone, Debug)]
pub struct VirtualUserList {
    /// Which.
    pub scope: VirtualUserScope,
    /// Of this kind only.
    pub kind: Option<VirtualUserKind>,
    /// With this folded text in name, number or extension.
    pub search: Option<String>,
    /// From where.
    pub cursor: Option<Cursor>,
    /// How many.
    pub limit: Limit,
}

/// What became of a virtual user that was to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VirtualUserKept {
    /// It is what it shall be.
    Done,
    /// It has changed meanwhile, or is gone.
    Meanwhile,
    /// Another one of the site has the name.
    NameTaken,
    /// Somebody in the enterprise has the extension.
    ExtensionTaken,
}

/// A virtual user that is not active, in the operator's queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VirtualUserNotActive {
    /// The virtual user.
    pub virtual_user: VirtualUser,
    /// Name of the enterprise.
    pub enterprise_name: String,
    /// Name of the site.
    pub site_name: String,
}

/// A forward that names a number or a user, with whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForwardOf {
    /// Who forwards.
    pub holder: model::Holder,
    /// In which enterprise.
    pub enterprise: EnterpriseId,
    /// At which site.
    pub site: SiteId,
    /// The name of who forwards.
    pub name: String,
    /// What is forwarded.
    pub kind: ForwardKind,
}

/// What hunt groups and call centres have in common. The number is assigned by [`crate::NumberStore`].
#[async_trait]
pub trait VirtualUserStore: Send {
    /// Adds one, in its first version.
    async fn insert(&mut self, virtual_user: &VirtualUser) -> Result<VirtualUserKept>;
    /// The one with this id.
    async fn get(&mut self, tenant: Tenant, id: VirtualUserId) -> Result<Option<VirtualUser>>;
    /// A page of them.
    async fn list(&mut self, list: &VirtualUserList) -> Result<Page<VirtualUser>>;
    /// Which one of the site has this name, without regard to case and accents.
    async fn holder_of_name(&mut self, site: SiteId, name: &Label)
    -> Result<Option<VirtualUserId>>;
    /// Sets name, extension and department, and lets the version rise, unless it has changed since the version it carries.
    async fn update(
        &mut self,
        tenant: Tenant,
        virtual_user: &VirtualUser,
    ) -> Result<VirtualUserKept>;
    /// Sets the state, unless it has changed since `version`; `false` then.
    async fn update_state(
        &mut self,
        tenant: Tenant,
        id: VirtualUserId,
        state: &State,
        version: i64,
    ) -> Result<bool>;
    /// Deletes it with everything that belongs to it and frees its number, unless it has changed since `version`.
    async fn delete(&mut self, tenant: Tenant, id: VirtualUserId, version: i64) -> Result<bool>;
    /// Those that are not active, the oldest first, at most 1,000; one enterprise's only, in one state only.
    async fn list_not_active(
        &mut self,
        enterprise: Option<EnterpriseId>,
        state: Option<&str>,
    ) -> Result<Vec<VirtualUserNotActive>>;
    /// How many are Pending and how many Failed.
    async fn count_not_active(&mut self) -> Result<(i64, i64)>;
    /// Forwards of an enterprise's users and groups to a number, by name; at most 1,000 of each.
    async fn list_forwards_to(
        &mut self,
        enterprise: EnterpriseId,
        number: &PhoneNumber,
    ) -> Result<Vec<ForwardOf>>;
    /// Ends the forwards of an enterprise's users and groups to a number.
    async fn delete_forwards_to(
        &mut self,
        enterprise: EnterpriseId,
        number: &PhoneNumber,
    ) -> Result<()>;
    /// Lets the forwards of an enterprise's users and groups to a number lead to another (C3).
    async fn update_forwards_to(
        &mut self,
        enterprise: EnterpriseId,
        from: &PhoneNumber,
        to: &PhoneNumber,
    ) -> Result<()>;
}

/// A seat in a group, with whom it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Who, and the share of the calls.
    pub member: HuntMember,
    /// Of which enterprise.
    pub enterprise: EnterpriseId,
    /// At which site.
    pub site: SiteId,
    /// First and last name.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// The member's state; the seat is live when it is active (S7).
    pub state: State,
}

/// Hunt groups.
#[async_trait]
pub trait HuntGroupStore: Send {
    /// Sets how the virtual user hunts.
    async fn put(&mut self, id: VirtualUserId, settings: &HuntGroupSettings) -> Result<()>;
    /// Sets who is in it, in this order.
    async fn put_members(&mut self, id: VirtualUserId, members: &[HuntMember]) -> Result<()>;
    /// The one with this id, with its members in order: two queries.
    async fn get(&mut self, tenant: Tenant, id: VirtualUserId) -> Result<Option<HuntGroup>>;
    /// Its members in order, with their names.
    async fn list_seats(&mut self, tenant: Tenant, id: VirtualUserId) -> Result<Vec<Seat>>;
    /// How many members it has.
    async fn count_members(&mut self, tenant: Tenant, id: VirtualUserId) -> Result<i64>;
    /// The groups that a user is in, by name; at most 1,000.
    async fn list_of_member(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<Membership>>;
    /// The other members of the groups that a user is in, by name, each once; at most 1,000.
    async fn list_fellows(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<Fellow>>;
    /// Forwards of groups that name a user, by the groups' names; at most 1,000.
    async fn list_forwards_to(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<ForwardOf>>;
    /// Lets the version of every group rise that names this user as a member or in a forward.
    async fn touch_of_user(&mut self, user: UserId) -> Result<()>;
}
