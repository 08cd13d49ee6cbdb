//! Deletes a hunt group: its number and extension are free in the same moment (D2, D4).

use model::{JournalAction, SiteId, VirtualUserId, VirtualUserKind};

use crate::{
    Actor, Env, Error, Result,
    virtual_user::{self, deletable, preview, remove},
};

/// What deleting a hunt group removes, and whom to tell (D4).
#[derive(Debug)]
pub struct Deletion {
    /// Number, extension and the forwards that end.
    pub of: virtual_user::Deletion,
    /// Names of the people who might need to be told: its members, and who forwards to it.
    pub tell: Vec<String>,
}

/// What deleting it would remove.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `NotActive` until the group is active (S5).
pub async fn deletion_preview(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    id: VirtualUserId,
) -> Result<Deletion> {
    let mut tx = env.read().await?;
    let kind = VirtualUserKind::HuntGroup;
    let found = deletable(actor, tx.as_mut(), (kind, id)).await?;
    if found.site != site {
        return Err(Error::NotFound);
    }
    let seats = tx.hunt_group().list_seats(actor.tenant(), id).await?;
    let of = preview(actor, tx.as_mut(), found).await?;
    let mut known = std::collections::HashSet::new();
    let members = seats
        .into_iter()
        .filter(|seat| actor.may_name(seat.enterprise, seat.site))
        .map(|seat| (seat.member.user.0, seat.name));
    let forwarding = of.forwards.iter();
    let forwarding = forwarding
        .filter(|forward| forward.holder.user().is_some())
        .map(|forward| (forward.holder.id(), forward.name.clone()));
    let all = members.chain(forwarding);
    let once = all.filter(|(id, _)| known.insert(*id));
    let tell = once.map(|(_, name)| name).collect();
    Ok(Deletion { of, tell })
}

/// Deletes the group, unless it has changed since `expected_version`.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `NotActive` until the group is active (S5), `Changed`.
pub async fn delete(
    env: &Env,
    actor: &Actor,
    (site, id): (SiteId, VirtualUserId),
    expected_version: Option<i64>,
) -> Result<()> {
    let mut tx = env.write().await?;
    let kind = VirtualUserKind::HuntGroup;
    let found = deletable(actor, tx.as_mut(), (kind, id)).await?;
    if found.site != site {
        return Err(Error::NotFound);
    }
    if expected_version.is_some_and(|version| version != found.version) {
        return Err(Error::Changed);
    }
    let action = JournalAction::HuntGroupDeleted;
    remove(env, tx.as_mut(), actor, &found, action).await?;
    Ok(tx.commit().await?)
}
