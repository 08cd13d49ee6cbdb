//! What only SQLite says this way.

pub(crate) mod renewal;

use model::{JournalEntry, Timestamp};
use store::{
    Job, JournalPlace, Result,
    row::{JobRow, JournalRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, all, failed, journal::entries};

/// Claims jobs; there is one writer, so nobody else can claim at the same moment.
pub(crate) async fn claim(
    tx: &mut Tx,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Job>> {
    let rows = sqlx::query_as!(
        JobRow,
        r#"update job set run_at = $2, attempts = attempts + 1
           where id in (select id from job where run_at <= $1 order by run_at, id limit $3)
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

/// The end of the journal; there is one writer, so entries appear in the order of `seq`.
pub(crate) async fn journal_end(tx: &mut Tx) -> Result<JournalPlace> {
    let seq = sqlx::query_scalar!(r#"select coalesce(max(seq), 0) as "end!: i64" from journal"#)
        .fetch_one(tx.connection())
        .await
        .map_err(failed)?;
    Ok(JournalPlace {
        transaction: 0,
        seq,
    })
}

/// Entries behind a place.
pub(crate) async fn journal_after(
    tx: &mut Tx,
    place: JournalPlace,
) -> Result<Vec<(JournalPlace, JournalEntry)>> {
    let rows = entries!(["where seq > $1 order by seq limit 1000"] place.seq)
        .fetch_all(tx.connection())
        .await
        .map_err(failed)?;
    rows.into_iter().map(JournalRow::with_place).collect()
}

/// Keeps registrations, given as a list in JSON; the ids of their users come from the logins.
pub(crate) async fn put_registrations(tx: &mut Tx, rows: &str) -> Result<()> {
    sqlx::query!(
        r#"insert into registration
               (user_id, contact, instance, path, transport, local_address, peer_address, expires_at,
                call_id, cseq, user_agent, since, generation)
           select p.user_id, r.value ->> 'contact', r.value ->> 'instance', r.value ->> 'path', r.value ->> 'transport',
               r.value ->> 'local_address', r.value ->> 'peer_address', r.value ->> 'expires_at', r.value ->> 'call_id',
               r.value ->> 'cseq', r.value ->> 'user_agent', r.value ->> 'since', r.value ->> 'generation'
           from json_each($1) r
           join phone_login p on p.login = r.value ->> 'login'
           where true
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
               select p.user_id, r.value ->> 'contact'
               from json_each($1) r
               join phone_login p on p.login = r.value ->> 'login')"#,
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
           select r.value ->> 'at', unhex(r.value ->> 'actor'), r.value ->> 'actor_name',
               r.value ->> 'actor_folded', r.value ->> 'on_behalf_of',
               unhex(r.value ->> 'enterprise'), unhex(r.value ->> 'site'), r.value ->> 'action',
               unhex(r.value ->> 'entity'), r.value ->> 'entity_name', r.value ->> 'changes'
           from json_each($1) r"#,
        rows,
    )
    .execute(tx.connection())
    .await
    .map_err(failed)?;
    Ok(())
}
