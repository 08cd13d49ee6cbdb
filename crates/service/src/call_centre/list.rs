//! Call centres as administrators look at them.

use model::{
    Action, Cursor, Limit, Page, SiteId, VirtualUser, VirtualUserId, VirtualUserKind,
    call_centre::CallCentre, fold,
};
use store::{AgentSeat, Place, SupervisorSeat, VirtualUserList, VirtualUserScope};

use super::find;
use crate::{Actor, Env, Result};

/// A call centre with everybody who is in it.
#[derive(Clone, Debug)]
pub struct CallCentreDetails {
    /// The call centre.
    pub centre: CallCentre,
    /// Its agents; whoever is not active is live from activation on (S7).
    pub agents: Vec<AgentSeat>,
    /// Its supervisors, with the service for the application or without it (U8).
    pub supervisors: Vec<SupervisorSeat>,
}

/// A page of the call centres of a site, by name.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn list(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    search: Option<&str>,
    cursor: Option<Cursor>,
) -> Result<(Place, Page<VirtualUser>)> {
    let mut tx = env.read().await?;
    let place = actor
        .site(tx.as_mut(), site, Action::ViewVirtualUsers)
        .await?;
    let search = search.map(|text| fold(text.trim()));
    let list = VirtualUserList {
        scope: VirtualUserScope::Site(site),
        kind: Some(VirtualUserKind::CallCentre),
        search: search.filter(|text| !text.is_empty()),
        cursor,
        limit: Limit::default(),
    };
    let page = tx.virtual_user().list(&list).await?;
    Ok((place, page))
}

/// The call centre.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn get(env: &Env, actor: &Actor, id: VirtualUserId) -> Result<CallCentre> {
    let mut tx = env.read().await?;
    find(actor, tx.as_mut(), id, Action::ViewVirtualUsers).await
}

/// The call centre with everybody who is in it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn details(env: &Env, actor: &Actor, id: VirtualUserId) -> Result<CallCentreDetails> {
    let mut tx = env.read().await?;
    let centre = find(actor, tx.as_mut(), id, Action::ViewVirtualUsers).await?;
    let agents = tx.call_centre().list_agents(actor.tenant(), id).await?;
    let supervisors = tx.call_centre().list_supervisors(actor.tenant(), id);
    let supervisors = supervisors.await?;
    Ok(CallCentreDetails {
        centre,
        agents,
        supervisors,
    })
}
