//! What an administrator shows besides the password, or instead of it: codes of an app, recovery codes, passkeys.

use async_trait::async_trait;
use model::{AccountId, PasskeyId, PasskeyName, Timestamp};

use crate::{Account, Result, TokenHash};

/// The secret that an account shares with an authenticator app (RFC 6238).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totp {
    /// The secret, sealed with the key outside of the database.
    pub sealed: Vec<u8>,
    /// When the first code was shown; until then it protects nothing.
    pub confirmed_at: Option<Timestamp>,
    /// The step of the last code that was taken.
    pub last_step: i64,
}

/// Secrets of authenticator apps, one for each account.
#[async_trait]
pub trait TotpStore: Send {
    /// The account's.
    async fn get(&mut self, account: AccountId) -> Result<Option<Totp>>;
    /// Puts one that waits for its first code in place of another that waits; `false` when one is confirmed.
    async fn put(&mut self, account: AccountId, sealed: &[u8]) -> Result<bool>;
    /// Confirms the one that waits, with the step of its first code; `false` when none waits.
    async fn confirm(&mut self, account: AccountId, step: i64, now: Timestamp) -> Result<bool>;
    /// Takes the code of this step; `false` when it, or a later one, was taken already. Of two who try at once, one succeeds.
    async fn take_step(&mut self, account: AccountId, step: i64) -> Result<bool>;
    /// Removes it; `false` when there was none.
    async fn delete(&mut self, account: AccountId) -> Result<bool>;
}

/// One-time codes for those who have lost the app.
#[async_trait]
pub trait RecoveryCodeStore: Send {
    /// Puts these in place of the account's earlier ones.
    async fn put_all(&mut self, account: AccountId, codes: &[TokenHash]) -> Result<()>;
    /// How many are left.
    async fn count(&mut self, account: AccountId) -> Result<i64>;
    /// Uses one up; `false` when the account has no such code.
    async fn take(&mut self, account: AccountId, code: &TokenHash) -> Result<bool>;
    /// Removes all of an account.
    async fn delete_of(&mut self, account: AccountId) -> Result<()>;
}

/// Those who have shown the right password and owe a code; an account has one at most.
#[async_trait]
pub trait PendingLoginStore: Send {
    /// Puts one in place of the account's earlier one.
    async fn put(
        &mut self,
        account: AccountId,
        token: &TokenHash,
        expires_at: Timestamp,
    ) -> Result<()>;
    /// Whose it is, while it is good.
    async fn get(&mut self, token: &TokenHash, now: Timestamp) -> Result<Option<Account>>;
    /// Counts a wrong code; answers the count, and none when it is gone.
    async fn update_tries(&mut self, token: &TokenHash) -> Result<Option<i64>>;
    /// Uses it up; `false` when it was not good any more.
    async fn delete(&mut self, token: &TokenHash, now: Timestamp) -> Result<bool>;
    /// Removes that of an account.
    async fn delete_of(&mut self, account: AccountId) -> Result<()>;
    /// Clears those that have expired.
    async fn delete_expired(&mut self, now: Timestamp) -> Result<()>;
}

/// A key of a browser, a telephone or a security key, with which somebody logs in without a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Identity.
    pub id: PasskeyId,
    /// Whose.
    pub account: AccountId,
    /// What the authenticator calls it.
    pub credential_id: Vec<u8>,
    /// What its holder calls it.
    pub name: PasskeyName,
    /// Public key, counter and flags, in JSON.
    pub credential: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When somebody last logged in with it.
    pub last_used_at: Option<Timestamp>,
}

/// Passkeys.
#[async_trait]
pub trait PasskeyStore: Send {
    /// Adds one; `false` when the credential is known already.
    async fn insert(&mut self, passkey: &Passkey) -> Result<bool>;
    /// Those of an account, the oldest first; at most 100.
    async fn list(&mut self, account: AccountId) -> Result<Vec<Passkey>>;
    /// The one of an account with this id.
    async fn get(&mut self, account: AccountId, id: PasskeyId) -> Result<Option<Passkey>>;
    /// The one with this credential, whosever it is.
    async fn get_by_credential(&mut self, credential_id: &[u8]) -> Result<Option<Passkey>>;
    /// Keeps what has changed by its use: counter and flags, and when; `false` when somebody else has used it in between.
    async fn update_used(
        &mut self,
        before: &Passkey,
        credential: &str,
        now: Timestamp,
    ) -> Result<bool>;
    /// Removes one of an account; `false` when it has no such one.
    async fn delete(&mut self, account: AccountId, id: PasskeyId) -> Result<bool>;
    /// Removes all of an account.
    async fn delete_of(&mut self, account: AccountId) -> Result<()>;
}

/// What a browser was asked to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyChallenge {
    /// Who adds a passkey; `None` for somebody who wants to log in.
    pub account: Option<AccountId>,
    /// What is needed to check the answer, in JSON.
    pub state: String,
    /// Until when it may be answered.
    pub expires_at: Timestamp,
}

/// Challenges that wait for their answer.
#[async_trait]
pub trait PasskeyChallengeStore: Send {
    /// Adds one; `false` when `most` wait already.
    async fn insert(
        &mut self,
        token: &TokenHash,
        challenge: &PasskeyChallenge,
        most: i64,
    ) -> Result<bool>;
    /// Uses it up, if it is still good and for this account, or for somebody who wants to log in.
    async fn take(
        &mut self,
        token: &TokenHash,
        account: Option<AccountId>,
        now: Timestamp,
    ) -> Result<Option<PasskeyChallenge>>;
    /// Clears those that have expired.
    async fn delete_expired(&mut self, now: Timestamp) -> Result<()>;
}
