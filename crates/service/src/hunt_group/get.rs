//! Looks at one hunt group.

use std::collections::HashMap;

use model::{
    Action, ForwardKind, HuntGroup, HuntGroupDraft, SiteId, Target, TypedMember, Verdict,
    VirtualUserId, allows,
};
use store::{Place, Seat, Tenant, Tx};

use crate::{
    Actor, Env, Error, Result,
    forward_target::{self, NamedTarget},
};

/// A hunt group with the names that go with it.
#[derive(Clone, Debug)]
pub struct HuntGroupView {
    /// The group.
    pub group: HuntGroup,
    /// Where it is.
    pub place: Place,
    /// Its members, in order.
    pub seats: Vec<SeatView>,
    /// Whether the actor may change and delete it.
    pub may_manage: bool,
    targets: HashMap<ForwardKind, NamedTarget>,
}

/// A member as the actor may know them.
#[derive(Clone, Debug)]
pub struct SeatView {
    /// Who.
    pub seat: Seat,
    /// Whether the actor may be told the name.
    pub is_named: bool,
}

impl SeatView {
    /// Whether the seat waits for its member's activation (S7).
    #[must_use]
    pub fn is_live_from_activation(&self) -> bool {
        !self.seat.state.is_active()
    }
}

impl HuntGroupView {
    /// Where calls of a kind go, in words.
    #[must_use]
    pub fn target(&self, kind: ForwardKind) -> Option<&NamedTarget> {
        self.targets.get(&kind)
    }

    /// What would have to be typed for this group.
    #[must_use]
    pub fn draft(&self) -> HuntGroupDraft {
        HuntGroupDraft::of(&self.group, |kind| {
            let target = self.target(kind);
            target
                .map(|target| target.typed.clone())
                .unwrap_or_default()
        })
    }

    /// How many members wait for their activation (S7).
    #[must_use]
    pub fn waiting(&self) -> usize {
        let seats = self.seats.iter();
        seats.filter(|seat| seat.is_live_from_activation()).count()
    }
}

/// The hunt group of a site.
///
/// # Errors
/// `NotFound` for groups the actor may not know of, `Forbidden` by role (R4).
pub async fn get(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    id: VirtualUserId,
) -> Result<HuntGroupView> {
    let mut tx = env.read().await?;
    view(actor, tx.as_mut(), (site, id)).await
}

/// A member of a form that is being filled in, as the actor may know them.
#[derive(Clone, Debug)]
pub struct DraftSeat {
    /// What the form holds.
    pub typed: TypedMember,
    /// First and last name; `None` for whom the actor may not know.
    pub name: Option<String>,
    /// Extension; empty for whom the actor may not know.
    pub extension: String,
    /// Whether the seat waits for its member's activation (S7).
    pub is_live_from_activation: bool,
}

/// The members of a form with their names; whoever is nobody of the enterprise is left out.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn draft_seats(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    members: &[TypedMember],
) -> Result<Vec<DraftSeat>> {
    let mut tx = env.read().await?;
    let action = Action::ViewVirtualUsers;
    let place = actor.site(tx.as_mut(), site, action).await?;
    let tenant = Tenant::Enterprise(place.enterprise.id);
    let mut seats = Vec::new();
    for typed in members.iter().take(model::MOST_MEMBERS + 1) {
        let Ok(id) = typed.user.parse() else {
            continue;
        };
        let Some(user) = tx.user().get(tenant, id).await? else {
            continue;
        };
        let is_named = actor.may_name(user.enterprise, user.site);
        seats.push(DraftSeat {
            typed: typed.clone(),
            name: is_named.then(|| user.full_name()),
            extension: is_named
                .then(|| user.extension.to_string())
                .unwrap_or_default(),
            is_live_from_activation: !user.state.is_active(),
        });
    }
    Ok(seats)
}

/// The group with its site, for an actor who may do this.
pub(super) async fn find(
    actor: &Actor,
    tx: &mut dyn Tx,
    (site, id): (SiteId, VirtualUserId),
    action: Action,
) -> Result<(Place, HuntGroup)> {
    let place = actor.site(tx, site, action).await?;
    let group = tx.hunt_group().get(actor.tenant(), id).await?;
    let group = group.filter(|group| group.virtual_user.site == site);
    Ok((place, group.ok_or(Error::NotFound)?))
}

pub(super) async fn view(
    actor: &Actor,
    tx: &mut dyn Tx,
    place_of: (SiteId, VirtualUserId),
) -> Result<HuntGroupView> {
    let action = Action::ViewVirtualUsers;
    let (place, group) = find(actor, tx, place_of, action).await?;
    let tenant = Tenant::Enterprise(place.enterprise.id);
    let seats = tx.hunt_group().list_seats(tenant, place_of.1).await?;
    let seat = |seat: Seat| SeatView {
        is_named: actor.may_name(seat.enterprise, seat.site),
        seat,
    };
    let site = Target::Site(place.enterprise.id, place.site.id);
    let may_manage = allows(actor.grant(), Action::ManageVirtualUsers, site);
    Ok(HuntGroupView {
        targets: targets(tx, &group).await?,
        seats: seats.into_iter().map(seat).collect(),
        may_manage: may_manage == Verdict::Allowed,
        group,
        place,
    })
}

/// The targets of a group's forwards, in words.
pub(super) async fn targets(
    tx: &mut dyn Tx,
    group: &HuntGroup,
) -> Result<HashMap<ForwardKind, NamedTarget>> {
    let mut targets = HashMap::new();
    let enterprise = group.virtual_user.enterprise;
    for (kind, target) in group.settings.targets() {
        if let Some(named) = forward_target::named(tx, enterprise, target).await? {
            targets.insert(kind, named);
        }
    }
    Ok(targets)
}
