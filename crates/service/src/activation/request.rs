//! An administrator asks the operator to look at a failed activation (S4).

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};
use model::{
    Action, ActivationRequest, Change, Field, JournalAction, Message, Progress, State, UserId,
};

/// What became of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What the operator sees.
    pub request: ActivationRequest,
    /// Whether it was asked now; else somebody has asked within the last day, and that stays.
    pub is_new: bool,
}

/// Puts the user first in the operator's queue, with a message.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `NotFailed` unless the activation has failed, `Invalid` for a message that is too long.
pub async fn request(env: &Env, actor: &Actor, id: UserId, message: &str) -> Result<Asked> {
    let mut tx = env.write().await?;
    let user = actor
        .user(tx.as_mut(), id, Action::RequestActivation)
        .await?;
    if !matches!(user.state, State::Failed { .. }) {
        return Err(Error::NotFailed);
    }
    let message =
        Message::optional(message).map_err(|problem| Error::field(Field::Message, problem))?;
    let earlier = tx.activation().get(actor.tenant(), id).await?;
    let earlier = earlier.and_then(|progress| progress.request);
    if let Some(request) = earlier.filter(|request| request.is_recent(env.now())) {
        return Ok(Asked {
            request,
            is_new: false,
        });
    }
    let request = ActivationRequest {
        at: env.now(),
        by: actor.name().to_owned(),
        message,
    };
    tx.activation()
        .put_request(actor.tenant(), id, &request)
        .await?;
    let subject = Subject::user(&user);
    let action = JournalAction::UserActivationRequested;
    journal::write(env, tx.as_mut(), actor, action, subject, told(&request)).await?;
    tx.commit().await?;
    Ok(Asked {
        request,
        is_new: true,
    })
}

fn told(request: &ActivationRequest) -> Vec<Change> {
    let message = request.message.as_ref();
    message
        .map(|message| Change::new(Field::Message.id(), message))
        .into_iter()
        .collect()
}

/// How far the activation of a user has come.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn progress(env: &Env, actor: &Actor, id: UserId) -> Result<Progress> {
    let mut tx = env.read().await?;
    actor.user(tx.as_mut(), id, Action::ListUsers).await?;
    let progress = tx.activation().get(actor.tenant(), id).await?;
    progress.ok_or(Error::NotFound)
}
