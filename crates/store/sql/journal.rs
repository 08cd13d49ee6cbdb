//! Queries about the journal.

use async_trait::async_trait;
use model::{JournalEntry, Limit, NewJournalEntry};
use store::{Error, JournalScope, JournalStore, Result};
use uuid::Uuid;

use crate::{Connected, Tx, all, dialect, failed};

/// A query for journal rows: the select, then the given tail.
macro_rules! entries {
    ($tail:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            store::row::JournalRow,
            r#"select seq as "seq!", at, actor_id as "actor_id: Uuid", actor_name, on_behalf_of,
                   enterprise_id as "enterprise_id: Uuid", site_id as "site_id: Uuid", action,
                   entity_id as "entity_id: Uuid", entity_name, changes, transaction_id
               from journal "# + $tail
            $(, $argument)*
        )
    };
}

pub(crate) use entries;

/// An entry in a list for one statement; ids are hexadecimal, the changes a text.
fn json(entry: &NewJournalEntry) -> serde_json::Value {
    let hex = |id: Option<Uuid>| id.map(|id| id.simple().to_string());
    serde_json::json!({
        "at": entry.at,
        "actor": hex(entry.actor.map(|a| a.0)),
        "actor_name": entry.actor_name,
        "on_behalf_of": entry.on_behalf_of,
        "enterprise": hex(entry.enterprise.map(|e| e.0)),
        "site": hex(entry.site.map(|s| s.0)),
        "action": entry.action.id(),
        "entity": hex(Some(entry.entity.id)),
        "entity_name": entry.entity.name,
        "changes": serde_json::json!(entry.changes).to_string(),
    })
}

#[async_trait]
impl JournalStore for Tx {
    async fn insert(&mut self, entry: &NewJournalEntry) -> Result<()> {
        let changes = serde_json::to_string(&entry.changes).map_err(Error::database)?;
        sqlx::query!(
            r#"insert into journal (at, actor_id, actor_name, on_behalf_of, enterprise_id, site_id, action,
                   entity_id, entity_name, changes)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"#,
            entry.at.0,
            entry.actor.map(|a| a.0),
            entry.actor_name,
            entry.on_behalf_of,
            entry.enterprise.map(|e| e.0),
            entry.site.map(|s| s.0),
            entry.action.id(),
            entry.entity.id,
            entry.entity.name,
            changes,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn insert_all(&mut self, entries: &[NewJournalEntry]) -> Result<()> {
        let rows: Vec<_> = entries.iter().map(json).collect();
        let rows = serde_json::to_string(&rows).map_err(Error::database)?;
        dialect::insert_journal(self, &rows).await
    }

    async fn list(
        &mut self,
        scope: JournalScope,
        before: Option<i64>,
        limit: Limit,
    ) -> Result<Vec<JournalEntry>> {
        let before = before.unwrap_or(i64::MAX);
        let limit = limit.and_one() - 1;
        // Each scope has an index that ends in `seq`.
        let rows = match scope {
            JournalScope::Installation => {
                entries!("where seq < $1 order by seq desc limit $2", before, limit)
                    .fetch_all(self.connection())
                    .await
            }
            JournalScope::Enterprise(enterprise) => {
                entries!(
                    "where enterprise_id = $3 and seq < $1 order by seq desc limit $2",
                    before,
                    limit,
                    enterprise.0,
                )
                .fetch_all(self.connection())
                .await
            }
            JournalScope::Site(site) => {
                entries!("where site_id = $3 and seq < $1 order by seq desc limit $2", before, limit, site.0)
                    .fetch_all(self.connection())
                    .await
            }
            JournalScope::Entity(enterprise, entity) => {
                entries!(
                    "where entity_id = $3 and enterprise_id = $4 and seq < $1 order by seq desc limit $2",
                    before,
                    limit,
                    entity,
                    enterprise.0,
                )
                .fetch_all(self.connection())
                .await
            }
        };
        all(rows.map_err(failed)?)
    }
}
