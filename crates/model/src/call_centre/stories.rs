//! What happens in a call centre, told one by one.

use super::{
    Action, AgentDeed, AgentState, CallCentreSettings, CallId, Cause, CodeUse, Departure, Event,
    Hours, NoAnswer, OtherCall, OutOfHours, Overflow, OverflowTo, Sound, Stranded, WallTalk,
    world::{Line, World, agent},
};
use crate::{ForwardTarget, HuntPolicy, Timestamp};

fn plain() -> CallCentreSettings {
    CallCentreSettings {
        policy: HuntPolicy::Regular,
        bounce_after_rings: 2,
        unavailable_after_bounces: None,
        guard_s: None,
        comfort_every_s: None,
        ..CallCentreSettings::default()
    }
}

fn elsewhere() -> ForwardTarget {
    ForwardTarget::Number("+492119999999".parse().unwrap())
}

fn rung(world: &World, nth: usize) -> Option<u64> {
    world.rung(nth).map(|(_, call)| call.0)
}

fn departure(world: &World, call: u64) -> Option<Departure> {
    let record = world.records.get(&CallId(call));
    record.map(|record| record.departure)
}

fn waiting(world: &World) -> Vec<u64> {
    let wall = world.queue.wall();
    wall.waiting.iter().map(|call| call.call.0).collect()
}

#[test]
fn g4_a_caller_hears_the_welcome_and_the_place_and_then_comfort_every_so_often() {
    let settings = CallCentreSettings {
        tells_position: true,
        comfort_every_s: Some(30),
        ..plain()
    };
    let mut world = World::with(settings, 1);
    world.call(1);
    world.answer(0);
    let heard = |actions: Vec<Action>, id| {
        actions.into_iter().find_map(|action| match action {
            Action::Play { call, sounds } if call == CallId(id) => Some(sounds),
            _ => None,
        })
    };
    let second = world.call(2);
    assert_eq!(
        heard(second, 2),
        Some(vec![Sound::Entrance, Sound::Position(1)])
    );
    let third = world.call(3);
    assert_eq!(
        heard(third, 3),
        Some(vec![Sound::Entrance, Sound::Position(2)])
    );
    assert_eq!(heard(world.pass_s(29), 3), None);
    let comfort = world.pass_s(1);
    assert_eq!(
        heard(comfort, 3),
        Some(vec![Sound::Comfort, Sound::Position(2)])
    );
}

#[test]
fn g4_a_bounced_call_waits_at_the_head_the_oldest_offer_first() {
    let mut world = World::with(plain(), 2);
    world.call(1);
    world.pass_s(1);
    world.call(2);
    world.pass_s(1);
    world.call(3);
    assert_eq!((rung(&world, 0), rung(&world, 1)), (Some(1), Some(2)));
    world.set(0, AgentState::SignedIn);
    world.set(1, AgentState::SignedIn);
    assert_eq!(waiting(&world), [1, 2, 3]);
    world.call(4);
    world.set(0, AgentState::Available);
    assert_eq!(rung(&world, 0), Some(1));
    // The second was offered later than the first, and comes before those who never were.
    world.set(1, AgentState::Available);
    assert_eq!(rung(&world, 1), Some(2));
}

#[test]
fn g4_a_call_that_came_back_is_offered_to_somebody_else_first() {
    let mut world = World::with(plain(), 2);
    world.call(1);
    world.pass_s(11);
    assert_eq!((rung(&world, 0), rung(&world, 1)), (Some(1), None));
    world.pass_s(1);
    assert_eq!((rung(&world, 0), rung(&world, 1)), (None, Some(1)));
    world.pass_s(12);
    assert_eq!((rung(&world, 0), rung(&world, 1)), (Some(1), None));
    world.answer(0);
    world.hang_up(CallId(1));
    assert_eq!(world.records[&CallId(1)].bounces, 2);
    assert_eq!(departure(&world, 1), Some(Departure::Talked));
}

#[test]
fn g4_who_lets_offers_come_back_becomes_unavailable_with_the_default_code() {
    let mut settings = CallCentreSettings {
        unavailable_after_bounces: Some(2),
        ..plain()
    };
    let code = "Pause".parse().ok();
    settings.codes.codes = code.clone().into_iter().collect();
    settings.codes.usage = CodeUse::Default("Pause".parse().unwrap());
    let mut world = World::with(settings, 1);
    world.call(1);
    world.pass_s(12);
    assert_eq!(rung(&world, 0), Some(1));
    let actions = world.pass_s(12);
    let state = AgentState::Unavailable { code };
    let agent = agent(0);
    assert!(actions.contains(&Action::State { agent, state }));
    assert_eq!(rung(&world, 0), None);
    world.set(0, AgentState::Available);
    assert_eq!(rung(&world, 0), Some(1));
    world.answer(0);
}

#[test]
fn g4_an_answer_begins_the_count_of_bounces_anew() {
    let settings = CallCentreSettings {
        unavailable_after_bounces: Some(2),
        ..plain()
    };
    let mut world = World::with(settings, 1);
    world.call(1);
    world.pass_s(12);
    world.answer(0);
    world.hang_up(CallId(1));
    world.call(2);
    world.pass_s(12);
    assert_eq!(rung(&world, 0), Some(2));
}

#[test]
fn g4_a_full_queue_overflows_and_who_is_served_at_once_needs_no_place() {
    let settings = CallCentreSettings {
        queue_length: 1,
        ..plain()
    };
    let mut world = World::with(settings, 1);
    world.call(1);
    world.call(2);
    let third = world.call(3);
    assert!(third.contains(&Action::Busy { call: CallId(3) }));
    assert_eq!(departure(&world, 3), Some(Departure::Busy(Cause::Full)));
    assert_eq!(waiting(&world), [1, 2]);
    let mut world = World::with(
        CallCentreSettings {
            queue_length: 0,
            ..plain()
        },
        1,
    );
    world.call(1);
    assert_eq!(rung(&world, 0), Some(1));
    world.call(2);
    assert_eq!(departure(&world, 2), Some(Departure::Busy(Cause::Full)));
}

fn overflowing(after_s: u16, to: OverflowTo) -> CallCentreSettings {
    let after_s = Some(after_s);
    CallCentreSettings {
        overflow: Overflow { after_s, to },
        ..plain()
    }
}

#[test]
fn g4_who_has_waited_too_long_goes_elsewhere() {
    let to = elsewhere();
    let settings = overflowing(60, OverflowTo::Transfer(to.clone()));
    let mut world = World::with(settings, 1);
    world.call(1);
    world.answer(0);
    world.call(2);
    world.pass_s(59);
    assert_eq!(waiting(&world), [2]);
    let call = CallId(2);
    assert!(world.pass_s(1).contains(&Action::Transfer { call, to }));
    let transferred = Departure::Transferred(Cause::WaitedTooLong);
    assert_eq!(departure(&world, 2), Some(transferred));
}

#[test]
fn g4_a_call_that_rings_at_an_agent_does_not_overflow_until_it_comes_back() {
    let mut world = World::with(overflowing(0, OverflowTo::Busy), 1);
    world.call(1);
    assert_eq!(rung(&world, 0), Some(1));
    world.pass_s(11);
    assert_eq!(rung(&world, 0), Some(1));
    world.set(0, AgentState::SignedIn);
    let busy = Departure::Busy(Cause::WaitedTooLong);
    assert_eq!(departure(&world, 1), Some(busy));
}

#[test]
fn g4_the_answer_in_the_moment_of_the_overflow_wins_or_is_taken_back() {
    // The answer is there first: the call stays with the agent.
    let mut world = World::with(overflowing(12, OverflowTo::Busy), 1);
    world.call(1);
    world.now = world.now.plus_seconds(12);
    world.answer(0);
    world.pass_s(60);
    assert_eq!(departure(&world, 1), None);
    // The queue was first: the caller has gone, and the agent is released.
    let settings = CallCentreSettings {
        guard_s: Some(5),
        ..overflowing(12, OverflowTo::Busy)
    };
    let mut world = World::with(settings, 1);
    world.call(1);
    let (offer, call) = world.rung(0).unwrap();
    world.pass_s(12);
    let busy = Departure::Busy(Cause::WaitedTooLong);
    assert_eq!(departure(&world, 1), Some(busy));
    let late = world.answer_offer(call, offer);
    assert_eq!(late, [Action::Withdraw { call, offer }]);
}

#[test]
fn g4_an_answer_that_crosses_the_bounce_counts_and_ends_the_next_ringing() {
    let mut world = World::with(plain(), 2);
    world.call(1);
    world.call(2);
    let (offer, call) = world.rung(0).unwrap();
    world.pass_s(12);
    assert_eq!((rung(&world, 0), rung(&world, 1)), (Some(2), Some(1)));
    world.answer_late(call, offer);
    let wall = world.queue.wall();
    assert_eq!(wall.agents[0].deed, AgentDeed::Talking);
    assert_eq!((rung(&world, 0), rung(&world, 1)), (None, Some(2)));
}

#[test]
fn g4_ringing_on_is_not_served_and_keeps_no_place_in_the_queue() {
    let settings = CallCentreSettings {
        queue_length: 1,
        overflow: Overflow {
            after_s: None,
            to: OverflowTo::RingOn,
        },
        ..plain()
    };
    let mut world = World::with(settings, 1);
    world.call(1);
    world.answer(0);
    world.call(2);
    let ringing = Action::Play {
        call: CallId(3),
        sounds: vec![Sound::Ringing],
    };
    assert!(world.call(3).contains(&ringing));
    world.hang_up(CallId(1));
    assert_eq!(rung(&world, 0), Some(2));
    world.answer(0);
    world.hang_up(CallId(2));
    assert_eq!(rung(&world, 0), None);
    world.hang_up(CallId(3));
    assert_eq!(departure(&world, 3), Some(Departure::RangOn(Cause::Full)));
}

#[test]
fn g4_the_last_agent_signs_out_and_the_callers_are_stranded() {
    let settings = |stranded| CallCentreSettings {
        stranded,
        out_of_hours: OutOfHours::Transfer(elsewhere()),
        ..plain()
    };
    let left = |stranded| {
        let mut world = World::with(settings(stranded), 2);
        world.set(1, AgentState::SignedOut);
        world.call(1);
        world.call(2);
        world.set(0, AgentState::SignedOut);
        [departure(&world, 1), departure(&world, 2)]
    };
    let cause = Cause::Stranded;
    assert_eq!(left(Stranded::Wait), [None; 2]);
    assert_eq!(left(Stranded::Busy), [Some(Departure::Busy(cause)); 2]);
    let transferred = Some(Departure::Transferred(cause));
    assert_eq!(left(Stranded::Transfer(elsewhere())), [transferred; 2]);
    assert_eq!(left(Stranded::NightService), [transferred; 2]);
    assert_eq!(left(Stranded::Announcement), [None; 2]);
    let mut world = World::with(settings(Stranded::Announcement), 0);
    let call = CallId(1);
    let sounds = vec![Sound::NobodyThere];
    assert_eq!(world.call(1), [Action::Play { call, sounds }]);
    world.tell_announcement_over(call);
    assert_eq!(departure(&world, 1), Some(Departure::Announced(cause)));
}

#[test]
fn g4_a_conversation_goes_on_when_its_agent_signs_out() {
    let settings = CallCentreSettings {
        stranded: Stranded::Busy,
        wrap_up_s: Some(30),
        ..plain()
    };
    let mut world = World::with(settings, 1);
    world.call(1);
    world.answer(0);
    world.set(0, AgentState::SignedOut);
    assert_eq!(departure(&world, 1), None);
    world.hang_up(CallId(1));
    assert_eq!(world.agents[0].state, AgentState::SignedOut);
    assert_eq!(departure(&world, 1), Some(Departure::Talked));
}

#[test]
fn g4_when_closed_and_on_holidays_nobody_rings() {
    let mut world = World::with(plain(), 1);
    let closed = world.call_at(1, Hours::Closed);
    let holiday = world.call_at(2, Hours::Holiday);
    let play = |id, sound| Action::Play {
        call: CallId(id),
        sounds: vec![sound],
    };
    assert_eq!(closed, [play(1, Sound::Closed)]);
    assert_eq!(holiday, [play(2, Sound::Holiday)]);
    world.pass_s(120);
    let announced = Departure::Announced(Cause::Holiday);
    assert_eq!(departure(&world, 2), Some(announced));
}

#[test]
fn g4_after_a_call_come_wrap_up_and_a_pause_and_then_the_next() {
    let settings = CallCentreSettings {
        wrap_up_s: Some(30),
        guard_s: Some(5),
        ..plain()
    };
    let mut world = World::with(settings, 1);
    world.call(1);
    world.answer(0);
    world.call(2);
    world.hang_up(CallId(1));
    let until = Some(world.now.plus_seconds(30));
    assert_eq!(world.agents[0].state, AgentState::WrapUp { until });
    world.pass_s(29);
    assert_eq!(rung(&world, 0), None);
    world.pass_s(1);
    assert_eq!(rung(&world, 0), Some(2));
    world.answer(0);
    world.call(3);
    world.hang_up(CallId(2));
    // Who ends the wrap-up early still has the pause.
    world.set(0, AgentState::Available);
    world.pass_s(4);
    assert_eq!(rung(&world, 0), None);
    world.pass_s(1);
    assert_eq!(rung(&world, 0), Some(3));
}

#[test]
fn s7_a_pending_agent_is_never_offered_a_call_until_activated() {
    let mut world = World::with(plain(), 1);
    world.reach(0, false, false);
    world.call(1);
    assert_eq!(rung(&world, 0), None);
    world.reach(0, true, false);
    assert_eq!(rung(&world, 0), Some(1));
}

#[test]
fn s7_callers_with_only_pending_agents_are_stranded() {
    let settings = CallCentreSettings {
        stranded: Stranded::Busy,
        ..plain()
    };
    let mut world = World::with(settings, 1);
    world.reach(0, false, false);
    world.call(1);
    assert_eq!(departure(&world, 1), Some(Departure::Busy(Cause::Stranded)));
}

#[test]
fn g4_who_does_not_want_to_be_disturbed_gets_no_call_and_loses_the_one_that_rings() {
    let mut world = World::with(plain(), 2);
    world.call(1);
    world.reach(0, true, true);
    assert_eq!((rung(&world, 0), rung(&world, 1)), (None, Some(1)));
}

#[test]
fn g4_an_agent_on_a_personal_call_is_busy_if_set_so() {
    for (is_busy, expected) in [(true, None), (false, Some(1))] {
        let settings = CallCentreSettings {
            personal_calls_are_busy: is_busy,
            ..plain()
        };
        let mut world = World::with(settings, 1);
        world.other_call(0, OtherCall::Personal, true);
        world.call(1);
        assert_eq!(rung(&world, 0), expected);
        world.other_call(0, OtherCall::Personal, false);
        assert_eq!(rung(&world, 0), Some(1));
    }
}

#[test]
fn g4_an_agent_on_a_call_of_another_call_centre_is_always_busy() {
    let settings = CallCentreSettings {
        personal_calls_are_busy: false,
        ..plain()
    };
    let mut world = World::with(settings, 1);
    world.other_call(0, OtherCall::OtherQueue, true);
    world.call(1);
    assert_eq!(rung(&world, 0), None);
}

#[test]
fn g4_simultaneous_rings_everybody_and_the_first_wins() {
    let settings = CallCentreSettings {
        policy: HuntPolicy::Simultaneous,
        ..plain()
    };
    let mut world = World::with(settings, 3);
    world.set(2, AgentState::SignedIn);
    world.call(1);
    world.set(2, AgentState::Available);
    assert_eq!([0, 1, 2].map(|nth| rung(&world, nth)), [Some(1); 3]);
    let late = world.rung(2).unwrap();
    world.decline(1, NoAnswer::Busy);
    world.answer(0);
    assert_eq!(rung(&world, 2), None);
    let withdrawn = world.answer_offer(late.1, late.0);
    let (offer, call) = late;
    assert_eq!(withdrawn, [Action::Withdraw { call, offer }]);
    world.hang_up(CallId(1));
    assert_eq!(world.records[&CallId(1)].bounces, 0);
}

#[test]
fn g4_who_cannot_be_connected_waits_on_at_the_head() {
    let mut world = World::with(plain(), 1);
    world.call(1);
    world.call(2);
    let (offer, call) = world.rung(0).unwrap();
    world.answer(0);
    world.fail_to_connect(call, offer);
    assert_eq!(waiting(&world), [1, 2]);
    world.pass_s(10);
    assert_eq!(rung(&world, 0), Some(1));
}

#[test]
fn g4_an_unreachable_phone_does_not_take_all_calls() {
    let mut world = World::with(plain(), 1);
    world.call(1);
    world.decline(0, NoAnswer::Unreachable);
    assert_eq!(rung(&world, 0), None);
    world.pass_s(9);
    assert_eq!(rung(&world, 0), None);
    world.pass_s(1);
    assert_eq!(rung(&world, 0), Some(1));
}

#[test]
fn g4_the_wall_shows_who_waits_and_what_agents_do() {
    let mut world = World::with(plain(), 3);
    world.other_call(2, OtherCall::Personal, true);
    world.call(1);
    world.answer(0);
    world.call(2);
    world.call(3);
    let wall = world.queue.wall();
    let deeds: Vec<_> = wall.agents.iter().map(|agent| agent.deed).collect();
    let expected = [AgentDeed::Talking, AgentDeed::Rung, AgentDeed::OnOtherCall];
    assert_eq!(deeds, expected);
    assert_eq!(wall.waiting[0].rung, [agent(1)]);
    assert_eq!(waiting(&world), [2, 3]);
}

#[test]
fn g4_the_wall_shows_who_talks_to_whom_until_the_call_is_over() {
    let mut world = World::with(plain(), 2);
    world.call(1);
    world.pass_s(4);
    world.answer(0);
    let talk = WallTalk {
        call: CallId(1),
        since: Timestamp(0),
        agent: agent(0),
        answered_at: Timestamp(4_000),
    };
    assert_eq!(world.queue.wall().talking, [talk]);
    let (call, offer) = match world.lines[&CallId(1)] {
        Line::Talking(_, offer) => (CallId(1), offer),
        line @ (Line::Waiting | Line::Gone) => panic!("{line:?}"),
    };
    // Who could not be connected waits again.
    world.fail_to_connect(call, offer);
    assert_eq!(world.queue.wall().talking, []);
    world.answer(1);
    assert_eq!(world.queue.wall().talking[0].agent, agent(1));
    world.hang_up(call);
    assert_eq!(world.queue.wall().talking, []);
}

#[test]
fn d3_an_agent_who_is_removed_is_rung_no_more_and_an_ongoing_call_is_not_cut() {
    let mut world = World::with(plain(), 2);
    world.call(1);
    world.answer(0);
    world.call(2);
    let settings = Box::new(plain());
    let seats = Vec::new();
    world.tell(Event::Changed { settings, seats });
    assert_eq!(rung(&world, 1), None);
    assert_eq!(waiting(&world), [2]);
    world.hang_up(CallId(1));
    assert_eq!(departure(&world, 1), Some(Departure::Talked));
}

#[test]
fn g4_a_deleted_call_centre_sends_its_waiting_callers_away() {
    let mut world = World::with(plain(), 1);
    world.call(1);
    world.answer(0);
    world.call(2);
    world.tell(Event::Closed);
    assert_eq!(departure(&world, 2), Some(Departure::Busy(Cause::Deleted)));
    assert_eq!(departure(&world, 1), None);
    world.hang_up(CallId(1));
    assert!(world.queue.is_empty());
}
