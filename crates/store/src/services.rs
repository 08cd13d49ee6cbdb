//! What users have decided about their calls and about themselves.

use async_trait::async_trait;
use model::{
    CallServices, Cursor, EnterpriseId, Extension, ForwardKind, Holder, Limit, Page, PhoneNumber,
    Profile, SiteId, UserId, VirtualUserKind,
};

use crate::{Result, Tenant};

/// A forward that names a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forwarding {
    /// Whose forward it is.
    pub user: UserId,
    /// In which enterprise.
    pub enterprise: EnterpriseId,
    /// At which site.
    pub site: SiteId,
    /// First and last name.
    pub name: String,
    /// What it forwards.
    pub kind: ForwardKind,
}

/// Call services.
#[async_trait]
pub trait CallServicesStore: Send {
    /// The user's; who has set nothing has the default.
    async fn get(&mut self, tenant: Tenant, user: UserId) -> Result<CallServices>;
    /// Makes them what they shall be, unless they have changed since the version they carry; `false` then.
    async fn update(
        &mut self,
        tenant: Tenant,
        user: UserId,
        services: &CallServices,
    ) -> Result<bool>;
    /// Forwards of a tenant's users that name this user, by name; at most 1,000.
    async fn list_forwards_to(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<Forwarding>>;
    /// Lets the version of everybody whose forwards name this user rise, wherever they are.
    async fn touch_forwards_to(&mut self, user: UserId) -> Result<()>;
}

/// A line of the phone book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneBookEntry {
    /// Who.
    pub holder: Holder,
    /// What it is, when it is no person.
    pub kind: Option<VirtualUserKind>,
    /// First and last name, or that of the group.
    pub name: String,
    /// Telephone number.
    pub number: PhoneNumber,
    /// Extension.
    pub extension: Extension,
    /// Whether there is a desk phone.
    pub has_phone: bool,
    /// Whether its state is nobody's business.
    pub hides_phone_state: bool,
}

/// Profiles.
#[async_trait]
pub trait ProfileStore: Send {
    /// The user's; who has set nothing has the default.
    async fn get(&mut self, tenant: Tenant, user: UserId) -> Result<Profile>;
    /// Makes it what it shall be, unless it has changed since the version it carries; `false` then.
    async fn update(&mut self, tenant: Tenant, user: UserId, profile: &Profile) -> Result<bool>;
    /// A page of the enterprise's phone book, by last name: users who are listed, and groups, with the folded text in
    /// name, username, email, number or extension.
    async fn list_phone_book(
        &mut self,
        enterprise: EnterpriseId,
        search: Option<&str>,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<PhoneBookEntry>>;
}
