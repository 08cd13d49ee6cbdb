//! Adds a pickup or park group.

use model::{Action, Field, JournalAction, Problem, SiteId, Team, TeamId, TeamKind};
use store::{Place, StoredTeam};

use super::{WantedTeam, check::Check, told};
use crate::{Actor, Env, Error, Result};

/// The site, for an actor who may add a team there.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn may_add(env: &Env, actor: &Actor, site: SiteId) -> Result<Place> {
    let mut tx = env.read().await?;
    actor.site(tx.as_mut(), site, Action::ManageTeams).await
}

/// Adds a team to a site.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` with everything that is wrong, and for more than a site may have.
pub async fn add(
    env: &Env,
    actor: &Actor,
    (site, kind): (SiteId, TeamKind),
    wanted: &WantedTeam,
) -> Result<Team> {
    let mut tx = env.write().await?;
    let place = actor.site(tx.as_mut(), site, Action::ManageTeams).await?;
    // Of two who want the same member at the same moment, the second sees what the first has done.
    tx.enterprise().hold(place.enterprise.id).await?;
    let new = wanted.draft.check(kind)?;
    let most = Team::MOST_OF_SITE;
    let count = tx.team().count(site, kind).await?;
    if usize::try_from(count).unwrap_or(most) >= most {
        let problem = Problem::TooMany { max: most };
        return Err(Error::field(Field::Name, problem));
    }
    let check = Check {
        actor,
        place: &place,
        new: &new,
        now: None,
    };
    let moved = check.run(tx.as_mut(), wanted.moves_members).await?;
    told::take_out(env, tx.as_mut(), actor, moved).await?;
    let team = Team {
        id: TeamId(env.id()),
        enterprise: place.enterprise.id,
        site,
        department: new.department,
        name: new.name,
        settings: new.settings,
        members: new.members,
        version: 1,
        created_at: env.now(),
    };
    stored(tx.team().insert(&team).await?)?;
    let changes = told::of_new(tx.as_mut(), &team).await?;
    let action = match kind {
        TeamKind::Pickup => JournalAction::PickupGroupAdded,
        TeamKind::Park => JournalAction::ParkGroupAdded,
    };
    told::note(env, tx.as_mut(), actor, action, &team, changes).await?;
    tx.commit().await?;
    Ok(team)
}

/// What the store answers, as the caller is told.
pub(super) fn stored(answer: StoredTeam) -> Result<()> {
    match answer {
        StoredTeam::Done => Ok(()),
        StoredTeam::Meanwhile => Err(Error::Changed),
        StoredTeam::NameTaken => Err(Error::field(Field::Name, Problem::Taken)),
        StoredTeam::MemberTaken => Err(Error::field(Field::Members, Problem::Taken)),
    }
}
