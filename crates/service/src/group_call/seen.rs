//! Who may see the calls of which group, and whose names (R4).

use model::{Action, Grant, GroupKind, Membership, Target, VirtualUserId};
use store::{Member, Tx};
use uuid::Uuid;

use crate::{Actor, Error, Result, call_centre};

/// A group whose calls the actor may see.
pub(super) struct Seen {
    /// The group.
    pub(super) group: Membership,
    /// Seconds within which calls are to be answered; nought where nothing is set.
    pub(super) service_level_s: u16,
    /// Members are named whichever site they are at.
    names_all: bool,
}

/// # Errors
/// `NotFound` for groups the actor may not know of, `Forbidden` by role.
pub(super) async fn seen(actor: &Actor, tx: &mut dyn Tx, id: Uuid) -> Result<Seen> {
    let group = tx.group_call().group(actor.tenant(), id).await?;
    let group = group.ok_or(Error::NotFound)?;
    let action = match group.kind {
        GroupKind::CallCentre => {
            let centre = call_centre::watched(actor, tx, VirtualUserId(id)).await?;
            return Ok(Seen {
                group,
                service_level_s: centre.settings.service_level_s,
                names_all: true,
            });
        }
        GroupKind::HuntGroup => Action::ViewVirtualUsers,
        GroupKind::PickupGroup | GroupKind::ParkGroup => Action::ViewTeams,
    };
    actor.authorise(action, Target::Site(group.enterprise, group.site))?;
    Ok(Seen {
        group,
        service_level_s: 0,
        names_all: !matches!(actor.grant(), Grant::SiteAdmin(..)),
    })
}

impl Seen {
    /// The member as the actor may know them; without a name when not.
    pub(super) fn told(&self, actor: &Actor, mut member: Member) -> Member {
        let is_own = |site| actor.may_name(self.group.enterprise, site);
        if !self.names_all && !member.site.is_some_and(is_own) {
            member.name.clear();
        }
        member
    }
}
