//! The wallboard: who waits, what agents do, and the figures of the day (U8).

use model::{
    Timestamp, VirtualUserId,
    call_centre::{AgentDeed, CallCentre, Figures},
};
use store::{AgentSeat, Period};

use super::{LiveWall, WaitingCaller, seat::watched};
use crate::{Actor, Env, Result};

/// A wallboard.
#[derive(Clone, Debug)]
pub struct Wall {
    /// Of which call centre.
    pub centre: CallCentre,
    /// When it was looked at.
    pub at: Timestamp,
    /// Who waits, the next one first.
    pub waiting: Vec<WaitingCaller>,
    /// The agents in the order of the list, with what their phones do.
    pub agents: Vec<(AgentSeat, AgentDeed)>,
    /// The figures since the beginning of the day.
    pub figures: Figures,
}

/// The wallboard, with figures since `since`.
///
/// # Errors
/// `NotFound` for whoever has nothing to do with the call centre; `Forbidden` for its agents, and for supervisors without the
/// service (U8).
pub async fn wall(env: &Env, actor: &Actor, id: VirtualUserId, since: Timestamp) -> Result<Wall> {
    let mut tx = env.read().await?;
    let centre = watched(actor, tx.as_mut(), id).await?;
    let tenant = actor.tenant();
    let seats = tx.call_centre().list_agents(tenant, id).await?;
    let within_s = centre.settings.service_level_s;
    let day = Period::since(since);
    let figures = tx.group_call().figures(tenant, id.0, day, within_s);
    let figures = figures.await?;
    let LiveWall { waiting, deeds, .. } = env.board.get(id);
    let deed = |seat: &AgentSeat| {
        let found = deeds.iter().find(|(user, _)| *user == seat.member.user);
        found.map_or(AgentDeed::Idle, |(_, deed)| *deed)
    };
    let agents = seats.into_iter().map(|seat| {
        let deed = deed(&seat);
        (seat, deed)
    });
    Ok(Wall {
        centre,
        at: env.now(),
        waiting,
        agents: agents.collect(),
        figures,
    })
}
