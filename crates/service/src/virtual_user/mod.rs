//! What hunt groups and call centres have in common: number, extension, activation, deletion.

mod activation;
mod delete;

pub use activation::{cancel, decide, may_cancel, queue};
pub(crate) use activation::{enqueue, run};
pub use delete::Deletion;
pub(crate) use delete::{deletable, preview, remove};

use model::{Action, Target, VirtualUser, VirtualUserId};
use store::Tx;

use crate::{Actor, Error, Result, journal::Subject};

/// A virtual user that the actor may do this to.
pub(crate) async fn find(
    actor: &Actor,
    tx: &mut dyn Tx,
    id: VirtualUserId,
    action: Action,
) -> Result<VirtualUser> {
    let found = tx.virtual_user().get(actor.tenant(), id).await?;
    let found = found.ok_or(Error::NotFound)?;
    actor.authorise(action, Target::Site(found.enterprise, found.site))?;
    Ok(found)
}

impl Subject {
    pub(crate) fn virtual_user(virtual_user: &VirtualUser) -> Self {
        Self {
            enterprise: Some(virtual_user.enterprise),
            site: Some(virtual_user.site),
            id: virtual_user.id.0,
            name: virtual_user.name.to_string(),
        }
    }
}
