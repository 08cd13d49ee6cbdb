//! Who can log in, and how it is remembered that they have.

use async_trait::async_trait;
use model::{
    AccountId, ApiTokenId, EnterpriseId, ForgottenId, Grant, Language, NewUser, PasswordRules,
    SiteId, Timestamp, UserId,
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
    /// When the password was set.
    pub password_set_at: Option<Timestamp>,
    /// Since when too many wrong passwords have locked it (A2).
    pub locked_at: Option<Timestamp>,
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
    /// The account itself.
    async fn get(&mut self, id: AccountId) -> Result<Option<Account>>;
    /// The account with which a user logs in.
    async fn get_of_user(&mut self, tenant: Tenant, user: UserId) -> Result<Option<Account>>;
    /// Those whose mail goes to this address, in lower case, the oldest first; at most 50.
    async fn list_by_email(&mut self, email_folded: &str) -> Result<Vec<Account>>;
    /// Sets the password or takes it away; forgets wrong ones and unlocks.
    async fn update_password(
        &mut self,
        id: AccountId,
        password_hash: Option<&str>,
        now: Timestamp,
    ) -> Result<()>;
    /// Counts a wrong password and locks at `lock_after` of them, with 0 never; answers the count.
    async fn update_wrong_password(
        &mut self,
        id: AccountId,
        now: Timestamp,
        lock_after: u32,
    ) -> Result<i64>;
    /// Counts a wrong password for a name that nobody has.
    async fn update_stranger(&mut self) -> Result<()>;
    /// Forgets wrong passwords after a right one.
    async fn update_right_password(&mut self, id: AccountId) -> Result<()>;
    /// Sets the language of pages and mail.
    async fn update_language(&mut self, id: AccountId, language: Language) -> Result<()>;
    /// Whether the installation has an operator with a password.
    async fn operator_is_set_up(&mut self) -> Result<bool>;
}

/// What an enterprise asks of passwords.
#[async_trait]
pub trait PasswordRulesStore: Send {
    /// The enterprise's rules; `None` while it has set none.
    async fn get(&mut self, enterprise: EnterpriseId) -> Result<Option<PasswordRules>>;
    /// Sets them.
    async fn put(&mut self, enterprise: EnterpriseId, rules: &PasswordRules) -> Result<()>;
}

/// The last passwords of each account.
#[async_trait]
pub trait PasswordHistoryStore: Send {
    /// Adds the newest and keeps [`PasswordRules::LONGEST_HISTORY`].
    async fn insert(&mut self, account: AccountId, password_hash: &str) -> Result<()>;
    /// Hashes of the last ones, the newest first.
    async fn list(&mut self, account: AccountId, count: u32) -> Result<Vec<String>>;
}

/// What somebody has forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The password to a login name.
    Password,
    /// The username that belongs to an email address.
    Username,
}

/// Somebody says that they have forgotten something; they may be anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// Identity.
    pub id: ForgottenId,
    /// What.
    pub lost: Lost,
    /// The login name or the email address, as it was typed.
    pub typed: String,
    /// The language in which it was asked.
    pub language: Language,
    /// When.
    pub requested_at: Timestamp,
}

/// What was forgotten, until it is answered by mail.
#[async_trait]
pub trait ForgottenStore: Send {
    /// Adds one.
    async fn insert(&mut self, forgotten: &Forgotten) -> Result<()>;
    /// One of them.
    async fn get(&mut self, id: ForgottenId) -> Result<Option<Forgotten>>;
    /// Removes one that is answered.
    async fn delete(&mut self, id: ForgottenId) -> Result<()>;
}

/// What a one-time link is for; an account has one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Shown to somebody who hands it over.
    HandedOver,
    /// Sent in the registration email.
    Registration,
    /// Sent to whoever has forgotten the password.
    Reset,
}

/// One-time links with which a password is set.
#[async_trait]
pub trait PasswordLinkStore: Send {
    /// Puts a link in place of the account's earlier one of the same purpose.
    async fn put(
        &mut self,
        account: AccountId,
        purpose: LinkPurpose,
        token: &TokenHash,
        expires_at: Timestamp,
    ) -> Result<()>;
    /// The account of a link that is still good.
    async fn get(&mut self, token: &TokenHash, now: Timestamp) -> Result<Option<Account>>;
    /// Uses the link up; `false` when it was not good any more.
    async fn delete(&mut self, token: &TokenHash, now: Timestamp) -> Result<bool>;
    /// Removes all links of an account.
    async fn delete_of(&mut self, account: AccountId) -> Result<()>;
    /// Clears those that have expired.
    async fn delete_expired(&mut self, now: Timestamp) -> Result<()>;
}

/// A session as its account is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// Hash of its secret.
    pub token: TokenHash,
    /// Whose.
    pub account: AccountId,
    /// The address it was begun from.
    pub source: String,
    /// The browser it was begun with, as the browser calls itself.
    pub browser: String,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Sessions.
#[async_trait]
pub trait SessionStore: Send {
    /// Begins one.
    async fn insert(&mut self, session: &SessionRecord) -> Result<()>;
    /// Those of an account that last, the newest first; at most 100.
    async fn list(&mut self, account: AccountId, now: Timestamp) -> Result<Vec<SessionRecord>>;
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
    /// Ends all of an account but one.
    async fn delete_others(&mut self, account: AccountId, kept: &TokenHash) -> Result<()>;
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
