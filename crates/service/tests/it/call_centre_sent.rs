//! A call that overflows in the moment in which an agent answers (G4): one of the two has it, and nobody hangs up on them.

use model::call_centre::TypedCentre;
use service::call_centre::Desks;
use sip::attend::{AttendedCall, Missed, Notice, OfferId, Order};

use crate::call_centre::{Engine, World, offer, world};

/// A call that an agent lets ring, and that is then sent elsewhere: its first offer and the number of the sending.
async fn sent(world: &World, (desks, engine): (&mut Desks, &Engine)) -> (OfferId, OfferId) {
    let admin = &world.muster.admin;
    world.set(admin, 0, "available").await.unwrap();
    let call = AttendedCall::numbered(1);
    desks.notice(world.entered(call)).await;
    let (ringing, _) = offer(&engine.take()).unwrap();
    world.system.clock.advance(12);
    desks.timers().await;
    let orders = engine.take();
    let sent = orders.iter().find_map(|order| match order {
        Order::Send { offer, .. } => Some(*offer),
        _ => None,
    });
    (ringing, sent.expect("the call overflows"))
}

fn settings(target: &str) -> TypedCentre {
    TypedCentre {
        bounce_after_rings: "2".into(),
        overflow_after_s: "5".into(),
        overflow: "transfer".into(),
        overflow_target: target.into(),
        ..TypedCentre::default()
    }
}

fn failed(offer: OfferId, why: Missed) -> Notice {
    let call = AttendedCall::numbered(1);
    Notice::OfferFailed { call, offer, why }
}

fn connected(offer: OfferId) -> Notice {
    let (call, login) = (AttendedCall::numbered(1), None);
    Notice::Connected { call, offer, login }
}

fn hang_ups(engine: &Engine) -> usize {
    let orders = engine.take().into_iter();
    orders
        .filter(|order| matches!(order, Order::Hangup { .. }))
        .count()
}

#[tokio::test]
async fn g4_an_agent_who_answers_in_the_moment_of_the_overflow_keeps_the_caller() {
    for connected_first in [false, true] {
        let world = world(settings("+4930123456")).await;
        let (mut desks, engine) = world.desks();
        let (ringing, sent) = sent(&world, (&mut desks, &engine)).await;
        let mut notices = [failed(sent, Missed::Withdrawn), connected(ringing)];
        if connected_first {
            notices.reverse();
        }
        for notice in notices {
            desks.notice(notice).await;
        }
        assert_eq!(hang_ups(&engine), 0);
    }
}

#[tokio::test]
async fn g4_a_caller_whom_neither_the_agent_nor_the_overflow_has_is_released() {
    let world = world(settings("+4930123456")).await;
    let (mut desks, engine) = world.desks();
    let (ringing, sent) = sent(&world, (&mut desks, &engine)).await;
    desks.notice(failed(sent, Missed::Withdrawn)).await;
    assert_eq!(hang_ups(&engine), 0);
    desks.notice(failed(ringing, Missed::NotJoined)).await;
    assert_eq!(hang_ups(&engine), 1);
}

#[tokio::test]
async fn g4_an_overflow_that_nobody_answers_ends_the_call() {
    let world = world(settings("+4930123456")).await;
    let (mut desks, engine) = world.desks();
    let (ringing, sent) = sent(&world, (&mut desks, &engine)).await;
    desks.notice(failed(ringing, Missed::Withdrawn)).await;
    assert_eq!(hang_ups(&engine), 0);
    desks.notice(failed(sent, Missed::NoAnswer)).await;
    assert_eq!(hang_ups(&engine), 1);
}
