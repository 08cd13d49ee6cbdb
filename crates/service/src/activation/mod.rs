//! Activation (S3, S4): asked for by a job, answered by a back end, by the carrier or by the operator.

mod back_end;
mod carrier;
mod count;
mod decide;
mod queue;
mod report;
mod request;
mod run;
mod signature;

pub use back_end::BackEnd;
pub use carrier::{Carrier, Post, Posted, Posting};
pub(crate) use decide::operator_reason;
pub use decide::{Decision, cancel, decide, may_cancel};
pub use queue::{Waiting, count, oldest_age_s, queue};
pub use report::{Outcome, Report, authenticate, report};
pub use request::{Asked, progress, request};
pub(crate) use run::{remind, run};
pub use signature::{Signed, TOLERANCE_S, Unusable, WebhookSecret};

use model::{Change, Event, JournalAction, State, User};
use store::{Tenant, Tx};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// Applies an event to a user's state and writes it down. Whatever was waited for or asked is answered by it; only trying again
/// what is under way leaves the order at the carrier open.
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
    let goes_on = user.state == State::Pending && event == Event::Retry;
    let state = user.state.on(event).map_err(|_| Error::AlreadyActive)?;
    if !tx
        .user()
        .update_state(Tenant::Installation, user.id, &state, user.version)
        .await?
    {
        return Err(Error::Changed);
    }
    if !goes_on {
        tx.activation().settle(user.id, env.now()).await?;
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
