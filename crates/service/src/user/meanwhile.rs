//! What others have done to a user since somebody looked at it.

use model::{JournalEntry, Limit, UserId};

use crate::{
    Actor, Env, Result,
    journal::{self, Wanted},
    user,
};

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
    let user = user::get(env, actor, id).await?;
    let newer = usize::try_from((user.version - version).clamp(0, MOST)).unwrap_or_default();
    let wanted = Wanted {
        user: Some(id),
        limit: Limit::new(newer),
        ..Wanted::default()
    };
    let mut entries = journal::list(env, actor, wanted).await?;
    entries.truncate(newer);
    Ok(entries)
}
