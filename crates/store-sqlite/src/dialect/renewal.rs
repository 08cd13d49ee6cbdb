//! How SQLite reads and writes the rows of renewals: a batch goes in and out as one list in JSON, because each row that is
//! read by itself is a message between threads.

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
        r#"select json_group_array(json_object(
                   'user', hex(u.id), 'site', hex(u.site_id), 'name', u.first_name || ' ' || u.last_name,
                   'state', u.state, 'desk_phone_type', u.desk_phone_type)) as "list!: String"
           from json_each($1) j
           cross join "user" u on u.id = unhex(j.value)
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
        r#"select json_group_array(n.e164) as "list!: String"
           from json_each($1) j cross join number n on n.user_id = unhex(j.value)"#,
        users,
    )
    .fetch_one(tx.connection())
    .await
    .map_err(failed)
}

/// Adds rows.
pub(crate) async fn insert_rows(tx: &mut Tx, id: RenewalId, rows: &str) -> Result<()> {
    sqlx::query!(
        r#"insert into renewal_row (renewal_id, position, asked_id, user_id, name, outcome, rank)
           select $1, r.value ->> 'position', unhex(r.value ->> 'asked'), unhex(r.value ->> 'user'), r.value ->> 'name',
               r.value ->> 'outcome', r.value ->> 'rank'
           from json_each($2) r"#,
        id.0,
        rows,
    )
    .execute(tx.connection())
    .await
    .map_err(failed)?;
    Ok(())
}

/// Those that wait at these positions, with what is to be known of their users; there is one writer, so nobody changes them.
pub(crate) async fn turns(tx: &mut Tx, id: RenewalId, positions: Range<i64>) -> Result<String> {
    sqlx::query_scalar!(
        r#"select json_group_array(json_object(
                   'position', r.position, 'user', iif(u.id is null, null, hex(u.id)),
                   'site', iif(u.id is null, null, hex(u.site_id)), 'name', u.first_name || ' ' || u.last_name,
                   'number', n.e164, 'state', u.state, 'desk_phone_type', u.desk_phone_type,
                   'issued_at', p.issued_at)) as "list!: String"
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
           where id in (select unhex(l.value ->> 'user') from json_each($1) l)"#,
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
           select unhex(l.value ->> 'user'), l.value ->> 'login', unhex(l.value ->> 'digests'), l.value ->> 'issued_at'
           from json_each($1) l
           where true
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
           select $1, unhex(l.value ->> 'user'), unhex(l.value ->> 'password'), l.value ->> 'issued_at'
           from json_each($2) l"#,
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
           where renewal_id = $1 and position in (select value from json_each($3))"#,
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
           where renewal_id = $1 and position in (select value from json_each($2))"#,
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
        r#"select json_group_array(json_object(
                   'position', r.position, 'user', iif(u.id is null, null, hex(u.id)), 'name', r.name,
                   'outcome', r.outcome, 'site', s.name, 'number', n.e164, 'extension', u.extension,
                   'desk_phone_type', u.desk_phone_type, 'login', p.login,
                   'password', iif(p.issued_at is null, null, hex(x.sealed)))) as "list!: String"
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
