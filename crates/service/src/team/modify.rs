//! Changes a pickup or park group.

use model::{Action, JournalAction, Team, TeamKind, keeping};
use store::{Tenant, Tx};

use super::{TeamRef, WantedTeam, add::stored, check::Check, get::find, told};
use crate::{Actor, Env, Error, Result};

/// Makes a team what it shall be, unless it has changed since `expected_version`. Members whom the actor may not know stay.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` with everything that is wrong, `Changed`.
pub async fn modify(
    env: &Env,
    actor: &Actor,
    team: TeamRef,
    wanted: &WantedTeam,
    expected_version: Option<i64>,
) -> Result<Team> {
    let mut tx = env.write().await?;
    let (place, now) = find(actor, tx.as_mut(), team, Action::ManageTeams).await?;
    if expected_version.is_some_and(|version| version != now.version) {
        return Err(Error::Changed);
    }
    tx.enterprise().hold(place.enterprise.id).await?;
    let mut new = wanted.draft.check(team.kind)?;
    new.members = with_hidden(actor, tx.as_mut(), &now, new.members).await?;
    let check = Check {
        actor,
        place: &place,
        new: &new,
        now: Some(&now),
    };
    let moved = check.run(tx.as_mut(), wanted.moves_members).await?;
    let after = Team {
        department: new.department,
        name: new.name,
        settings: new.settings,
        members: new.members,
        ..now.clone()
    };
    if after == now {
        return Ok(now);
    }
    let before = told::Told::new(tx.as_mut(), &now).await?;
    told::take_out(env, tx.as_mut(), actor, moved).await?;
    stored(tx.team().update(&after).await?)?;
    let changes = told::differences(&before, &told::Told::new(tx.as_mut(), &after).await?);
    let action = match team.kind {
        TeamKind::Pickup => JournalAction::PickupGroupChanged,
        TeamKind::Park => JournalAction::ParkGroupChanged,
    };
    told::note(env, tx.as_mut(), actor, action, &after, changes).await?;
    tx.commit().await?;
    let version = now.version + 1;
    Ok(Team { version, ..after })
}

/// The wanted members together with those whom the actor may not know.
async fn with_hidden(
    actor: &Actor,
    tx: &mut dyn Tx,
    now: &Team,
    wanted: Vec<model::UserId>,
) -> Result<Vec<model::UserId>> {
    let tenant = Tenant::Enterprise(now.enterprise);
    let mut hidden = tx.team().list_members(tenant, now.id).await?;
    hidden.retain(|member| !actor.may_name(member.enterprise, member.site));
    Ok(keeping(&now.members, wanted, |user| {
        hidden.iter().any(|member| member.user == user)
    }))
}
