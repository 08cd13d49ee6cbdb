//! The journal.

use async_trait::async_trait;
use model::{
    AccountId, EnterpriseId, JournalAction, JournalEntry, Limit, NewJournalEntry, SiteId, Timestamp,
};
use uuid::Uuid;

use crate::Result;

/// Which entries are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalScope {
    /// All.
    Installation,
    /// An enterprise's.
    Enterprise(EnterpriseId),
    /// Those of a site of the enterprise.
    Site(EnterpriseId, SiteId),
    /// Those of the sites of a site administrator of the enterprise.
    SitesOf(EnterpriseId, AccountId),
}

/// Which of these are wanted; each may be combined with each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JournalFilter {
    /// About this thing.
    pub entity: Option<Uuid>,
    /// By somebody with this name, folded.
    pub actor: Option<String>,
    /// Of this kind.
    pub action: Option<JournalAction>,
    /// Not before this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
}

/// A place in the journal for whoever follows it.
///
/// Where several nodes write, an entry can become visible after one with a larger `seq`; ordered by transaction first, and
/// read only up to the oldest open transaction, none is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalPlace {
    /// Transaction that wrote the entry; 0 where there is one writer.
    pub transaction: i64,
    /// The entry.
    pub seq: i64,
}

/// The journal; it can be added to and read, nothing else.
#[async_trait]
pub trait JournalStore: Send {
    /// Adds an entry.
    async fn insert(&mut self, entry: &NewJournalEntry) -> Result<()>;
    /// Adds many entries.
    async fn insert_all(&mut self, entries: &[NewJournalEntry]) -> Result<()>;
    /// Entries written before the one with the `seq` `before`, the newest first; none when there is no such entry.
    async fn list(
        &mut self,
        scope: JournalScope,
        filter: &JournalFilter,
        before: Option<i64>,
        limit: Limit,
    ) -> Result<Vec<JournalEntry>>;
}
