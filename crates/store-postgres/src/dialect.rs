//! What only PostgreSQL says this way.

use model::{JournalEntry, Timestamp};
use store::{
    Job, JournalPlace, Result,
    row::{JobRow, JournalRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, all, failed, journal::entries};

/// Claims jobs; those that another node is claiming at this moment are passed over.
pub(crate) async fn claim(
    tx: &mut Tx,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Job>> {
    let rows = sqlx::query_as!(
        JobRow,
        r#"update job set run_at = $2, attempts = attempts + 1
           where id in (select id from job where run_at <= $1 order by run_at, id limit $3 for update skip locked)
           returning id as "id: Uuid", kind, user_id as "user_id: Uuid", attempts - 1 as "attempts!: i64""#,
        now.0,
        until.0,
        limit,
    )
    .fetch_all(tx.connection())
    .await
    .map_err(failed)?;
    all(rows)
}

/// The end of the journal: everything of the transactions before the oldest one that is still open.
pub(crate) async fn journal_end(tx: &mut Tx) -> Result<JournalPlace> {
    let oldest_open = sqlx::query_scalar!(
        r#"select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint) as "xmin!""#
    )
    .fetch_one(tx.connection())
    .await
    .map_err(failed)?;
    Ok(JournalPlace {
        transaction: oldest_open - 1,
        seq: i64::MAX,
    })
}

/// Entries behind a place whose transactions cannot be joined by others any more.
pub(crate) async fn journal_after(
    tx: &mut Tx,
    place: JournalPlace,
) -> Result<Vec<(JournalPlace, JournalEntry)>> {
    let rows = entries!(
        "where (transaction_id, seq) > ($1, $2)
             and transaction_id < cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)
         order by transaction_id, seq
         limit 1000",
        place.transaction,
        place.seq,
    )
    .fetch_all(tx.connection())
    .await
    .map_err(failed)?;
    rows.into_iter().map(JournalRow::with_place).collect()
}
