//! Activation (S3, S4): asked for by a job, answered by a back end or by the operator.

mod back_end;
mod decide;
mod queue;
mod run;

pub use back_end::BackEnd;
pub use decide::{Decision, cancel, decide};
pub use queue::{count, queue};
pub(crate) use run::run;

use model::{Change, Event, JournalAction, State, User};
use store::{Tenant, Tx};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// Applies an event to a user's state and writes it down.
async fn apply(
    env: &Env,
    tx: &mut dyn Tx,
    actor: &Actor,
    user: User,
    event: Event,
) -> Result<User> {
    let action = match &event {
        Event::Activate { .. } => JournalAction::UserActivated,
        Event::Fail { .. } => JournalAction::UserActivationFailed,
        Event::Retry => JournalAction::UserActivationRetried,
    };
    let state = user.state.on(event).map_err(|_| Error::AlreadyActive)?;
    if !tx
        .user()
        .update_state(Tenant::Installation, user.id, &state, user.version)
        .await?
    {
        return Err(Error::Changed);
    }
    let mut changes = vec![Change::from_to("state", user.state.name(), state.name())];
    if let State::Failed { reason } = &state {
        changes.push(Change::new("state_reason", reason));
    }
    journal::write(env, tx, actor, action, Subject::user(&user), changes).await?;
    Ok(User {
        state,
        version: user.version + 1,
        ..user
    })
}
