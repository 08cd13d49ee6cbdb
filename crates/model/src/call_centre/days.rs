//! A thousand random days of a call centre: every call is accounted for exactly once, and no agent is in two calls.

use proptest::prelude::*;

use super::{
    AgentState, CallCentreSettings, CallId, Codes, Event, Hours, NoAnswer, OfferId, OtherCall,
    OutOfHours, Overflow, OverflowTo, Stranded,
    world::{Line, World, agent},
};
use crate::{ForwardTarget, HuntPolicy};

/// Something that happens, so many milliseconds after what was before; `a` and `b` choose to whom.
#[derive(Clone, Copy, Debug)]
struct Deed {
    kind: u8,
    a: usize,
    b: usize,
    after_ms: i64,
}

fn deed() -> impl Strategy<Value = Deed> {
    let after = prop_oneof![2 => Just(0i64), 5 => 0i64..9_000, 1 => 0i64..120_000];
    (0u8..24, 0usize..64, 0usize..64, after).prop_map(|(kind, a, b, after_ms)| Deed {
        kind,
        a,
        b,
        after_ms,
    })
}

fn settings() -> impl Strategy<Value = CallCentreSettings> {
    let policy = proptest::sample::select(HuntPolicy::ALL);
    let queue = (policy, 0u16..6, 1u8..4, proptest::option::of(1u8..3));
    let pauses = (
        proptest::option::of(1u16..30),
        proptest::option::of(1u8..=25),
        proptest::option::of(prop_oneof![Just(0u16), 0u16..60]),
        proptest::option::of(10u16..60),
    );
    let exits = (
        0usize..3,
        0usize..5,
        0usize..3,
        any::<bool>(),
        any::<bool>(),
    );
    (queue, pauses, exits).prop_map(|(queue, pauses, exits)| build(queue, pauses, exits))
}

fn build(
    (policy, queue_length, rings, bounces): (HuntPolicy, u16, u8, Option<u8>),
    (wrap_up_s, guard_s, after_s, comfort_every_s): (
        Option<u16>,
        Option<u8>,
        Option<u16>,
        Option<u16>,
    ),
    (overflow, stranded, out, tells_position, personal): (usize, usize, usize, bool, bool),
) -> CallCentreSettings {
    let elsewhere = || ForwardTarget::Number("+492119999999".parse().unwrap());
    let overflows = [
        OverflowTo::Busy,
        OverflowTo::Transfer(elsewhere()),
        OverflowTo::RingOn,
    ];
    let strandeds = [
        Stranded::Wait,
        Stranded::Busy,
        Stranded::Transfer(elsewhere()),
        Stranded::NightService,
        Stranded::Announcement,
    ];
    let outs = [
        OutOfHours::Busy,
        OutOfHours::Transfer(elsewhere()),
        OutOfHours::Announcement,
    ];
    CallCentreSettings {
        policy,
        queue_length,
        bounce_after_rings: rings,
        unavailable_after_bounces: bounces,
        wrap_up_s,
        guard_s,
        overflow: Overflow {
            after_s,
            to: overflows[overflow].clone(),
        },
        stranded: strandeds[stranded].clone(),
        out_of_hours: outs[out].clone(),
        codes: Codes::default(),
        service_level_s: 20,
        personal_calls_are_busy: personal,
        tells_position,
        comfort_every_s,
        follows_hours: true,
    }
}

fn nth<T: Clone>(all: &[T], at: usize) -> Option<T> {
    (!all.is_empty()).then(|| all[at % all.len()].clone())
}

fn alive(world: &World) -> Vec<CallId> {
    let lines = world.lines.iter();
    let alive = lines.filter(|(_, line)| **line != Line::Gone);
    alive.map(|(call, _)| *call).collect()
}

fn state(which: usize, world: &World) -> AgentState {
    let code = || "Pause".parse().ok();
    match which % 7 {
        0 => AgentState::SignedOut,
        1 => AgentState::SignedIn,
        2 => AgentState::Unavailable { code: code() },
        3 => AgentState::WrapUp {
            until: Some(world.now.plus_seconds(7)),
        },
        4 => AgentState::WrapUp { until: None },
        _ => AgentState::Available,
    }
}

fn live_through(world: &mut World, deed: Deed) {
    let until = world.now.0 + deed.after_ms;
    world.until(crate::Timestamp(until));
    let agents = world.agents.len();
    let who = if agents == 0 { 0 } else { deed.a % agents };
    match deed.kind {
        0..7 => {
            let hours = if deed.a == 0 {
                Hours::Closed
            } else {
                Hours::Open
            };
            let id = u64::try_from(world.lines.len()).unwrap() + 1;
            world.call_at(id, hours);
        }
        7..9 => {
            if let Some(call) = nth(&alive(world), deed.a) {
                world.hang_up(call);
            }
        }
        9..13 => react(world, deed, None),
        13 => react(world, deed, nth(NoAnswer::ALL, deed.b)),
        14 => late_answer(world, deed.a),
        15 => fail_to_connect(world, deed.a),
        16 => announcement_over(world, deed.a),
        _ if agents == 0 => {}
        17..20 => {
            world.set(who, state(deed.b, world));
        }
        20 => {
            world.reach(who, !deed.b.is_multiple_of(3), deed.b.is_multiple_of(5));
        }
        21 => leave_or_come(world, who),
        _ => {
            let kinds = [OtherCall::Personal, OtherCall::OtherQueue];
            world.other_call(who, kinds[deed.b % 2], deed.b.is_multiple_of(3));
        }
    }
}

fn react(world: &mut World, deed: Deed, why: Option<NoAnswer>) {
    let rung: Vec<OfferId> = world.offers.keys().copied().collect();
    let Some(offer) = nth(&rung, deed.a) else {
        return;
    };
    let (call, _) = world.offers[&offer];
    match why {
        None => world.answer_offer(call, offer),
        Some(why) => {
            world.offers.remove(&offer);
            world.tell(Event::NotAnswered { call, offer, why })
        }
    };
}

/// The answer to something that was taken back already, or the second answer to one offer.
fn late_answer(world: &mut World, which: usize) {
    let past: Vec<_> = world.past_offers.iter().map(|(o, c)| (*o, *c)).collect();
    // The engine has told of it when it was withdrawn only a moment ago.
    let recent = past.len().saturating_sub(3);
    if let Some((offer, call)) = nth(&past[recent..], which)
        && !world.offers.contains_key(&offer)
    {
        world.answer_late(call, offer);
    }
}

fn fail_to_connect(world: &mut World, which: usize) {
    let talking = world.lines.iter().filter_map(|(call, line)| match line {
        Line::Talking(_, offer) => Some((*call, *offer)),
        Line::Waiting | Line::Gone => None,
    });
    if let Some((call, offer)) = nth(&talking.collect::<Vec<_>>(), which) {
        world.fail_to_connect(call, offer);
    }
}

fn announcement_over(world: &mut World, which: usize) {
    if let Some(call) = nth(&alive(world), which) {
        world.tell(Event::AnnouncementOver { call });
    }
}

/// An agent is taken from the list, and comes back at its end the next time.
fn leave_or_come(world: &mut World, who: usize) {
    let mut seats = world.agents.clone();
    let is_seated = world.queue.seats().iter().any(|s| s.agent == agent(who));
    if is_seated {
        seats.retain(|seat| seat.agent != agent(who));
    } else {
        world.agents[who].state = AgentState::Available;
        seats = world.agents.clone();
    }
    let settings = Box::new(world.settings.clone());
    world.tell(Event::Changed { settings, seats });
    for seat in world.queue.seats().to_vec() {
        let own = world.agents.iter_mut().find(|own| own.agent == seat.agent);
        let own = own.unwrap();
        (own.state, own.personal_calls) = (seat.state, seat.personal_calls);
        own.other_queue_calls = seat.other_queue_calls;
    }
}

fn end_the_day(world: &mut World) {
    for call in alive(world) {
        world.hang_up(call);
    }
    world.pass_s(7200);
    assert!(world.queue.is_empty());
    assert_eq!(world.records.len(), world.lines.len());
    assert!(world.offers.is_empty());
    for record in world.records.values() {
        assert!(record.entered_at <= record.left_at);
        // One may be answered in the moment in which it comes back, and then not be connected.
        assert!(record.bounces <= 2 * record.offers);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn g4_on_a_random_day_every_call_is_accounted_for_once_and_no_agent_is_in_two(
        settings in settings(),
        agents in 0usize..6,
        deeds in proptest::collection::vec(deed(), 1..120),
    ) {
        let mut world = World::with(settings, agents);
        for deed in deeds {
            live_through(&mut world, deed);
        }
        end_the_day(&mut world);
    }
}
