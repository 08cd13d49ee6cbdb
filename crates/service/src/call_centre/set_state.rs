//! Sets what an agent is doing: from the portal, over the API, by phone.

use model::{
    Action, Change, Field, JournalAction, Problem, Target, Timestamp, UserId, VirtualUserId,
    call_centre::{AgentState, CallCentre},
    routing::AgentCode,
};
use store::{AgentSeat, Tx};

use super::{
    agent::seat,
    seat::{Seated, seated},
};
use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// What is said about the reason for being unavailable.
#[derive(Clone, Copy, Debug)]
enum Reason<'a> {
    /// The code itself; empty for none.
    Typed(&'a str),
    /// Its place in the call centre's list.
    Dialled(Option<u8>),
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
    seat: (VirtualUserId, UserId),
    state: &str,
    code: &str,
) -> Result<AgentSeat> {
    let mut tx = env.write().await?;
    let said = (state, Reason::Typed(code));
    let set = set_one(env, actor, tx.as_mut(), seat, said).await?;
    tx.commit().await?;
    Ok(set)
}

/// Sets what an agent says by phone to be doing, in all these call centres or in none.
///
/// # Errors
/// As when it is said in the portal.
pub(crate) async fn set_by_phone(
    env: &Env,
    actor: &Actor,
    centres: &[VirtualUserId],
    user: UserId,
    code: AgentCode,
) -> Result<()> {
    let reason = match code {
        AgentCode::Unavailable { reason } => reason,
        AgentCode::SignIn | AgentCode::Available | AgentCode::SignOut => None,
    };
    let said = (code.state(), Reason::Dialled(reason));
    let mut tx = env.write().await?;
    for centre in centres {
        set_one(env, actor, tx.as_mut(), (*centre, user), said).await?;
    }
    Ok(tx.commit().await?)
}

async fn set_one(
    env: &Env,
    actor: &Actor,
    tx: &mut dyn Tx,
    (id, user): (VirtualUserId, UserId),
    said: (&str, Reason<'_>),
) -> Result<AgentSeat> {
    let (centre, seated) = seated(actor, tx, id).await?;
    may_set(actor, &centre, seated, user)?;
    let before = seat(tx, actor, id, user).await?;
    let since = env.now();
    let state = read(&centre, said, since)?;
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
    journal::write(env, tx, actor, action, subject, changes).await?;
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
fn read(
    centre: &CallCentre,
    (state, reason): (&str, Reason<'_>),
    now: Timestamp,
) -> Result<AgentState> {
    let wrong = |field, problem| Err(Error::field(field, problem));
    let codes = &centre.settings.codes;
    let code = match (state, reason) {
        ("unavailable", Reason::Typed(code)) => codes.read(code),
        ("unavailable", Reason::Dialled(place)) => codes.read_place(place),
        _ => Ok(None),
    };
    let code = code.map_err(|problem| Error::field(Field::Code, problem))?;
    let wrap_up = centre.settings.wrap_up_s;
    let until = wrap_up.map(|seconds| now.plus_seconds(seconds.into()));
    match AgentState::read(state, code, until) {
        Some(state) => Ok(state),
        None if state.is_empty() => wrong(Field::AgentState, Problem::Required),
        None => wrong(Field::AgentState, Problem::Unknown),
    }
}
