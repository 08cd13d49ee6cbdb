//! Who can log in, and how it is remembered that they have.

use async_trait::async_trait;
use model::{
    AccountId, ApiTokenId, EnterpriseId, Grant, Language, NewUser, SiteId, Timestamp, UserId,
};

use crate::{Result, Tenant};

/// SHA-256 of a session's, link's or API token's secret.
pub type TokenHash = [u8; 32];

/// Somebody who can log in to the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Identity.
    pub id: AccountId,
    /// Role and where it holds.
    pub grant: Grant,
    /// Username.
    pub username: String,
    /// Where mail goes.
    pub email: String,
    /// Language of pages and mail.
    pub language: Language,
    /// Argon2id hash; `None` until a password is set.
    pub password_hash: Option<String>,
}

/// An account that is about to be stored.
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    /// Identity.
    pub id: AccountId,
    /// Role and where it holds.
    pub grant: &'a Grant,
    /// Username as typed.
    pub username: &'a str,
    /// Username as compared.
    pub username_folded: &'a str,
    /// Where mail goes.
    pub email: &'a str,
    /// Language of pages and mail.
    pub language: Language,
    /// When.
    pub created_at: Timestamp,
}

/// Accounts.
#[async_trait]
pub trait AccountStore: Send {
    /// Adds one with its sites; `false` when the username is taken in the enterprise.
    async fn insert(&mut self, account: &NewAccount<'_>) -> Result<bool>;
    /// The one that logs in as `username@domain`; without a domain, the operator's.
    async fn get_by_login(
        &mut self,
        domain: Option<&str>,
        username_folded: &str,
    ) -> Result<Option<Account>>;
    /// Changes how the user logs in to the portal and is written to; `false` when the username is taken in the enterprise.
    async fn update_of_user(&mut self, tenant: Tenant, id: UserId, user: &NewUser) -> Result<bool>;
    /// Administrators of a tenant, by username; at most 1,000.
    async fn list_administrators(&mut self, tenant: Tenant) -> Result<Vec<Account>>;
    /// The administrator with this id.
    async fn get_administrator(&mut self, tenant: Tenant, id: AccountId)
    -> Result<Option<Account>>;
    /// Sets an administrator's grant, with its sites, and where and in which language mail goes.
    async fn update_administrator(&mut self, tenant: Tenant, account: &Account) -> Result<bool>;
    /// Removes an administrator; sessions and one-time links go too.
    async fn delete_administrator(&mut self, tenant: Tenant, id: AccountId) -> Result<bool>;
    /// Sets the password.
    async fn update_password(&mut self, id: AccountId, password_hash: &str) -> Result<()>;
    /// Whether the installation has an operator with a password.
    async fn operator_is_set_up(&mut self) -> Result<bool>;
}

/// One-time links with which a password is set.
#[async_trait]
pub trait PasswordLinkStore: Send {
    /// Puts a link in place of the account's earlier ones.
    async fn put(
        &mut self,
        account: AccountId,
        token: &TokenHash,
        expires_at: Timestamp,
    ) -> Result<()>;
    /// The account of a link that is still good.
    async fn get(&mut self, token: &TokenHash, now: Timestamp) -> Result<Option<Account>>;
    /// Uses the link up; `false` when it was not good any more.
    async fn delete(&mut self, token: &TokenHash, now: Timestamp) -> Result<bool>;
}

/// Sessions.
#[async_trait]
pub trait SessionStore: Send {
    /// Begins one.
    async fn insert(
        &mut self,
        token: &TokenHash,
        account: AccountId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()>;
    /// Whose it is, while it lasts.
    async fn get(&mut self, token: &TokenHash, now: Timestamp) -> Result<Option<Account>>;
    /// The user whose view was taken in it (R3).
    async fn get_view(&mut self, token: &TokenHash) -> Result<Option<UserId>>;
    /// Takes a user's view, or leaves it.
    async fn update_view(&mut self, token: &TokenHash, user: Option<UserId>) -> Result<()>;
    /// Ends one.
    async fn delete(&mut self, token: &TokenHash) -> Result<()>;
    /// Ends all of an account.
    async fn delete_of(&mut self, account: AccountId) -> Result<()>;
    /// Clears those that are over.
    async fn delete_expired(&mut self, now: Timestamp) -> Result<()>;
}

/// A token for the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Identity.
    pub id: ApiTokenId,
    /// Role and where it holds; never a user's.
    pub grant: Grant,
}

/// Tokens for the API.
#[async_trait]
pub trait ApiTokenStore: Send {
    /// Adds one.
    async fn insert(
        &mut self,
        token: &ApiToken,
        hash: &TokenHash,
        site: Option<SiteId>,
        enterprise: Option<EnterpriseId>,
        created_at: Timestamp,
    ) -> Result<()>;
    /// The one with this secret.
    async fn get(&mut self, hash: &TokenHash) -> Result<Option<ApiToken>>;
}
