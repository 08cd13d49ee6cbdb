//! How PostgreSQL reads and writes the rows of renewals: a batch goes in and out as one list in JSON.

use std::ops::Range;

use model::{EnterpriseId, RenewalId};
use store::Result;

use crate::{Connected, Tx, failed};

/// The given users of an enterprise.
pub(crate) async fn candidates(
    tx: &mut Tx,
    enterprise: EnterpriseId,
    users: &str,
) -> Result<String> {
    sqlx::query_scalar!(
        r#"select cast(coalesce(json_agg(json_build_object(
                   'user', u.id, 'site', u.site_id, 'name', u.first_name || ' ' || u.last_name,
                   'state', u.state, 'desk_phone_type', u.desk_phone_type)), '[]') as text) as "list!: String"
           from json_array_elements_text(cast(cast($1 as text) as json)) as j (id)
           join "user" u on u.id = cast(j.id as uuid)
           where u.enterprise_id = $2"#,
        users,
        enterprise.0,
    )
    .fetch_one(tx.connection())
    .await
    .map_err(failed)
}

/// The numbers of these users.
pub(crate) async fn numbers(tx: &mut Tx, users: &str) -> Result<String> {
    sqlx::query_scalar!(
        r#"select cast(coalesce(json_agg(n.e164), '[]') as text) as "list!: String"
           from json_array_elements_text(cast(cast($1 as text) as json)) as j (id)
           join number n on n.user_id = cast(j.id as uuid)"#,
        users,
    )
    .fetch_one(tx.connection())
    .await
    .map_err(failed)
}

/// Adds rows.
pub(crate) async fn insert_rows(tx: &mut Tx, id: RenewalId, rows: &str) -> Result<()> {
    // Whoever was deleted in this very moment is named and nothing else.
    sqlx::query!(
        r#"insert into renewal_row (renewal_id, position, asked_id, user_id, name, outcome, rank)
           select $1, r.position, r.asked, u.id, r.name, r.outcome, r.rank
           from json_to_recordset(cast(cast($2 as text) as json)) as r (
               position bigint, asked uuid, "user" uuid, name text, outcome text, rank bigint)
           left join "user" u on u.id = r."user""#,
        id.0,
        rows,
    )
    .execute(tx.connection())
    .await
    .map_err(failed)?;
    Ok(())
}

/// Those that wait at these positions, with what is to be known of their users, who are locked first, in one order.
pub(crate) async fn turns(tx: &mut Tx, id: RenewalId, positions: Range<i64>) -> Result<String> {
    sqlx::query!(
        r#"select count(*) as "count!" from (
               select 1 from "user"
               where id in (select user_id from renewal_row
                            where renewal_id = $1 and position >= $2 and position < $3 and outcome = 'waiting')
               order by id
               for no key update) as locked"#,
        id.0,
        positions.start,
        positions.end,
    )
    .fetch_one(tx.connection())
    .await
    .map_err(failed)?;
    sqlx::query_scalar!(
        r#"select cast(coalesce(json_agg(json_build_object(
                   'position', r.position, 'user', u.id, 'site', u.site_id,
                   'name', u.first_name || ' ' || u.last_name, 'number', n.e164, 'state', u.state,
                   'desk_phone_type', u.desk_phone_type, 'issued_at', p.issued_at)), '[]') as text) as "list!: String"
           from renewal_row r
           left join "user" u on u.id = r.user_id
           left join number n on n.user_id = u.id
           left join phone_login p on p.user_id = u.id
           where r.renewal_id = $1 and r.position >= $2 and r.position < $3 and r.outcome = 'waiting'"#,
        id.0,
        positions.start,
        positions.end,
    )
    .fetch_one(tx.connection())
    .await
    .map_err(failed)
}

/// Lets the versions of the logins' users rise.
pub(crate) async fn touch_users(tx: &mut Tx, logins: &str) -> Result<()> {
    sqlx::query!(
        r#"update "user" set version = version + 1
           where id in (select l."user" from json_to_recordset(cast(cast($1 as text) as json)) as l ("user" uuid))"#,
        logins,
    )
    .execute(tx.connection())
    .await
    .map_err(failed)?;
    Ok(())
}

/// Puts logins in place of earlier ones.
pub(crate) async fn put_logins(tx: &mut Tx, logins: &str) -> Result<()> {
    sqlx::query!(
        r#"insert into phone_login (user_id, login, sealed, issued_at)
           select l."user", l.login, decode(l.digests, 'hex'), l.issued_at
           from json_to_recordset(cast(cast($1 as text) as json)) as l (
               "user" uuid, login text, digests text, issued_at bigint)
           on conflict (user_id) do update
           set login = excluded.login, sealed = excluded.sealed, issued_at = excluded.issued_at"#,
        logins,
    )
    .execute(tx.connection())
    .await
    .map_err(failed)?;
    Ok(())
}

/// Keeps passwords to be fetched.
pub(crate) async fn put_passwords(tx: &mut Tx, id: RenewalId, logins: &str) -> Result<()> {
    sqlx::query!(
        r#"insert into renewal_password (renewal_id, user_id, sealed, issued_at)
           select $1, l."user", decode(l.password, 'hex'), l.issued_at
           from json_to_recordset(cast(cast($2 as text) as json)) as l (
               "user" uuid, password text, issued_at bigint)"#,
        id.0,
        logins,
    )
    .execute(tx.connection())
    .await
    .map_err(failed)?;
    Ok(())
}

/// Notes how rows ended that ended alike; the rows are found by their positions, one after the other.
pub(crate) async fn update_outcome(
    tx: &mut Tx,
    id: RenewalId,
    outcome: &str,
    positions: &str,
) -> Result<()> {
    sqlx::query!(
        r#"update renewal_row set outcome = $2
           where renewal_id = $1 and position in (select cast(value as bigint) from json_array_elements_text(cast(cast($3 as text) as json)))"#,
        id.0,
        outcome,
        positions,
    )
    .execute(tx.connection())
    .await
    .map_err(failed)?;
    Ok(())
}

/// Puts rows first.
pub(crate) async fn put_first(tx: &mut Tx, id: RenewalId, positions: &str) -> Result<()> {
    sqlx::query!(
        r#"update renewal_row set rank = 0
           where renewal_id = $1 and position in (select cast(value as bigint) from json_array_elements_text(cast(cast($2 as text) as json)))"#,
        id.0,
        positions,
    )
    .execute(tx.connection())
    .await
    .map_err(failed)?;
    Ok(())
}

/// What there is to fetch at these positions; a password only while it is in force.
pub(crate) async fn results(tx: &mut Tx, id: RenewalId, positions: Range<i64>) -> Result<String> {
    sqlx::query_scalar!(
        r#"select cast(coalesce(json_agg(json_build_object(
                   'position', r.position, 'user', u.id, 'name', r.name, 'outcome', r.outcome, 'site', s.name,
                   'number', n.e164, 'extension', u.extension, 'desk_phone_type', u.desk_phone_type,
                   'login', p.login,
                   'password', case when p.issued_at is not null then encode(x.sealed, 'hex') end)), '[]') as text)
               as "list!: String"
           from renewal_row r
           left join "user" u on u.id = r.user_id
           left join site s on s.id = u.site_id
           left join number n on n.user_id = u.id
           left join renewal_password x on x.renewal_id = r.renewal_id and x.user_id = u.id
           left join phone_login p on p.user_id = u.id and p.issued_at = x.issued_at
           where r.renewal_id = $1 and r.position >= $2 and r.position < $3"#,
        id.0,
        positions.start,
        positions.end,
    )
    .fetch_one(tx.connection())
    .await
    .map_err(failed)
}
