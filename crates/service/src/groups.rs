//! The groups that a user is in, of every kind: one list for the user's page, the deletion and whom to tell (D3, D4).

use model::{Fellow, Grant, Membership, UserId, VirtualUserId};
use store::{Tenant, Tx};

use crate::{Actor, Env, Result};

/// The groups of a user as the actor may know them; users know their own.
///
/// # Errors
/// `NotFound` for users the actor may not know of (R4).
pub async fn of_user(env: &Env, actor: &Actor, user: UserId) -> Result<Vec<Membership>> {
    let mut tx = env.read().await?;
    let user = actor
        .user(tx.as_mut(), user, model::Action::ViewUser)
        .await?;
    let mut groups = list(tx.as_mut(), actor.tenant(), user.id).await?;
    let is_oneself = matches!(actor.grant(), Grant::User(..));
    groups.retain(|group| is_oneself || actor.may_name(group.enterprise, group.site));
    Ok(groups)
}

/// Every group that a user is in.
pub(crate) async fn list(tx: &mut dyn Tx, tenant: Tenant, user: UserId) -> Result<Vec<Membership>> {
    let mut groups = tx.hunt_group().list_of_member(tenant, user).await?;
    groups.extend(tx.call_centre().list_of_member(tenant, user).await?);
    groups.extend(tx.team().list_of(tenant, user).await?);
    Ok(groups)
}

/// The other members of these groups; somebody who shares several is there once for each kind of group.
pub(crate) async fn fellows(tx: &mut dyn Tx, tenant: Tenant, user: UserId) -> Result<Vec<Fellow>> {
    let mut fellows = tx.hunt_group().list_fellows(tenant, user).await?;
    for centre in tx.call_centre().list_of_member(tenant, user).await? {
        let seats = tx.call_centre();
        let agents = seats.list_agents(tenant, VirtualUserId(centre.id)).await?;
        let others = agents.into_iter().filter(|agent| agent.member.user != user);
        fellows.extend(others.map(|agent| Fellow {
            user: agent.member.user,
            enterprise: agent.enterprise,
            site: agent.site,
            name: agent.name,
        }));
    }
    fellows.extend(tx.team().list_fellows(tenant, user).await?);
    Ok(fellows)
}
