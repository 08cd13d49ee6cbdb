//! The journal.

use async_trait::async_trait;
use model::{EnterpriseId, JournalEntry, Limit, NewJournalEntry, SiteId};
use uuid::Uuid;

use crate::Result;

/// Which entries are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalScope {
    /// All.
    Installation,
    /// An enterprise's.
    Enterprise(EnterpriseId),
    /// A site's.
    Site(SiteId),
    /// Those about one thing, inside an enterprise.
    Entity(EnterpriseId, Uuid),
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
    /// Entries before `before`, the newest first.
    async fn list(
        &mut self,
        scope: JournalScope,
        before: Option<i64>,
        limit: Limit,
    ) -> Result<Vec<JournalEntry>>;
}
