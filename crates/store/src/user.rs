//! Users and the logins of their desk phones.

use async_trait::async_trait;
use model::{
    AccountId, Cursor, DepartmentId, Direction, EnterpriseId, Extension, Holder, Limit, NewUser,
    Page, SiteId, State, Timestamp, User, UserId, UserSort,
};

use crate::{Result, Tenant};

/// A user that is about to be stored.
#[derive(Clone, Debug)]
pub struct UserRecord<'a> {
    /// Identity.
    pub id: UserId,
    /// Whose.
    pub enterprise: EnterpriseId,
    /// Where.
    pub site: SiteId,
    /// Everything that was asked for.
    pub user: &'a NewUser,
    /// State to begin with.
    pub state: &'a State,
    /// When.
    pub created_at: Timestamp,
}

/// Which users a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserScope {
    /// All of them.
    Installation,
    /// An enterprise's.
    Enterprise(EnterpriseId),
    /// A site's.
    Site(SiteId),
    /// Those at the sites of a site administrator of the enterprise.
    SitesOf(EnterpriseId, AccountId),
}

/// Which of these are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// Name of the state ([`State::name`]).
    pub state: Option<String>,
    /// In this department or one below it.
    pub department: Option<DepartmentId>,
    /// Folded text that occurs in name, username, email, number or extension.
    pub search: Option<String>,
}

/// A page of users that is asked for.
#[derive(Clone, Debug)]
pub struct UserList {
    /// Which.
    pub scope: UserScope,
    /// Which of these.
    pub filter: UserFilter,
    /// Sorted by.
    pub sort: UserSort,
    /// Up or down.
    pub direction: Direction,
    /// From where.
    pub cursor: Option<Cursor>,
    /// How many.
    pub limit: Limit,
}

/// Who has an extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtensionHolder {
    /// The user or virtual user.
    pub holder: Holder,
    /// At which site.
    pub site: SiteId,
    /// The name of a virtual user; first and last name of a user.
    pub name: String,
}

/// What became of a user that was to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Updated {
    /// It is what it shall be.
    Done,
    /// It has changed meanwhile, or is gone.
    Meanwhile,
    /// Somebody has the extension.
    ExtensionTaken,
}

/// Users.
#[async_trait]
pub trait UserStore: Send {
    /// Adds one; `false` when somebody in the enterprise has the extension.
    async fn insert(&mut self, record: &UserRecord<'_>) -> Result<bool>;
    /// The one with this id.
    async fn get(&mut self, tenant: Tenant, id: UserId) -> Result<Option<User>>;
    /// A page of them.
    async fn list(&mut self, list: &UserList) -> Result<Page<User>>;
    /// How many there are, counted up to 10,000.
    async fn count(&mut self, scope: UserScope, filter: &UserFilter) -> Result<i64>;
    /// Which there are, at most `limit`, sorted by name.
    async fn list_ids(
        &mut self,
        scope: UserScope,
        filter: &UserFilter,
        limit: i64,
    ) -> Result<Vec<UserId>>;
    /// Who in the enterprise has this extension.
    async fn extension_holder(
        &mut self,
        enterprise: EnterpriseId,
        extension: &Extension,
    ) -> Result<Option<ExtensionHolder>>;
    /// How many users and virtual users of the enterprise have an extension of fewer or more digits.
    async fn count_extensions_outside(
        &mut self,
        enterprise: EnterpriseId,
        min: usize,
        max: usize,
    ) -> Result<i64>;
    /// Taken extensions of the enterprise from this one on, in ascending order, at most 1,000.
    async fn list_extensions(
        &mut self,
        enterprise: EnterpriseId,
        from: &Extension,
    ) -> Result<Vec<Extension>>;
    /// Sets the state, unless the user has changed since `version`; `false` then.
    async fn update_state(
        &mut self,
        tenant: Tenant,
        id: UserId,
        state: &State,
        version: i64,
    ) -> Result<bool>;
    /// Makes the user what it shall be, unless it has changed since `version` ([`Updated::Meanwhile`]) or somebody in the
    /// enterprise has the extension; number and account are changed apart.
    async fn update(
        &mut self,
        tenant: Tenant,
        id: UserId,
        user: &NewUser,
        version: i64,
    ) -> Result<Updated>;
    /// Lets the version rise with a change elsewhere, unless the user has changed since `version`; `false` then.
    async fn touch(&mut self, tenant: Tenant, id: UserId, version: i64) -> Result<bool>;
    /// Deletes one, unless the user has changed since `version`; `false` then.
    async fn delete(&mut self, tenant: Tenant, id: UserId, version: i64) -> Result<bool>;
    /// How many users are Pending and how many Failed in the whole installation.
    async fn count_not_active(&mut self) -> Result<(i64, i64)>;
}

/// What is stored of a phone login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneLogin {
    /// Login name.
    pub login: String,
    /// The digests, sealed.
    pub sealed: Vec<u8>,
    /// When they were made.
    pub issued_at: Timestamp,
}

/// Logins of desk phones.
#[async_trait]
pub trait PhoneLoginStore: Send {
    /// Puts the user's login in place of any earlier one.
    async fn put(&mut self, tenant: Tenant, user: UserId, login: &PhoneLogin) -> Result<()>;
    /// Takes the user's login away.
    async fn delete(&mut self, tenant: Tenant, user: UserId) -> Result<()>;
    /// The user's login.
    async fn get(&mut self, tenant: Tenant, user: UserId) -> Result<Option<PhoneLogin>>;
    /// Whose login has this name; names are unique in the installation, and who logs in says no enterprise.
    async fn get_by_login(&mut self, login: &str) -> Result<Option<(UserId, PhoneLogin)>>;
}
