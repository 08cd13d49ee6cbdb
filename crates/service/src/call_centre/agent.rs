//! An agent's desk: the own state in each call centre, and the own figures of the day.

use model::{
    Action, Change, Field, JournalAction, Problem, Target, Timestamp, UserId, VirtualUser,
    VirtualUserId,
    call_centre::{AgentState, CallCentre, Codes},
    group_call::MemberFigures,
};
use store::{AgentSeat, Tx};

use super::{
    oneself,
    seat::{Seated, seated},
};
use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

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
}

/// An agent's desk.
#[derive(Clone, Debug)]
pub struct OwnDesk {
    /// Who.
    pub user: UserId,
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
            centre: own,
            codes: centre.settings.codes,
            seat,
            figures,
        });
    }
    Ok(OwnDesk { user, centres })
}

async fn seat(
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

/// Sets what an agent is doing: by the agent, by a supervisor with the service, or by an administrator. Every state may
/// follow every other.
///
/// # Errors
/// `NotFound` for call centres that the actor has nothing to do with, and for users who are no agents of it; `Forbidden` for
/// colleagues; `Invalid` for a state that there is not, and for a code that is missing or not known.
pub async fn set_state(
    env: &Env,
    actor: &Actor,
    (id, user): (VirtualUserId, UserId),
    state: &str,
    code: &str,
) -> Result<AgentSeat> {
    let mut tx = env.write().await?;
    let (centre, seated) = seated(actor, tx.as_mut(), id).await?;
    may_set(actor, &centre, seated, user)?;
    let before = seat(tx.as_mut(), actor, id, user).await?;
    let state = read(&centre, state, code, env.now())?;
    let since = env.now();
    if !tx
        .call_centre()
        .update_agent(id, user, &state, since)
        .await?
    {
        return Err(Error::NotFound);
    }
    let told = |state: &AgentState| match state.code() {
        Some(code) => format!("{} ({code})", state.id()),
        None => state.id().to_owned(),
    };
    let field = Field::AgentState.id();
    let changes = vec![
        Change::new("name", &before.name),
        Change::from_to(field, &told(&before.state), &told(&state)),
    ];
    let subject = Subject::virtual_user(&centre.virtual_user);
    let action = JournalAction::AgentStateSet;
    journal::write(env, tx.as_mut(), actor, action, subject, changes).await?;
    tx.commit().await?;
    Ok(AgentSeat {
        state,
        since,
        ..before
    })
}

fn may_set(actor: &Actor, centre: &CallCentre, seated: Seated, user: UserId) -> Result<()> {
    match seated {
        Seated::Administrator => {
            let own = &centre.virtual_user;
            let target = Target::Site(own.enterprise, own.site);
            actor.authorise(Action::ManageVirtualUsers, target)
        }
        Seated::Supervisor(_) => Ok(()),
        Seated::Agent(oneself) | Seated::Assigned(oneself) if oneself == user => Ok(()),
        Seated::Agent(_) | Seated::Assigned(_) => Err(Error::Forbidden),
    }
}

/// The state that was chosen; a wrap-up ends when the call centre's time is over.
fn read(centre: &CallCentre, state: &str, code: &str, now: Timestamp) -> Result<AgentState> {
    let wrong = |field, problem| Err(Error::field(field, problem));
    let code = match state {
        "unavailable" => match centre.settings.codes.read(code) {
            Ok(code) => code,
            Err(problem) => return wrong(Field::Code, problem),
        },
        _ => None,
    };
    let wrap_up = centre.settings.wrap_up_s;
    let until = wrap_up.map(|seconds| now.plus_seconds(seconds.into()));
    match AgentState::read(state, code, until) {
        Some(state) => Ok(state),
        None if state.is_empty() => wrong(Field::AgentState, Problem::Required),
        None => wrong(Field::AgentState, Problem::Unknown),
    }
}
