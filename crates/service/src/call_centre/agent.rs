//! An agent's desk: the own state in each call centre, who waits, the own call, and the own figures of the day.

use model::{
    Timestamp, UserId, VirtualUser, VirtualUserId, call_centre::Codes, group_call::MemberFigures,
};
use store::{AgentSeat, Tx};

use super::{OwnQueue, oneself};
use crate::{Actor, Env, Error, Result};

/// What an agent sees of one call centre.
#[derive(Clone, Debug)]
pub struct AgentDesk {
    /// Which call centre.
    pub centre: VirtualUser,
    /// Whether a code is asked for, and which there are.
    pub codes: Codes,
    /// The own seat.
    pub seat: AgentSeat,
    /// What the agent has done since `since`.
    pub figures: MemberFigures,
    /// Who waits, and the own call.
    pub queue: OwnQueue,
}

/// An agent's desk.
#[derive(Clone, Debug)]
pub struct OwnDesk {
    /// Who.
    pub user: UserId,
    /// When it was looked at.
    pub at: Timestamp,
    /// Each call centre that the user is an agent of, by name.
    pub centres: Vec<AgentDesk>,
}

/// The actor's own desk, with figures since `since`.
///
/// # Errors
/// `Forbidden` for whoever is no user.
pub async fn desks(env: &Env, actor: &Actor, since: Timestamp) -> Result<OwnDesk> {
    let user = oneself(actor).ok_or(Error::Forbidden)?;
    let mut tx = env.read().await?;
    let tenant = actor.tenant();
    let mut centres = Vec::new();
    for own in tx.call_centre().list_of_agent(tenant, user).await? {
        let Some(centre) = tx.call_centre().get(tenant, own.id).await? else {
            continue;
        };
        let seat = seat(tx.as_mut(), actor, own.id, user).await?;
        let id = own.id.0;
        let figures = tx.group_call().member_figures(tenant, id, user, since);
        let figures = figures.await?;
        centres.push(AgentDesk {
            queue: env.board.of_agent(own.id, user),
            centre: own,
            codes: centre.settings.codes,
            seat,
            figures,
        });
    }
    let at = env.now();
    Ok(OwnDesk { user, at, centres })
}

/// The seat of an agent.
pub(super) async fn seat(
    tx: &mut dyn Tx,
    actor: &Actor,
    id: VirtualUserId,
    user: UserId,
) -> Result<AgentSeat> {
    let agents = tx.call_centre().list_agents(actor.tenant(), id).await?;
    let mut agents = agents.into_iter();
    let found = agents.find(|seat| seat.member.user == user);
    found.ok_or(Error::NotFound)
}
