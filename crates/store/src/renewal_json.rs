//! Rows of renewals as lists in JSON, in which one statement reads or writes all of a batch. Ids and bytes are hexadecimal.

use data_encoding::HEXLOWER_PERMISSIVE;
use model::{PhoneNumber, RenewalOutcome, SiteId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Candidate, Error, NewRenewalRow, RenewedLogin, Result, ResultRow, Turn, TurnOf,
    row::{parse, parse_optional},
};

fn read<'a, T: Deserialize<'a>>(list: &'a str) -> Result<Vec<T>> {
    serde_json::from_str(list).map_err(Error::database)
}

fn write<T: Serialize>(rows: &[T]) -> Result<String> {
    serde_json::to_string(rows).map_err(Error::database)
}

fn hex(id: Uuid) -> String {
    id.simple().to_string()
}

/// Ids.
///
/// # Errors
/// Never for ids.
pub fn of_users(users: &[UserId]) -> Result<String> {
    let ids: Vec<_> = users.iter().map(|user| hex(user.0)).collect();
    write(&ids)
}

/// Rows as they are fixed at the start, each with its position.
///
/// # Errors
/// Never for rows.
pub fn of_rows(rows: &[NewRenewalRow]) -> Result<String> {
    #[derive(Serialize)]
    struct Row<'a> {
        position: usize,
        asked: String,
        user: Option<String>,
        name: &'a str,
        outcome: &'static str,
        rank: i64,
    }
    let rows = rows.iter().enumerate().map(|(position, row)| Row {
        position,
        asked: hex(row.asked.0),
        user: row.user.map(|user| hex(user.0)),
        name: &row.name,
        outcome: row.outcome.id(),
        rank: rank(row.outcome),
    });
    write(&rows.collect::<Vec<_>>())
}

/// Logins.
///
/// # Errors
/// Never for logins.
pub fn of_logins(logins: &[RenewedLogin]) -> Result<String> {
    #[derive(Serialize)]
    struct Row<'a> {
        user: String,
        login: &'a str,
        digests: String,
        password: String,
        issued_at: i64,
    }
    let rows = logins.iter().map(|login| Row {
        user: hex(login.user.0),
        login: &login.login,
        digests: HEXLOWER_PERMISSIVE.encode(&login.digests),
        password: HEXLOWER_PERMISSIVE.encode(&login.password),
        issued_at: login.issued_at.0,
    });
    write(&rows.collect::<Vec<_>>())
}

/// Positions in a renewal.
///
/// # Errors
/// Never for numbers.
pub fn of_positions(positions: &[i64]) -> Result<String> {
    write(positions)
}

/// Where a row stands: those that were skipped come first.
#[must_use]
pub fn rank(outcome: RenewalOutcome) -> i64 {
    i64::from(!outcome.is_failure())
}

/// The users of an enterprise.
///
/// # Errors
/// `Corrupt` when a row breaks a rule.
pub fn candidates(list: &str) -> Result<Vec<Candidate>> {
    #[derive(Deserialize)]
    struct Row {
        user: Uuid,
        site: Uuid,
        name: String,
        state: String,
        desk_phone_type: Option<String>,
    }
    let rows: Vec<Row> = read(list)?;
    let candidate = |row: Row| Candidate {
        user: UserId(row.user),
        site: SiteId(row.site),
        name: row.name,
        obstacle: obstacle(&row.state, row.desk_phone_type.as_deref()),
    };
    Ok(rows.into_iter().map(candidate).collect())
}

/// Telephone numbers.
///
/// # Errors
/// `Corrupt` when one breaks the rules.
pub fn numbers(list: &str) -> Result<Vec<PhoneNumber>> {
    let numbers: Vec<String> = read(list)?;
    let corrupt = |_| Error::Corrupt { what: "number" };
    let numbers = numbers.iter().map(|number| number.parse().map_err(corrupt));
    numbers.collect()
}

fn obstacle(state: &str, desk_phone_type: Option<&str>) -> Option<RenewalOutcome> {
    RenewalOutcome::obstacle(state == "activated", desk_phone_type.is_some())
}

/// Those whose turn it is.
///
/// # Errors
/// `Corrupt` when a row breaks a rule.
pub fn turns(list: &str) -> Result<Vec<Turn>> {
    #[derive(Deserialize)]
    struct Row {
        position: i64,
        user: Option<Uuid>,
        site: Option<Uuid>,
        name: Option<String>,
        number: Option<String>,
        state: Option<String>,
        desk_phone_type: Option<String>,
        issued_at: Option<i64>,
    }
    let turn = |row: Row| -> Result<Turn> {
        let user = match (row.user, row.site, row.name, row.number, row.state) {
            (Some(user), Some(site), Some(name), Some(number), Some(state)) => Some(TurnOf {
                user: UserId(user),
                site: SiteId(site),
                name,
                number: parse(&number, "number")?,
                obstacle: obstacle(&state, row.desk_phone_type.as_deref()),
                issued_at: row.issued_at.map(Timestamp),
            }),
            _ => None,
        };
        Ok(Turn {
            position: row.position,
            user,
        })
    };
    let mut turns: Vec<_> = read(list)?
        .into_iter()
        .map(turn)
        .collect::<Result<Vec<_>>>()?;
    turns.sort_by_key(|turn| turn.position);
    Ok(turns)
}

/// Rows of the file that is fetched once, in the order of their positions.
///
/// # Errors
/// `Corrupt` when a row breaks a rule.
pub fn results(list: &str) -> Result<Vec<ResultRow>> {
    #[derive(Deserialize)]
    struct Row {
        position: i64,
        user: Option<Uuid>,
        name: String,
        outcome: String,
        site: Option<String>,
        number: Option<String>,
        extension: Option<String>,
        desk_phone_type: Option<String>,
        login: Option<String>,
        password: Option<String>,
    }
    let result = |row: Row| -> Result<ResultRow> {
        let password = row.password.as_deref().map(bytes).transpose()?;
        let outcome = match (parse(&row.outcome, "renewal outcome")?, row.user, &password) {
            (RenewalOutcome::Done, None, _) => RenewalOutcome::Deleted,
            (RenewalOutcome::Done, Some(_), None) => RenewalOutcome::Replaced,
            (RenewalOutcome::Waiting, _, _) => RenewalOutcome::Cancelled,
            (outcome, _, _) => outcome,
        };
        let number: Option<PhoneNumber> = parse_optional(row.number, "number")?;
        Ok(ResultRow {
            position: row.position,
            user: row.user.map(UserId),
            name: row.name,
            outcome,
            site: row.site,
            number,
            extension: row.extension,
            desk_phone_type: parse_optional(row.desk_phone_type, "desk phone type")?,
            login: row.login,
            password,
        })
    };
    let mut rows: Vec<_> = read(list)?
        .into_iter()
        .map(result)
        .collect::<Result<Vec<_>>>()?;
    rows.sort_by_key(|row| row.position);
    Ok(rows)
}

fn bytes(text: &str) -> Result<Vec<u8>> {
    let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes());
    bytes.map_err(|_| Error::Corrupt { what: "password" })
}
