//! The operator decides about a user that is not active (S3, S4).

use model::{
    Action, Event, FailureReason, Field, JobId, JournalAction, Label, Problem, User, UserId,
};
use store::JobKind;

use super::apply;
use crate::{Actor, Env, Error, Result, user::remove};

/// What the operator has decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The user is active from now on.
    Activate,
    /// It is impossible, and why.
    Fail {
        /// What the administrator will read.
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
    let user = apply(env, tx.as_mut(), actor, user, event).await?;
    if *decision == Decision::Retry {
        tx.job()
            .insert(JobId(env.id()), JobKind::Activation(id), env.now())
            .await?;
    }
    tx.commit().await?;
    Ok(user)
}

fn operator_reason(text: &str) -> Result<FailureReason> {
    let reason: std::result::Result<Label, Problem> = text.parse();
    reason
        .map(|reason| FailureReason::Operator(reason.to_string()))
        .map_err(|problem| Error::field(Field::Reason, problem))
}

/// Removes a user that was never active: number, licence and login become free (S4).
///
/// # Errors
/// `Forbidden` for all but the operator, `AlreadyActive`.
pub async fn cancel(env: &Env, actor: &Actor, id: UserId) -> Result<()> {
    let mut tx = env.write().await?;
    let user = actor
        .user(tx.as_mut(), id, Action::DecideActivation)
        .await?;
    if user.state.is_active() {
        return Err(Error::AlreadyActive);
    }
    remove(env, tx.as_mut(), actor, &user, JournalAction::UserCancelled).await?;
    Ok(tx.commit().await?)
}
