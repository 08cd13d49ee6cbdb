//! The operator's queue: everybody who is not active, in the whole installation.

use model::{Action, Cursor, Limit, Page, Target};
use store::NotActive;

use crate::{Actor, Env, Result};

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
