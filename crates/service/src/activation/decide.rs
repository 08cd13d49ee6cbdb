//! The operator decides about a user that is not active (S3, S4).

use model::{
    Action, Event, FailureReason, Field, JobId, JournalAction, Label, Problem, State, User, UserId,
};
use store::{JobKind, Tenant, Tx};

use super::{
    apply,
    count::{self, By},
};
use crate::{Actor, Env, Error, Result, user::remove};

/// What the operator has decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The user is active from now on.
    Activate,
    /// It is impossible, and why.
    Fail {
        /// One of [`FailureReason::CHOICES`] by its name, or what the administrator will read.
        reason: String,
    },
    /// The back end is to be asked again.
    Retry,
}

/// Carries the decision out.
///
/// # Errors
/// `Forbidden` for all but the operator, `AlreadyActive`, `Invalid` for a failure without a reason.
pub async fn decide(env: &Env, actor: &Actor, id: UserId, decision: &Decision) -> Result<User> {
    let mut tx = env.write().await?;
    let user = actor
        .user(tx.as_mut(), id, Action::DecideActivation)
        .await?;
    let event = match decision {
        Decision::Activate => Event::Activate { at: env.now() },
        Decision::Fail { reason } => Event::Fail {
            reason: operator_reason(reason)?,
        },
        Decision::Retry => Event::Retry,
    };
    let job = JobId(env.id());
    let job = open_order(tx.as_mut(), &user).await?.unwrap_or(job);
    let user = apply(env, tx.as_mut(), actor, user, event.clone()).await?;
    tx.job().delete_activation(id).await?;
    if *decision == Decision::Retry {
        let kind = JobKind::Activation(id);
        tx.job().insert(job, kind, env.now()).await?;
    }
    tx.commit().await?;
    count::count(By::Operator, &event);
    Ok(user)
}

/// The job of the order that a Pending user has at the carrier: trying again sends the same order.
async fn open_order(tx: &mut dyn Tx, user: &User) -> Result<Option<JobId>> {
    if user.state != State::Pending {
        return Ok(None);
    }
    let progress = tx.activation().get(Tenant::Installation, user.id).await?;
    let order = progress.and_then(|progress| progress.order);
    Ok(order.map(|order| JobId(order.id.0)))
}

/// One of the choices by its name, or the operator's own words.
pub(crate) fn operator_reason(text: &str) -> Result<FailureReason> {
    let mut choices = FailureReason::CHOICES.into_iter();
    if let Some(choice) = choices.find(|choice| choice.to_string() == text) {
        return Ok(choice);
    }
    let reason: std::result::Result<Label, Problem> = text.parse();
    reason
        .map(|reason| FailureReason::Operator(reason.to_string()))
        .map_err(|problem| Error::field(Field::Reason, problem))
}

/// The user that [`cancel`] would remove.
///
/// # Errors
/// `Forbidden` for all but the operator, `AlreadyActive`.
pub async fn may_cancel(env: &Env, actor: &Actor, id: UserId) -> Result<User> {
    let mut tx = env.read().await?;
    cancellable(tx.as_mut(), actor, id).await
}

async fn cancellable(tx: &mut dyn Tx, actor: &Actor, id: UserId) -> Result<User> {
    let user = actor.user(tx, id, Action::DecideActivation).await?;
    if user.state.is_active() {
        return Err(Error::AlreadyActive);
    }
    Ok(user)
}

/// Removes a user that was never active: number, licence and login become free (S4).
///
/// # Errors
/// `Forbidden` for all but the operator, `AlreadyActive`.
pub async fn cancel(env: &Env, actor: &Actor, id: UserId) -> Result<()> {
    let mut tx = env.write().await?;
    let user = cancellable(tx.as_mut(), actor, id).await?;
    remove(env, tx.as_mut(), actor, &user, JournalAction::UserCancelled).await?;
    Ok(tx.commit().await?)
}
