//! What the call engine keeps: registrations and call records.

use async_trait::async_trait;
use model::{CallRecord, CallRecordId, EnterpriseId, Limit, SiteId, Timestamp, UserId};
use serde::Serialize;

use crate::Result;

/// A phone that is logged in, as the call engine knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Registration {
    /// Login name of the phone.
    pub login: String,
    /// Contact address, as the phone gave it.
    pub contact: String,
    /// Identity of the device (RFC 5626).
    pub instance: Option<String>,
    /// Proxies between, first hop first, as a list in JSON (RFC 3327).
    pub path: String,
    /// How the registration came.
    pub transport: String,
    /// Our own address there.
    pub local_address: String,
    /// Where the phone is.
    pub peer_address: String,
    /// Until when, UTC milliseconds.
    pub expires_at: i64,
    /// Call-ID of the last registration.
    pub call_id: String,
    /// CSeq of the last registration.
    pub cseq: i64,
    /// What the device calls itself.
    pub user_agent: String,
    /// Since when without a gap, UTC milliseconds.
    pub since: i64,
    /// Login details it was made with: when they were issued, UTC milliseconds.
    pub generation: i64,
}

/// Phones that are logged in.
#[async_trait]
pub trait RegistrationStore: Send {
    /// Keeps these, each in place of an older one of the same contact; those whose login has ended are passed over.
    async fn put_all(&mut self, registrations: &[Registration]) -> Result<()>;
    /// Forgets these contacts: login and contact.
    async fn delete_all(&mut self, contacts: &[(String, String)]) -> Result<()>;
    /// Those that hold at `now` and were made with the login details in force, behind a login and contact; at most 10,000.
    async fn list(&mut self, now: Timestamp, after: (&str, &str)) -> Result<Vec<Registration>>;
    /// Forgets those that no longer held at `now`.
    async fn delete_expired(&mut self, now: Timestamp) -> Result<()>;
}

/// Whose calls are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallScope {
    /// Those of an enterprise's users.
    Enterprise(EnterpriseId),
    /// Those of a site's users.
    Site(SiteId),
    /// Those of one user.
    User(UserId),
}

/// Calls that are over.
#[async_trait]
pub trait CallRecordStore: Send {
    /// Adds one; a user, site or enterprise that is gone meanwhile is left out.
    async fn insert(&mut self, record: &CallRecord) -> Result<()>;
    /// Those before `before`, the newest first.
    async fn list(
        &mut self,
        scope: CallScope,
        before: Option<CallRecordId>,
        limit: Limit,
    ) -> Result<Vec<CallRecord>>;
    /// Forgets those before `before`.
    async fn delete_older(&mut self, before: CallRecordId) -> Result<()>;
}
