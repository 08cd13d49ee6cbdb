//! Removes music or an announcement; the site's or ours is heard again.

use model::{Action, AudioKind, AudioOwner, Change, JournalAction};

use super::find;
use crate::{Actor, Env, Error, Result, journal};

/// Removes the owner's own sound of this kind.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `NotFound` when it has none.
pub async fn remove(env: &Env, actor: &Actor, owner: AudioOwner, kind: AudioKind) -> Result<()> {
    let mut tx = env.write().await?;
    let owned = find(actor, tx.as_mut(), owner, Action::ManageVirtualUsers).await?;
    let mut own = tx.audio().list(actor.tenant(), owner).await?.into_iter();
    let file = own.find(|file| file.kind == kind).ok_or(Error::NotFound)?;
    if !tx.audio().delete(actor.tenant(), owner, kind).await? {
        return Err(Error::NotFound);
    }
    let change = Change {
        field: kind.field().id().to_owned(),
        before: Some(file.name.to_string()),
        after: None,
    };
    let action = JournalAction::AudioRemoved;
    journal::write(env, tx.as_mut(), actor, action, owned.subject, vec![change]).await?;
    Ok(tx.commit().await?)
}
