//! The inventory of numbers: list, import, keep back.

use model::{
    Action, Change, Country, Cursor, Field, JournalAction, Limit, Number, NumberRange, Page,
    PhoneNumber, Problem, Problems, SiteId, Target,
};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// Numbers of a site in ascending order, all or only the free ones.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn list(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    available_only: bool,
    cursor: Option<&Cursor>,
    limit: Limit,
) -> Result<Page<Number>> {
    let mut tx = env.read().await?;
    let place = actor.site(tx.as_mut(), site, Action::ViewSite).await?;
    Ok(tx
        .number()
        .list(place.site.id, available_only, cursor, limit)
        .await?)
}

/// Free numbers of a site in which somebody looks for these digits, written in any way; without any, the first ones.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn list_free(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    typed: &str,
    limit: Limit,
) -> Result<Vec<PhoneNumber>> {
    let mut tx = env.read().await?;
    let place = actor.site(tx.as_mut(), site, Action::ViewSite).await?;
    let digits: String = typed
        .chars()
        .filter(char::is_ascii_digit)
        .take(20)
        .collect();
    // A national number begins with a zero that the international one does not have.
    let digits = digits.trim_start_matches('0');
    Ok(tx.number().list_free(place.site.id, digits, limit).await?)
}

/// How many numbers a site has, and how many of them are free.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn count(env: &Env, actor: &Actor, site: SiteId) -> Result<(i64, i64)> {
    let mut tx = env.read().await?;
    let place = actor.site(tx.as_mut(), site, Action::ViewSite).await?;
    Ok(tx.number().count(place.site.id).await?)
}

/// Whether the actor imports numbers at all.
///
/// # Errors
/// `Forbidden` for all but the operator.
pub fn may_import(actor: &Actor) -> Result<()> {
    actor.authorise(Action::ImportNumbers, Target::Installation)
}

/// Brings consecutive numbers, written internationally or nationally, into a site; all of them, or none when one exists.
///
/// # Errors
/// `Forbidden` for all but the operator; `Invalid` for a range that is none, is too large or holds a number that exists.
pub async fn import_range(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    first: &str,
    last: &str,
) -> Result<usize> {
    let mut tx = env.write().await?;
    let place = actor.site(tx.as_mut(), site, Action::ImportNumbers).await?;
    let range = parse_range(first, last, place.site.country)?;
    let new = tx
        .number()
        .insert_range(place.enterprise.id, place.site.id, &range)
        .await?;
    if new != range.count() as u64 {
        return Err(Error::field(Field::FirstNumber, Problem::Taken));
    }
    let changes = vec![
        Change::new("first_number", first.trim()),
        Change::new("last_number", last.trim()),
    ];
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::NumbersImported,
        Subject::site(&place),
        changes,
    )
    .await?;
    tx.commit().await?;
    Ok(range.count())
}

fn parse_range(first: &str, last: &str, country: Country) -> Result<NumberRange> {
    let mut problems = Problems::default();
    let first = problems.note(Field::FirstNumber, PhoneNumber::parse(first, country));
    let last = problems.note(Field::LastNumber, PhoneNumber::parse(last, country));
    let range = match (&first, &last) {
        (Some(first), Some(last)) => {
            problems.note(Field::LastNumber, NumberRange::new(first, last))
        }
        _ => None,
    };
    problems.check()?;
    range.ok_or(Error::Internal("a range without a problem has a value"))
}
