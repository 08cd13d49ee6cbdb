//! Deletes a pickup or park group.

use model::{Action, Change, Field, JournalAction, TeamKind};

use super::{
    TeamRef,
    get::{TeamView, find, view},
    told,
};
use crate::{Actor, Env, Error, Result};

/// What deleting a team would mean; its members might need to be told.
pub type TeamDeletion = TeamView;

/// What deleting the team would mean.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn deletion_preview(env: &Env, actor: &Actor, team: TeamRef) -> Result<TeamDeletion> {
    let mut tx = env.read().await?;
    find(actor, tx.as_mut(), team, Action::ManageTeams).await?;
    view(actor, tx.as_mut(), team).await
}

/// Deletes the team, unless it has changed since `expected_version`; its members stay users.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Changed`.
pub async fn delete(
    env: &Env,
    actor: &Actor,
    team: TeamRef,
    expected_version: Option<i64>,
) -> Result<()> {
    let mut tx = env.write().await?;
    let (_, now) = find(actor, tx.as_mut(), team, Action::ManageTeams).await?;
    if expected_version.is_some_and(|version| version != now.version) {
        return Err(Error::Changed);
    }
    if !tx.team().delete(now.site, now.id, now.version).await? {
        return Err(Error::Changed);
    }
    let gone = Change {
        field: Field::Name.id().to_owned(),
        before: Some(now.name.to_string()),
        after: None,
    };
    let action = match team.kind {
        TeamKind::Pickup => JournalAction::PickupGroupDeleted,
        TeamKind::Park => JournalAction::ParkGroupDeleted,
    };
    told::note(env, tx.as_mut(), actor, action, &now, vec![gone]).await?;
    Ok(tx.commit().await?)
}
