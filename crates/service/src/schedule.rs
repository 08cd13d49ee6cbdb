//! When a site is open: weekly hours and holidays, which its call centres may follow (G4).

use model::{
    Action, Change, Field, JournalAction, SiteId,
    call_centre::{Schedule, ScheduleDraft},
};
use store::Place;

use crate::{
    Actor, Env, Result,
    journal::{self, Subject},
};

/// When the site is open, for an actor who may see it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn get(env: &Env, actor: &Actor, site: SiteId) -> Result<(Place, Schedule)> {
    let mut tx = env.read().await?;
    let place = actor
        .site(tx.as_mut(), site, Action::ViewVirtualUsers)
        .await?;
    let schedule = tx.call_centre().schedule(actor.tenant(), site).await?;
    Ok((place, schedule))
}

/// Sets when the site is open.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` with everything that is wrong.
pub async fn set(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    draft: &ScheduleDraft,
) -> Result<Schedule> {
    let mut tx = env.write().await?;
    let place = actor
        .site(tx.as_mut(), site, Action::ManageVirtualUsers)
        .await?;
    let before = tx.call_centre().schedule(actor.tenant(), site).await?;
    let after = draft.check()?;
    if before == after {
        return Ok(after);
    }
    tx.call_centre().put_schedule(site, &after).await?;
    let told = |schedule: &Schedule| {
        let draft = ScheduleDraft::of(schedule);
        (draft.days().join("; "), draft.holidays.replace('\n', "; "))
    };
    let (old, new) = (told(&before), told(&after));
    let pairs = [
        (Field::Openings, old.0, new.0),
        (Field::Holidays, old.1, new.1),
    ];
    let changed = pairs.into_iter().filter(|(_, old, new)| old != new);
    let changes = changed.map(|(field, old, new)| Change::from_to(field.id(), &old, &new));
    let action = JournalAction::ScheduleSet;
    let subject = Subject::site(&place);
    journal::write(env, tx.as_mut(), actor, action, subject, changes.collect()).await?;
    tx.commit().await?;
    Ok(after)
}
