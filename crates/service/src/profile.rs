//! A user's profile: looking at it and setting it, in any state (S6).

use model::{Action, JournalAction, Profile, ProfileDraft, User, UserId};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// The user and the profile.
///
/// # Errors
/// `NotFound` for users the actor may not know of, `Forbidden` for the operator.
pub async fn get(env: &Env, actor: &Actor, id: UserId) -> Result<(User, Profile)> {
    let mut tx = env.read().await?;
    let user = actor.user(tx.as_mut(), id, Action::SetProfile).await?;
    let profile = tx.profile().get(actor.tenant(), id).await?;
    Ok((user, profile))
}

/// Sets the profile, unless it has changed since `expected_version`.
///
/// # Errors
/// `NotFound` for users the actor may not know of, `Forbidden` for the operator, `Invalid`, `Changed`.
pub async fn set(
    env: &Env,
    actor: &Actor,
    id: UserId,
    draft: &ProfileDraft,
    expected_version: Option<i64>,
) -> Result<Profile> {
    let mut tx = env.write().await?;
    let user = actor.user(tx.as_mut(), id, Action::SetProfile).await?;
    let now = tx.profile().get(actor.tenant(), id).await?;
    if expected_version.is_some_and(|version| version != now.version) {
        return Err(Error::Changed);
    }
    let wanted = draft.check(&now)?;
    let changes = now.differences(&wanted);
    if changes.is_empty() {
        return Ok(now);
    }
    if !tx.profile().update(actor.tenant(), id, &wanted).await? {
        return Err(Error::Changed);
    }
    let (action, subject) = (JournalAction::ProfileSet, Subject::user(&user));
    journal::write(env, tx.as_mut(), actor, action, subject, changes).await?;
    tx.commit().await?;
    Ok(Profile {
        version: wanted.version + 1,
        ..wanted
    })
}
