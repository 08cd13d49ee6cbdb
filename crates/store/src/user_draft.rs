//! What somebody has answered so far while adding a user.

use async_trait::async_trait;
use model::{AccountId, SiteId, Timestamp, UserDraft};

use crate::Result;

/// A draft that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDraft {
    /// The name of the request that will add the user.
    pub request: String,
    /// The answers so far, as they were typed.
    pub answers: UserDraft,
    /// When the last answer was given.
    pub updated_at: Timestamp,
}

/// Drafts; an account has at most one at each site.
#[async_trait]
pub trait UserDraftStore: Send {
    /// The one of an account at a site.
    async fn get(&mut self, account: AccountId, site: SiteId) -> Result<Option<KeptDraft>>;
    /// Keeps one, in place of an earlier one.
    async fn put(&mut self, account: AccountId, site: SiteId, draft: &KeptDraft) -> Result<()>;
    /// Forgets one.
    async fn delete(&mut self, account: AccountId, site: SiteId) -> Result<()>;
    /// Forgets those older than `before`.
    async fn delete_older(&mut self, before: Timestamp) -> Result<()>;
}
