//! What hunt groups do with their calls: each policy, everybody who is passed over, and where calls go then (G3, S7).

use proptest::prelude::*;
use uuid::Uuid;

use super::random::{AT, active, number, person, to, with};
use super::{
    Call, Cause, Decision, Dialled, Facts, Found, HuntStep, Hunting, Person, Presence,
    RING_SECONDS, Seat, Whose, Why, route,
};
use crate::{
    CallServices, Country, DoNotDisturb, EnterpriseId, FailureReason, ForwardAlways, ForwardTarget,
    Holder, HuntForward, HuntGroup, HuntGroupSettings, HuntPolicy, Period, SiteId, State,
    Timestamp, UserId, VirtualUser, VirtualUserId, VirtualUserKind,
};

const SALES: &str = "+492111239000";

fn sales() -> VirtualUserId {
    VirtualUserId(Uuid::from_u128(9_000))
}

fn seat(person: Person) -> Seat {
    Seat {
        person,
        weight: 0,
        last_call: None,
        presence: Presence::Free,
    }
}

/// A group of the first so many people.
fn group(policy: HuntPolicy, members: usize) -> Hunting {
    Hunting {
        group: HuntGroup {
            virtual_user: VirtualUser {
                id: sales(),
                kind: VirtualUserKind::HuntGroup,
                enterprise: EnterpriseId(Uuid::from_u128(1)),
                site: SiteId(Uuid::from_u128(2)),
                department: None,
                name: "Sales".parse().unwrap(),
                number: number(SALES),
                extension: "9000".parse().unwrap(),
                state: State::Activated { at: Timestamp(1) },
                version: 1,
                created_at: Timestamp(0),
            },
            settings: HuntGroupSettings {
                policy,
                ..HuntGroupSettings::default()
            },
            members: Vec::new(),
        },
        country: Country::Germany,
        seats: (0..members).map(with).map(seat).collect(),
        draw: 1,
    }
}

/// Somebody outside calls the group; these people are known besides.
fn hunted_among(hunting: &Hunting, people: &[Person]) -> Decision {
    let mut facts = Facts::default();
    facts.put_group(hunting.clone());
    facts.put_number(number(SALES), Whose::HuntGroup(sales()));
    for person in people {
        facts.put(person.clone(), AT);
    }
    let call = Call::from_outside(Dialled::Number(number(SALES)), AT);
    let found = Found::HuntGroup(Box::new(hunting.group.clone()));
    route(&call, &found, &facts)
}

fn hunted(hunting: &Hunting) -> Decision {
    hunted_among(hunting, &[])
}

fn steps(hunting: &Hunting) -> Vec<HuntStep> {
    match hunted(hunting) {
        Decision::Hunt { steps, .. } => steps,
        Decision::Ring { .. }
        | Decision::Forward { .. }
        | Decision::Attend { .. }
        | Decision::Trunk { .. }
        | Decision::Refuse(_) => Vec::new(),
    }
}

/// Who rings, one after another.
fn order(hunting: &Hunting) -> Vec<usize> {
    let members = steps(hunting).into_iter().flat_map(|step| step.members);
    let place = |id: UserId| (0..10).position(|nth| active(nth).id == id).unwrap();
    members.map(place).collect()
}

fn forwarded(cause: Cause, to: Decision) -> Decision {
    Decision::Forward {
        by: Holder::VirtualUser(sales()),
        cause,
        to: Box::new(to),
    }
}

fn rings(nth: usize) -> Decision {
    Decision::Ring {
        user: active(nth).id,
        seconds: RING_SECONDS,
        otherwise: Box::default(),
    }
}

#[test]
fn g3_regular_rings_one_after_another_from_the_first_each_as_often_as_said() {
    let mut group = group(HuntPolicy::Regular, 3);
    group.seats[0].last_call = Some(Timestamp(5));
    assert_eq!(order(&group), [0, 1, 2]);
    assert!(steps(&group).iter().all(|step| step.seconds == 24));
    group.group.settings.skip_after_rings = None;
    assert!(
        steps(&group)
            .iter()
            .all(|step| step.seconds == RING_SECONDS)
    );
}

#[test]
fn g3_circular_begins_after_the_member_who_took_the_last_call() {
    let mut group = group(HuntPolicy::Circular, 4);
    assert_eq!(order(&group), [0, 1, 2, 3], "nobody has taken a call yet");
    group.seats[1].last_call = Some(Timestamp(7));
    group.seats[2].last_call = Some(Timestamp(5));
    assert_eq!(order(&group), [2, 3, 0, 1]);
    group.seats[3].last_call = Some(Timestamp(9));
    assert_eq!(order(&group), [0, 1, 2, 3]);
}

#[test]
fn g3_simultaneous_rings_everybody_at_once_until_the_forward() {
    let mut group = group(HuntPolicy::Simultaneous, 3);
    let [step] = &steps(&group)[..] else {
        panic!("one step")
    };
    assert_eq!((step.members.len(), step.seconds), (3, RING_SECONDS));
    group.group.settings.no_answer = Some(HuntForward {
        after_s: 90,
        target: to(7),
    });
    assert_eq!(steps(&group)[0].seconds, 90);
}

#[test]
fn g3_uniform_begins_with_who_never_had_a_call_and_then_who_waits_longest() {
    let mut group = group(HuntPolicy::Uniform, 5);
    group.seats[0].last_call = Some(Timestamp(50));
    group.seats[1].last_call = Some(Timestamp(10));
    group.seats[3].last_call = Some(Timestamp(30));
    assert_eq!(order(&group), [2, 4, 1, 3, 0]);
}

#[test]
fn g3_weighted_draws_ten_thousand_calls_by_weight() {
    let mut group = group(HuntPolicy::Weighted, 4);
    for (seat, weight) in group.seats.iter_mut().zip([50, 30, 20, 0]) {
        seat.weight = weight;
    }
    let (mut first, mut second) = ([0.0f64; 4], [0.0f64; 4]);
    for draw in 0..10_000 {
        group.draw = draw;
        let order = order(&group);
        first[order[0]] += 1.0;
        second[order[1]] += 1.0;
        assert_eq!(
            order[3], 3,
            "without weight only when all others are passed over"
        );
    }
    for (drawn, expected) in first.into_iter().zip([5_000.0, 3_000.0, 2_000.0, 0.0]) {
        assert!((drawn - expected).abs() < 200.0, "{first:?}");
    }
    // Not put back: 0.3·0.5/0.7 + 0.2·0.5/0.8 and so on.
    for (drawn, expected) in second.into_iter().zip([3_393.0, 3_750.0, 2_857.0, 0.0]) {
        assert!((drawn - expected).abs() < 200.0, "{second:?}");
    }
    group.seats.truncate(0);
    assert_eq!(hunted(&group), Decision::Refuse(Why::NobodyThere));
}

#[test]
fn g3_s7_who_cannot_be_rung_is_passed_over_for_every_reason() {
    let undisturbed = CallServices {
        do_not_disturb: Some(DoNotDisturb { until: None }),
        ..CallServices::default()
    };
    let reason = FailureReason::NumberNotAssigned;
    for policy in HuntPolicy::ALL.iter().copied() {
        let mut group = group(policy, 7);
        group.seats[0].person.user.state = State::Pending;
        group.seats[1].person.user.state = State::Failed {
            reason: reason.clone(),
        };
        group.seats[2].person.user.desk_phone_type = None;
        group.seats[3].person.services = undisturbed.clone();
        group.seats[4].presence = Presence::NotRegistered;
        group.seats[5].presence = Presence::OnThePhone;
        assert_eq!(order(&group), [6], "{policy:?}");
        group.group.settings.allows_call_waiting = true;
        assert_eq!(order(&group), [5, 6], "{policy:?}");
    }
}

#[test]
fn g3_members_forwards_never_catch_the_call() {
    let mut group = group(HuntPolicy::Regular, 2);
    group.seats[0].person = person(
        0,
        CallServices {
            always: Some(ForwardAlways {
                target: to(7),
                period: Period::default(),
            }),
            ..CallServices::default()
        },
    );
    assert_eq!(order(&group), [0, 1]);
    let Decision::Hunt { otherwise, .. } = hunted(&group) else {
        panic!("nobody rings")
    };
    assert_eq!(*otherwise, super::Otherwise::default());
}

#[test]
fn g3_a_busy_group_rings_nobody_and_forwards_or_refuses() {
    for is_switched in [true, false] {
        let mut group = group(HuntPolicy::Regular, 2);
        group.group.settings.is_busy = is_switched;
        if !is_switched {
            group.seats[0].presence = Presence::OnThePhone;
            group.seats[1].presence = Presence::NotRegistered;
        }
        assert_eq!(hunted(&group), Decision::Refuse(Why::GroupBusy));
        group.group.settings.busy = Some(to(7));
        let expected = forwarded(Cause::GroupBusy, rings(7));
        assert_eq!(hunted_among(&group, &[with(7)]), expected);
    }
}

#[test]
fn g3_a_group_nobody_of_which_can_be_rung_forwards_or_refuses() {
    let mut nobody = group(HuntPolicy::Simultaneous, 2);
    for seat in &mut nobody.seats {
        seat.person.user.state = State::Pending;
    }
    for mut group in [nobody, group(HuntPolicy::Regular, 0)] {
        assert_eq!(hunted(&group), Decision::Refuse(Why::NobodyThere));
        group.group.settings.not_reachable = Some(to(7));
        let expected = forwarded(Cause::NobodyThere, rings(7));
        assert_eq!(hunted_among(&group, &[with(7)]), expected);
    }
}

#[test]
fn g3_forwarding_after_no_second_is_at_once_and_after_some_it_follows_the_rings() {
    let mut group = group(HuntPolicy::Regular, 2);
    for after_s in [0, 30] {
        group.group.settings.no_answer = Some(HuntForward {
            after_s,
            target: to(7),
        });
        match hunted_among(&group, &[with(7)]) {
            Decision::Hunt {
                forward_after,
                otherwise,
                ..
            } => {
                assert_eq!(forward_after, Some(30));
                assert_eq!(otherwise.no_answer, Some(rings(7)));
            }
            decision => assert_eq!(decision, forwarded(Cause::NoRings, rings(7))),
        }
    }
}

#[test]
fn s1_s2_a_group_that_is_not_active_rings_nobody() {
    let reason = FailureReason::NumberNotAssigned;
    for (state, why) in [
        (State::Pending, Why::Pending),
        (State::Failed { reason }, Why::Failed),
    ] {
        let mut group = group(HuntPolicy::Simultaneous, 2);
        group.group.virtual_user.state = state;
        assert_eq!(hunted(&group), Decision::Refuse(why));
    }
}

#[test]
fn a_forward_to_the_groups_number_hunts_and_one_back_to_who_forwarded_ends() {
    let mut group = group(HuntPolicy::Regular, 1);
    group.group.settings.not_reachable = Some(to(7));
    let to_sales = CallServices {
        always: Some(ForwardAlways {
            target: ForwardTarget::Number(number(SALES)),
            period: Period::default(),
        }),
        ..CallServices::default()
    };
    let ben = person(7, to_sales);
    let mut facts = Facts::default();
    facts.put(ben.clone(), AT);
    facts.put_group(group.clone());
    facts.put_number(number(SALES), Whose::HuntGroup(sales()));
    let call = Call::from_outside(Dialled::Number(ben.user.number.clone()), AT);
    let decision = route(&call, &Found::User(Box::new(ben.user)), &facts);
    let Decision::Forward { to, .. } = decision else {
        panic!("{decision:?}")
    };
    let Decision::Hunt { otherwise, .. } = *to else {
        panic!("{to:?}")
    };
    let loops = Decision::Refuse(Why::ForwardLoop);
    assert_eq!(otherwise.unreachable, Some(loops));
}

#[test]
fn g3_the_unknown_members_of_a_group_of_this_moment_refuse() {
    let group = group(HuntPolicy::Regular, 1);
    let call = Call::from_outside(Dialled::Number(number(SALES)), AT);
    let found = Found::HuntGroup(Box::new(group.group));
    let decision = route(&call, &found, &Facts::default());
    assert_eq!(decision, Decision::Refuse(Why::NobodyThere));
}

fn seats() -> impl Strategy<Value = Vec<Seat>> {
    let failed = State::Failed {
        reason: FailureReason::NumberNotAssigned,
    };
    let state = prop_oneof![
        Just(State::Pending),
        Just(failed),
        Just(State::Activated { at: Timestamp(1) }),
    ];
    let presence = prop_oneof![
        Just(Presence::Unknown),
        Just(Presence::Free),
        Just(Presence::NotRegistered),
        Just(Presence::OnThePhone),
    ];
    let last_call = proptest::option::of((0i64..5).prop_map(Timestamp));
    let one = (
        state,
        presence,
        last_call,
        0u8..=100,
        any::<bool>(),
        any::<bool>(),
    );
    proptest::collection::vec(one, 0..10).prop_map(|all| {
        let each = all.into_iter().enumerate();
        each.map(
            |(nth, (state, presence, last_call, weight, has_phone, undisturbed))| {
                let mut person = with(nth);
                person.user.state = state;
                person.user.desk_phone_type = person.user.desk_phone_type.filter(|_| has_phone);
                let dnd = DoNotDisturb { until: None };
                person.services.do_not_disturb = undisturbed.then_some(dnd);
                Seat {
                    person,
                    weight,
                    last_call,
                    presence,
                }
            },
        )
        .collect()
    })
}

proptest! {
    #[test]
    fn s7_g3_nobody_who_is_passed_over_is_in_any_step_and_everybody_else_is_once(
        seats in seats(),
        policy in proptest::sample::select(HuntPolicy::ALL),
        draw in any::<u64>(),
        allows_call_waiting in any::<bool>(),
    ) {
        let mut group = group(policy, 0);
        group.seats = seats;
        group.draw = draw;
        group.group.settings.allows_call_waiting = allows_call_waiting;
        let mut rung = order(&group);
        rung.sort_unstable();
        let seats = group.seats.iter().enumerate();
        let free = seats.filter(|(_, seat)| seat.passed_over(AT, allows_call_waiting).is_none());
        let expected: Vec<usize> = free.map(|(nth, _)| nth).collect();
        for nth in &rung {
            prop_assert!(group.seats[*nth].person.user.state.is_active());
        }
        prop_assert_eq!(rung, expected);
    }
}
