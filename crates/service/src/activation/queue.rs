//! The operator's queue: everybody who is not active, in the whole installation.

use model::{Action, Cursor, Limit, Page, Target};
use store::NotActive;

use crate::{Actor, Env, Result};

/// How many users are Pending and how many Failed.
///
/// # Errors
/// `Forbidden` for all but the operator.
pub async fn count(env: &Env, actor: &Actor) -> Result<(i64, i64)> {
    actor.authorise(Action::DecideActivation, Target::Installation)?;
    Ok(env.read().await?.user().count_not_active().await?)
}

/// Pending and Failed users, the oldest first.
///
/// # Errors
/// `Forbidden` for all but the operator.
pub async fn queue(
    env: &Env,
    actor: &Actor,
    cursor: Option<&Cursor>,
    limit: Limit,
) -> Result<Page<NotActive>> {
    actor.authorise(Action::DecideActivation, Target::Installation)?;
    Ok(env
        .read()
        .await?
        .user()
        .list_not_active(cursor, limit)
        .await?)
}
