//! Queries about the journal.

use async_trait::async_trait;
use model::{JournalAction, JournalEntry, Limit, NewJournalEntry, fold};
use store::{Error, JournalFilter, JournalScope, JournalStore, Result, row::JournalRow};
use uuid::Uuid;

use crate::{Connected, Tx, all, dialect, failed};

/// A query for journal rows: the select, then the given tail.
macro_rules! entries {
    ([$($tail:literal)+] $($argument:expr),* $(,)?) => {
        sqlx::query_as!(
            store::row::JournalRow,
            r#"select seq as "seq!", at, actor_id as "actor_id: Uuid", actor_name, on_behalf_of,
                   enterprise_id as "enterprise_id: Uuid", site_id as "site_id: Uuid", action,
                   entity_id as "entity_id: Uuid", entity_name, changes, transaction_id
               from journal "#
            $(+ $tail)+,
            $($argument),*
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
        "actor_folded": fold(&entry.actor_name),
        "on_behalf_of": entry.on_behalf_of,
        "enterprise": hex(entry.enterprise.map(|e| e.0)),
        "site": hex(entry.site.map(|s| s.0)),
        "action": entry.action.id(),
        "entity": hex(Some(entry.entity.id)),
        "entity_name": entry.entity.name,
        "changes": serde_json::json!(entry.changes).to_string(),
    })
}

/// What every one of the queries is given: the place before which the wanted entries stand, and what narrows them.
struct Asked {
    at: i64,
    seq: i64,
    from: i64,
    action: Option<&'static str>,
    actor: Option<String>,
    entity: Option<Uuid>,
    limit: i64,
}

impl Asked {
    fn new(filter: &JournalFilter, before: Option<(i64, i64)>, limit: Limit) -> Self {
        // No entry has a `seq` below one: at that moment, but none of it.
        let until = filter
            .until
            .map_or((i64::MAX, i64::MAX), |until| (until.0, 0));
        let (at, seq) = before.map_or(until, |before| before.min(until));
        Self {
            at,
            seq,
            from: filter.from.map_or(i64::MIN, |from| from.0),
            action: filter.action.map(JournalAction::id),
            actor: filter.actor.clone(),
            entity: filter.entity,
            limit: limit.and_one() - 1,
        }
    }
}

/// A page of entries in one scope, read from an index that ends in `(at, seq)`.
macro_rules! journal_page {
    ($tx:ident, $asked:ident, $by:literal, $scope:literal $(, $scoped_by:expr)*) => {
        entries!(
            [
                "where (at, seq) < ($1, $2) and at >= $3 "
                "and (cast($4 as text) is null or action = $4) "
                "and (cast($5 as text) is null or actor_folded = $5) "
                "and (entity_id = $6 or $6 is null) "
                $by
                $scope
                "order by at desc, seq desc limit $7"
            ]
            $asked.at, $asked.seq, $asked.from, $asked.action, $asked.actor, $asked.entity, $asked.limit
            $(, $scoped_by)*
        )
        .fetch_all($tx.connection())
        .await
    };
}

/// [`journal_page`] by what narrows it most, so that a rare thing is found without reading all others.
macro_rules! journal_pages {
    ($tx:ident, $asked:ident, $scope:literal $(, $by:expr)*) => {
        match (&$asked.entity, &$asked.actor, &$asked.action) {
            (Some(_), _, _) => journal_page!($tx, $asked, "and entity_id = $6 ", $scope $(, $by)*),
            (None, Some(_), _) => journal_page!($tx, $asked, "and actor_folded = $5 ", $scope $(, $by)*),
            (None, None, Some(_)) => journal_page!($tx, $asked, "and action = $4 ", $scope $(, $by)*),
            (None, None, None) => journal_page!($tx, $asked, "", $scope $(, $by)*),
        }
    };
}

#[async_trait]
impl JournalStore for Tx {
    async fn insert(&mut self, entry: &NewJournalEntry) -> Result<()> {
        let changes = serde_json::to_string(&entry.changes).map_err(Error::database)?;
        sqlx::query!(
            r#"insert into journal (at, actor_id, actor_name, actor_folded, on_behalf_of, enterprise_id, site_id, action,
                   entity_id, entity_name, changes)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"#,
            entry.at.0,
            entry.actor.map(|a| a.0),
            entry.actor_name,
            fold(&entry.actor_name),
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
        filter: &JournalFilter,
        before: Option<i64>,
        limit: Limit,
    ) -> Result<Vec<JournalEntry>> {
        let before = match before {
            None => None,
            Some(seq) => match self.at_of(seq).await? {
                None => return Ok(Vec::new()),
                Some(at) => Some((at, seq)),
            },
        };
        let asked = Asked::new(filter, before, limit);
        all(self.entries(scope, &asked).await.map_err(failed)?)
    }
}

impl Tx {
    /// When the entry was written.
    async fn at_of(&mut self, seq: i64) -> Result<Option<i64>> {
        sqlx::query_scalar!(r#"select at from journal where seq = $1"#, seq)
            .fetch_optional(self.connection())
            .await
            .map_err(failed)
    }

    async fn entries(
        &mut self,
        scope: JournalScope,
        asked: &Asked,
    ) -> sqlx::Result<Vec<JournalRow>> {
        match scope {
            JournalScope::Installation => journal_pages!(self, asked, ""),
            JournalScope::Enterprise(enterprise) => {
                journal_pages!(self, asked, "and enterprise_id = $8 ", enterprise.0)
            }
            JournalScope::Site(enterprise, site) => journal_pages!(
                self, asked, "and enterprise_id = $8 and site_id = $9 ", enterprise.0, site.0
            ),
            JournalScope::SitesOf(enterprise, account) => journal_pages!(
                self,
                asked,
                "and enterprise_id = $8
                 and exists (select 1 from account_site x where x.account_id = $9 and x.site_id = journal.site_id) ",
                enterprise.0,
                account.0
            ),
        }
    }
}
