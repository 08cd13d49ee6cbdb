//! Who of a hunt group's members ring, in which order and for how long (G3); chance is an argument.

use std::cmp::Reverse;

use super::{Person, RING_SECONDS};
use crate::{Country, HuntGroup, HuntPolicy, RING_S, State, Timestamp, UserId, draws::Draws};

/// A hunt group and everything that routing asks of it.
#[derive(Clone, Debug)]
pub struct Hunting {
    /// The group; of its members, those who are not among the seats are gone in this very moment.
    pub group: HuntGroup,
    /// Where it is.
    pub country: Country,
    /// Its members, in the order of the list.
    pub seats: Vec<Seat>,
    /// A random number, for [`HuntPolicy::Weighted`].
    pub draw: u64,
}

/// A member, as far as routing asks.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Who.
    pub person: Person,
    /// Share of the calls with [`HuntPolicy::Weighted`], 0 to 100.
    pub weight: u8,
    /// When the member took a call of this group last; `None` is never.
    pub last_call: Option<Timestamp>,
    /// What is known of the member's phones.
    pub presence: Presence,
}

/// Whether a member's phones could ring at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    /// Whoever offers the call finds out.
    #[default]
    Unknown,
    /// A phone is logged in, and nobody is talking.
    Free,
    /// No phone is logged in.
    NotRegistered,
    /// On the phone.
    OnThePhone,
}

/// Why a member is not rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassedOver {
    /// Waits for activation (S7).
    Pending,
    /// The activation has failed.
    Failed,
    /// Without desk phone.
    WithoutPhone,
    /// Does not want to be disturbed.
    DoNotDisturb,
    /// No phone is logged in.
    NotRegistered,
    /// On the phone.
    OnThePhone,
}

/// Members who ring together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HuntStep {
    /// Who.
    pub members: Vec<UserId>,
    /// For how long, in seconds.
    pub seconds: u32,
}

/// How a group hunts for one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Plan {
    Ring(Vec<HuntStep>),
    /// Everybody who could be rung is on the phone.
    Busy,
    /// Nobody can be rung.
    Nobody,
}

impl Seat {
    /// Why the member is not rung; `None` when nothing is known against it. Forwards are not asked: a member's own never
    /// catch a call of the group.
    #[must_use]
    pub fn passed_over(&self, at: Timestamp, allows_call_waiting: bool) -> Option<PassedOver> {
        let Person { user, services, .. } = &self.person;
        match user.state {
            State::Pending => return Some(PassedOver::Pending),
            State::Failed { .. } => return Some(PassedOver::Failed),
            State::Activated { .. } => {}
        }
        if user.desk_phone_type.is_none() {
            return Some(PassedOver::WithoutPhone);
        }
        if services.is_undisturbed(at) {
            return Some(PassedOver::DoNotDisturb);
        }
        match self.presence {
            Presence::NotRegistered => Some(PassedOver::NotRegistered),
            Presence::OnThePhone if !allows_call_waiting => Some(PassedOver::OnThePhone),
            Presence::OnThePhone | Presence::Unknown | Presence::Free => None,
        }
    }
}

/// Who rings in which order. Everybody who is not passed over is in exactly one step.
pub(super) fn plan(hunting: &Hunting, at: Timestamp) -> Plan {
    let settings = &hunting.group.settings;
    let reason = |seat: &Seat| seat.passed_over(at, settings.allows_call_waiting);
    let free: Vec<UserId> = ordered(hunting)
        .into_iter()
        .filter(|seat| reason(seat).is_none())
        .map(|seat| seat.person.user.id)
        .collect();
    if free.is_empty() {
        let is_on_the_phone = |seat: &Seat| reason(seat) == Some(PassedOver::OnThePhone);
        return if hunting.seats.iter().any(is_on_the_phone) {
            Plan::Busy
        } else {
            Plan::Nobody
        };
    }
    let in_all = settings.no_answer.as_ref().map(|forward| forward.after_s);
    let until_given_up = in_all.map_or(RING_SECONDS, u32::from);
    let together = |members| HuntStep {
        members,
        seconds: until_given_up,
    };
    Plan::Ring(match (settings.policy, settings.skip_after_rings) {
        (HuntPolicy::Simultaneous, _) => vec![together(free)],
        (
            HuntPolicy::Circular | HuntPolicy::Regular | HuntPolicy::Uniform | HuntPolicy::Weighted,
            rings,
        ) => {
            let seconds = rings.map_or(until_given_up, |rings| u32::from(rings) * RING_S);
            let alone = |member| HuntStep {
                members: vec![member],
                seconds,
            };
            free.into_iter().map(alone).collect()
        }
    })
}

/// All seats in the order of the policy.
fn ordered(hunting: &Hunting) -> Vec<&Seat> {
    let seats = &hunting.seats;
    match hunting.group.settings.policy {
        HuntPolicy::Regular | HuntPolicy::Simultaneous => seats.iter().collect(),
        HuntPolicy::Circular => after_the_last(seats),
        HuntPolicy::Uniform => {
            let mut seats: Vec<&Seat> = seats.iter().collect();
            // Never comes before any time.
            seats.sort_by_key(|seat| seat.last_call);
            seats
        }
        HuntPolicy::Weighted => drawn(seats, hunting.draw),
    }
}

/// Beginning after the member who took the last call.
fn after_the_last(seats: &[Seat]) -> Vec<&Seat> {
    let taken = seats.iter().enumerate();
    let taken = taken.filter_map(|(place, seat)| Some((seat.last_call?, Reverse(place))));
    let first = taken.max().map_or(0, |(_, Reverse(place))| place + 1);
    let (before, after) = seats.split_at(first);
    after.iter().chain(before).collect()
}

/// Drawn by weight without putting back; those without weight follow in the order of the list.
fn drawn(seats: &[Seat], draw: u64) -> Vec<&Seat> {
    let (mut urn, without): (Vec<&Seat>, Vec<&Seat>) =
        seats.iter().partition(|seat| seat.weight > 0);
    let (mut drawn, mut draws) = (Vec::with_capacity(seats.len()), Draws::new(draw));
    loop {
        let weights: Vec<_> = urn.iter().map(|seat| seat.weight).collect();
        let Some(hit) = draws.by_weight(&weights) else {
            break;
        };
        drawn.push(urn.remove(hit));
    }
    drawn.extend(without);
    drawn
}
