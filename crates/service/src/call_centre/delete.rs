//! Deletes a call centre: seats and settings go with it, its number is free in the same moment (D2).

use model::{Action, JournalAction, VirtualUserId, VirtualUserKind};
use store::AgentSeat;

use super::find;
use crate::{
    Actor, Env, Error, Result,
    virtual_user::{self, Deletion, deletable},
};

const KIND: VirtualUserKind = VirtualUserKind::CallCentre;

/// What deleting it would remove, and the agents to tell, as far as the actor may know them (D4).
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `NotActive` until it is active (S5).
pub async fn deletion_preview(
    env: &Env,
    actor: &Actor,
    id: VirtualUserId,
) -> Result<(Deletion, Vec<AgentSeat>)> {
    let mut tx = env.read().await?;
    find(actor, tx.as_mut(), id, Action::ManageVirtualUsers).await?;
    let own = deletable(actor, tx.as_mut(), (KIND, id)).await?;
    let deletion = virtual_user::preview(actor, tx.as_mut(), own).await?;
    let mut tell = tx.call_centre().list_agents(actor.tenant(), id).await?;
    tell.retain(|agent| actor.may_name(agent.enterprise, agent.site));
    Ok((deletion, tell))
}

/// Deletes it, unless it has changed since `expected_version`.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `NotActive` until it is active (S5), `Changed`.
pub async fn delete(
    env: &Env,
    actor: &Actor,
    id: VirtualUserId,
    expected_version: Option<i64>,
) -> Result<()> {
    let mut tx = env.write().await?;
    let own = deletable(actor, tx.as_mut(), (KIND, id)).await?;
    if expected_version.is_some_and(|version| version != own.version) {
        return Err(Error::Changed);
    }
    let action = JournalAction::CallCentreDeleted;
    virtual_user::remove(env, tx.as_mut(), actor, &own, action).await?;
    Ok(tx.commit().await?)
}
