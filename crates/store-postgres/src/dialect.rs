//! What only PostgreSQL says this way.

pub(crate) mod renewal;

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
           returning id as "id: Uuid", kind, subject_id as "subject_id: Uuid", attempts - 1 as "attempts!: i64""#,
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
        ["where (transaction_id, seq) > ($1, $2)
             and transaction_id < cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)
         order by transaction_id, seq
         limit 1000"]
        place.transaction,
        place.seq,
    )
    .fetch_all(tx.connection())
    .await
    .map_err(failed)?;
    rows.into_iter().map(JournalRow::with_place).collect()
}

/// Keeps registrations, given as a list in JSON; the ids of their users come from the logins.
pub(crate) async fn put_registrations(tx: &mut Tx, rows: &str) -> Result<()> {
    // Users are locked first, as by whoever deletes one: the two wait for each other in one order.
    sqlx::query!(
        r#"insert into registration
               (user_id, contact, instance, path, transport, local_address, peer_address, expires_at,
                call_id, cseq, user_agent, since, generation)
           select u.id, r.contact, r.instance, r.path, r.transport, r.local_address, r.peer_address, r.expires_at, r.call_id, r.cseq, r.user_agent, r.since, r.generation
           from json_to_recordset(cast(cast($1 as text) as json)) as r (
               login text, contact text, instance text, path text, transport text, local_address text,
               peer_address text, expires_at bigint, call_id text, cseq bigint, user_agent text, since bigint,
               generation bigint)
           join phone_login p on p.login = r.login
           join "user" u on u.id = p.user_id
           order by u.id, r.contact
           for key share of u
           on conflict (user_id, contact) do update set
               instance = excluded.instance,
               path = excluded.path,
               transport = excluded.transport,
               local_address = excluded.local_address,
               peer_address = excluded.peer_address,
               expires_at = excluded.expires_at,
               call_id = excluded.call_id,
               cseq = excluded.cseq,
               user_agent = excluded.user_agent,
               since = excluded.since,
               generation = excluded.generation"#,
        rows,
    )
    .execute(tx.connection())
    .await
    .map_err(failed)?;
    Ok(())
}

/// Forgets contacts, given as a list in JSON.
pub(crate) async fn delete_registrations(tx: &mut Tx, rows: &str) -> Result<()> {
    sqlx::query!(
        r#"delete from registration
           where (user_id, contact) in (
               select p.user_id, r.contact
               from json_to_recordset(cast(cast($1 as text) as json)) as r (login text, contact text)
               join phone_login p on p.login = r.login)"#,
        rows,
    )
    .execute(tx.connection())
    .await
    .map_err(failed)?;
    Ok(())
}

/// Adds entries to the journal, given as a list in JSON.
pub(crate) async fn insert_journal(tx: &mut Tx, rows: &str) -> Result<()> {
    sqlx::query!(
        r#"insert into journal (at, actor_id, actor_name, actor_folded, on_behalf_of, enterprise_id, site_id, action,
               entity_id, entity_name, changes)
           select r.at, r.actor, r.actor_name, r.actor_folded, r.on_behalf_of, r.enterprise, r.site, r.action, r.entity, r.entity_name,
               r.changes
           from json_to_recordset(cast(cast($1 as text) as json)) as r (
               at bigint, actor uuid, actor_name text, actor_folded text, on_behalf_of text, enterprise uuid, site uuid, action text,
               entity uuid, entity_name text, changes text)"#,
        rows,
    )
    .execute(tx.connection())
    .await
    .map_err(failed)?;
    Ok(())
}
