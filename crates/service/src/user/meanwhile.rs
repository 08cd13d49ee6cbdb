//! What others have done to a user since somebody looked at it.

use model::{Action, JournalEntry, Limit, UserId};
use store::JournalScope;

use crate::{Actor, Env, Result};

/// No more entries than this are told.
const MOST: i64 = 20;

/// The journal of a user since a version of it, the newest entry first: each version has one entry.
///
/// # Errors
/// `NotFound` for users the actor may not know of, `Forbidden` by role.
pub async fn meanwhile(
    env: &Env,
    actor: &Actor,
    id: UserId,
    version: i64,
) -> Result<Vec<JournalEntry>> {
    let mut tx = env.read().await?;
    let user = actor.user(tx.as_mut(), id, Action::ViewJournal).await?;
    let newer = usize::try_from((user.version - version).clamp(0, MOST)).unwrap_or_default();
    if newer == 0 {
        return Ok(Vec::new());
    }
    let scope = JournalScope::Entity(user.enterprise, user.id.0);
    Ok(tx.journal().list(scope, None, Limit::new(newer)).await?)
}
