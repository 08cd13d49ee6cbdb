//! Deletes virtual users: what belongs to one goes with it, its number is free in the same moment (D2).

use model::{Action, Change, JournalAction, VirtualUser, VirtualUserId, VirtualUserKind};
use store::{ForwardOf, Tx};

use super::find;
use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// What deleting a virtual user removes, as far as all kinds are alike (D4).
#[derive(Debug)]
pub struct Deletion {
    /// The virtual user; number and extension become free.
    pub virtual_user: VirtualUser,
    /// Forwards of colleagues and groups to its number, which end.
    pub forwards: Vec<ForwardOf>,
}

/// The virtual user of this kind, for an actor who may delete it now.
pub(crate) async fn deletable(
    actor: &Actor,
    tx: &mut dyn Tx,
    (kind, id): (VirtualUserKind, VirtualUserId),
) -> Result<VirtualUser> {
    let found = find(actor, tx, id, Action::ManageVirtualUsers).await?;
    if found.kind != kind {
        return Err(Error::NotFound);
    }
    if !found.state.is_active() {
        return Err(Error::NotActive);
    }
    Ok(found)
}

/// What deleting it would remove; where the actor does not know who forwards, nothing is told.
pub(crate) async fn preview(
    actor: &Actor,
    tx: &mut dyn Tx,
    virtual_user: VirtualUser,
) -> Result<Deletion> {
    let (enterprise, number) = (virtual_user.enterprise, &virtual_user.number);
    let forwards = tx.virtual_user().list_forwards_to(enterprise, number);
    let mut forwards = forwards.await?;
    forwards.retain(|forward| {
        forward.holder.id() != virtual_user.id.0 && actor.may_name(forward.enterprise, forward.site)
    });
    Ok(Deletion {
        virtual_user,
        forwards,
    })
}

/// Removes a virtual user. Forwards to its number end with it: whoever gets the number next is somebody else.
pub(crate) async fn remove(
    env: &Env,
    tx: &mut dyn Tx,
    actor: &Actor,
    virtual_user: &VirtualUser,
    action: JournalAction,
) -> Result<()> {
    let VirtualUser {
        id,
        enterprise,
        number,
        extension,
        version,
        ..
    } = virtual_user;
    // Its own version would rise with a forward of its own.
    if !tx
        .virtual_user()
        .delete(actor.tenant(), *id, *version)
        .await?
    {
        return Err(Error::Changed);
    }
    tx.virtual_user()
        .delete_forwards_to(*enterprise, number)
        .await?;
    let gone = |field: &str, before: String| Change {
        field: field.to_owned(),
        before: Some(before),
        after: None,
    };
    let changes = vec![
        gone("name", virtual_user.name.to_string()),
        gone("number", number.to_string()),
        gone("extension", extension.to_string()),
    ];
    let subject = Subject::virtual_user(virtual_user);
    journal::write(env, tx, actor, action, subject, changes).await
}
