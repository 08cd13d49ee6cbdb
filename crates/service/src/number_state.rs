//! Single numbers of a site: who has which, keep one back, release it, remove it.

use model::{
    Action, Change, Cursor, Field, HeldNumber, JournalAction, Limit, NumberState, Page,
    PhoneNumber, Problem, SiteId,
};
use store::{NumberFilter, Place, Tx};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    user::search_text,
};

/// Which numbers of a site are wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// `free`, `assigned` or `reserved`.
    pub state: Option<String>,
    /// With this in the number, or in what its holder is found by.
    pub search: Option<String>,
}

/// Numbers of a site in ascending order, each with who has it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` for a state that there is not.
pub async fn list(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    wanted: &Wanted,
    (cursor, limit): (Option<&Cursor>, Limit),
) -> Result<Page<HeldNumber>> {
    let mut tx = env.read().await?;
    let place = actor.site(tx.as_mut(), site, Action::ViewSite).await?;
    let state = wanted.state.clone().filter(|state| !state.is_empty());
    let is_known = |state: &str| NumberState::NAMES.contains(&state);
    if state.as_deref().is_some_and(|state| !is_known(state)) {
        return Err(Error::field(Field::State, Problem::Unknown));
    }
    let search = wanted.search.as_deref().map(search_text);
    let filter = NumberFilter {
        state,
        search: search.filter(|text| !text.is_empty()),
    };
    let numbers = tx.number().list_held(place.site.id, &filter, cursor, limit);
    Ok(numbers.await?)
}

/// The number of the site and its state, for an actor who may keep it back or remove it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `NotFound` for a number of another site.
pub async fn may_change(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    number: &str,
) -> Result<(Place, model::Number)> {
    let mut tx = env.read().await?;
    find(tx.as_mut(), actor, site, number).await
}

async fn find(
    tx: &mut dyn Tx,
    actor: &Actor,
    site: SiteId,
    number: &str,
) -> Result<(Place, model::Number)> {
    let place = actor.site(tx, site, Action::ImportNumbers).await?;
    let number = PhoneNumber::parse(number, place.site.country).map_err(|_| Error::NotFound)?;
    let number = tx.number().get(&number).await?;
    let number = number.filter(|number| number.site == site);
    Ok((place, number.ok_or(Error::NotFound)?))
}

/// Keeps a free number back, or releases it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` for a number that somebody has.
pub async fn set_reserved(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    number: &str,
    is_reserved: bool,
) -> Result<model::Number> {
    let mut tx = env.write().await?;
    let (place, number) = find(tx.as_mut(), actor, site, number).await?;
    let state = match is_reserved {
        true => NumberState::Reserved,
        false => NumberState::Free,
    };
    if number.state == state {
        return Ok(number);
    }
    if !tx
        .number()
        .set_reserved(site, &number.number, is_reserved)
        .await?
    {
        return Err(Error::field(Field::Number, Problem::NumberAssigned));
    }
    let action = match is_reserved {
        true => JournalAction::NumberReserved,
        false => JournalAction::NumberReleased,
    };
    let changes = vec![Change::new("number", &number.number)];
    let subject = Subject::site(&place);
    journal::write(env, tx.as_mut(), actor, action, subject, changes).await?;
    tx.commit().await?;
    Ok(model::Number { state, ..number })
}

/// Takes a free number from a site; it can be imported again, here or elsewhere.
///
/// # Errors
/// `NotFound` and `Forbidden` by role; `Invalid` for a number that somebody has, that is kept back, or that emergency
/// services see.
pub async fn remove(env: &Env, actor: &Actor, site: SiteId, number: &str) -> Result<()> {
    let mut tx = env.write().await?;
    let (place, number) = find(tx.as_mut(), actor, site, number).await?;
    let problem = match number.state {
        NumberState::Assigned(_) => Some(Problem::NumberAssigned),
        NumberState::Reserved => Some(Problem::NumberReserved),
        NumberState::Free if place.site.main_number.as_ref() == Some(&number.number) => {
            Some(Problem::NumberIsMain)
        }
        NumberState::Free => None,
    };
    if let Some(problem) = problem {
        return Err(Error::field(Field::Number, problem));
    }
    if !tx.number().delete(site, &number.number).await? {
        return Err(Error::field(Field::Number, Problem::NumberAssigned));
    }
    let gone = Change {
        field: "number".to_owned(),
        before: Some(number.number.to_string()),
        after: None,
    };
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::NumberRemoved,
        Subject::site(&place),
        vec![gone],
    )
    .await?;
    Ok(tx.commit().await?)
}
