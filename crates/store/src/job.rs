//! Work outside of requests, and requests that must not be carried out twice.

use async_trait::async_trait;
use model::{AccountId, ForgottenId, JobId, NoticeId, RenewalId, Timestamp, UserId, VirtualUserId};
use uuid::Uuid;

use crate::{Result, TokenHash};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// Ask the activation back end about a user.
    Activation(UserId),
    /// Make new login details for many users.
    Renewal(RenewalId),
    /// Send an account's registration email (U10).
    RegistrationMail(AccountId),
    /// Answer somebody who has forgotten password or username (A1).
    ForgottenMail(ForgottenId),
    /// Tell somebody of a change (D4).
    NoticeMail(NoticeId),
    /// Speak again of a user that waits for operator or carrier.
    ActivationReminder(UserId),
    /// Ask the activation back end about a virtual user.
    VirtualUserActivation(VirtualUserId),
}

/// A job that was claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Identity.
    pub id: JobId,
    /// What is to be done.
    pub kind: JobKind,
    /// How often it was claimed before.
    pub attempts: i64,
}

/// Jobs. A job is done by deleting it in the transaction that carries its effect.
#[async_trait]
pub trait JobStore: Send {
    /// Adds one.
    async fn insert(&mut self, id: JobId, kind: JobKind, run_at: Timestamp) -> Result<()>;
    /// Claims up to `limit` due jobs by putting them off until `until`: one that is not done by then is due again.
    async fn claim(&mut self, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Job>>;
    /// Deletes one that is done; `false` when somebody else has done it.
    async fn delete(&mut self, id: JobId) -> Result<bool>;
    /// Deletes those about a user's activation.
    async fn delete_activation(&mut self, user: UserId) -> Result<()>;
    /// Puts one off after a failure.
    async fn update_retry(&mut self, id: JobId, run_at: Timestamp, error: &str) -> Result<()>;
    /// Makes one that has got further due again, as if it had never failed; `false` when it is gone.
    async fn put_back(&mut self, id: JobId, run_at: Timestamp) -> Result<bool>;
    /// When the next one is due.
    async fn next_due(&mut self) -> Result<Option<Timestamp>>;
}

/// A request that names itself.
#[derive(Clone, Copy, Debug)]
pub struct Idempotency<'a> {
    /// Account or token that sent it.
    pub owner: Uuid,
    /// The name it gave.
    pub key: &'a str,
    /// SHA-256 of what it asked for.
    pub request_hash: &'a TokenHash,
}

/// What is known of an earlier request of the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Whether it asked for the same.
    pub same_request: bool,
    /// The user it made.
    pub user: Option<UserId>,
}

/// Requests that must not be carried out twice.
#[async_trait]
pub trait IdempotencyStore: Send {
    /// Notes a request and the user it makes; what is known of it when it was there before.
    async fn insert(
        &mut self,
        request: Idempotency<'_>,
        user: UserId,
        now: Timestamp,
    ) -> Result<Option<Seen>>;
    /// Forgets those older than `before`.
    async fn delete_older(&mut self, before: Timestamp) -> Result<()>;
}
