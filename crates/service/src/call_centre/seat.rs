//! What somebody has to do with a call centre: administers it, supervises it, is one of its agents (U8, R4).

use model::{Action, Service, Target, UserId, VirtualUser, VirtualUserId, call_centre::CallCentre};
use store::Tx;

use super::oneself;
use crate::{Actor, Env, Error, Result};

/// What an actor has to do with a call centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seated {
    /// Administers it.
    Administrator,
    /// Is assigned as supervisor and has the service for the application (U8).
    Supervisor(UserId),
    /// Is assigned as supervisor, without the service.
    Assigned(UserId),
    /// Takes its calls.
    Agent(UserId),
}

/// The call centre, and what the actor has to do with it; whoever has nothing to do with it knows nothing of it.
pub(crate) async fn seated(
    actor: &Actor,
    tx: &mut dyn Tx,
    id: VirtualUserId,
) -> Result<(CallCentre, Seated)> {
    let found = tx.call_centre().get(actor.tenant(), id).await?;
    let found = found.ok_or(Error::NotFound)?;
    let Some(user) = oneself(actor) else {
        let own = &found.virtual_user;
        let target = Target::Site(own.enterprise, own.site);
        actor.authorise(Action::ViewVirtualUsers, target)?;
        return Ok((found, Seated::Administrator));
    };
    let is_agent = found.agents.iter().any(|agent| agent.user == user);
    let seated = if found.supervisors.contains(&user) {
        if has_service(actor, tx, user).await? {
            Seated::Supervisor(user)
        } else if is_agent {
            Seated::Agent(user)
        } else {
            Seated::Assigned(user)
        }
    } else if is_agent {
        Seated::Agent(user)
    } else {
        return Err(Error::NotFound);
    };
    Ok((found, seated))
}

/// Whether the user may use the application for supervisors (U8).
pub(crate) async fn has_service(actor: &Actor, tx: &mut dyn Tx, user: UserId) -> Result<bool> {
    let found = tx.user().get(actor.tenant(), user).await?;
    Ok(found.is_some_and(|user| user.services.contains(&Service::Supervisor)))
}

/// The call centre for whoever watches over it: its administrators, and its supervisors with the service.
pub(crate) async fn watched(
    actor: &Actor,
    tx: &mut dyn Tx,
    id: VirtualUserId,
) -> Result<CallCentre> {
    match seated(actor, tx, id).await? {
        (centre, Seated::Administrator | Seated::Supervisor(_)) => Ok(centre),
        (_, Seated::Assigned(_) | Seated::Agent(_)) => Err(Error::Forbidden),
    }
}

/// Whether the actor is an agent of a call centre, or watches over one.
///
/// # Errors
/// When the store fails.
pub async fn has_desk(env: &Env, actor: &Actor) -> Result<bool> {
    let Some(user) = oneself(actor) else {
        return Ok(false);
    };
    let mut tx = env.read().await?;
    let own = tx.call_centre().list_of_agent(actor.tenant(), user);
    if !own.await?.is_empty() {
        return Ok(true);
    }
    drop(tx);
    Ok(!supervised(env, actor).await?.is_empty())
}

/// The call centres that the actor watches over as a supervisor, by name; none without the service (U8).
///
/// # Errors
/// When the store fails.
pub async fn supervised(env: &Env, actor: &Actor) -> Result<Vec<VirtualUser>> {
    let Some(user) = oneself(actor) else {
        return Ok(Vec::new());
    };
    let mut tx = env.read().await?;
    if !has_service(actor, tx.as_mut(), user).await? {
        return Ok(Vec::new());
    }
    Ok(tx
        .call_centre()
        .list_of_supervisor(actor.tenant(), user)
        .await?)
}
