//! What goes wrong with groups (G1–G4), where no other file of the area has it: nobody there, phones that vanish, moments
//! that meet. Each story ends with nothing left: no call, no leg, no timer, no transaction, no port.

use crate::attended::{EVE, ended, listening, moving, ringing, talking};
use crate::hand::{ANNA, BOB, Table};
use crate::network::offer;
use crate::parking::{SECOND, bob_leaves, held, park, ring_parker, second_line_ends};
use sip::attend::{Ended, Missed, Notice, OfferId, Order};
use sip::directory::{Group, Hunt, HuntStep, Otherwise, Phone, Refusal, Route};
use sip::message::{Message, Method};
use sip::park::{Recall, RecallTo};
use std::time::Duration;

/// Everything that came to `who` with this method.
fn of(table: &mut Table, who: usize, method: Method) -> Vec<Message> {
    let heard = table.take(who).into_iter();
    heard
        .filter(|message| message.method() == Some(method))
        .collect()
}

fn byes(table: &mut Table, who: usize) -> usize {
    let byes = of(table, who, Method::Bye);
    for bye in &byes {
        table.answer(who, bye, 200, "", "");
    }
    byes.len()
}

/// Nothing is left, of our audio neither.
fn nothing_is_left(mut table: Table) -> Table {
    table.finish();
    assert_eq!(table.audio.open(), 0);
    table
}

fn hunt(steps: &[&[&str]]) -> Route {
    let phones = |logins: &&[&str]| {
        let phone = |login: &&str| Phone {
            login: (*login).to_owned(),
            generation: 0,
        };
        logins.iter().map(phone).collect()
    };
    let step = |logins: &&[&str]| HuntStep {
        phones: phones(logins),
        ring_for: Duration::from_secs(12),
    };
    Route::Hunt(Box::new(Hunt {
        group: Group(9),
        name: None,
        steps: steps.iter().map(step).collect(),
        give_up_after: Some(Duration::from_secs(60)),
        allows_call_waiting: false,
        otherwise: Otherwise::default(),
    }))
}

#[test]
fn g3_a_group_in_which_nobody_can_ring_is_told_at_once_whatever_the_reason() {
    // No members; members who are all Pending, so that routing has no phones of theirs; members who are all logged out.
    let reasons: [&[&[&str]]; 3] = [&[], &[&[], &[]], &[&["carl"], &["dora", "fred"]]];
    for steps in reasons {
        let mut table = Table::new(1);
        table.routes.insert("sales", hunt(steps));
        table.dial(ANNA, "sales", "");
        assert_eq!(table.heard(ANNA), "100 480");
        let table = nothing_is_left(table);
        assert_eq!(table.records[0].why, "no member can be reached");
    }
}

#[test]
fn g2_a_recall_to_an_alternate_that_was_deleted_returns_to_the_parker() {
    let mut table = held();
    let deleted = Recall {
        after: Duration::from_secs(45),
        to: RecallTo::Dial("9008".into()),
        ring: None,
    };
    let refusal = Refusal {
        code: 404,
        why: "nobody has this extension".into(),
    };
    table.routes.insert("9008", Route::Refuse(refusal));
    let recalls = vec![deleted, ring_parker(30)];
    table.routes.insert("*68", park(&[1], recalls));
    table.dial(SECOND, "*68", "");
    let reinvite = table.one(BOB);
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    let ok = table.take(SECOND).pop().unwrap();
    table.ack(SECOND, &ok, "");
    assert_eq!(byes(&mut table, ANNA), 1);
    second_line_ends(&mut table);
    table.wait_seconds(41);
    assert_eq!(table.heard(ANNA), "", "the alternate's turn");
    assert_eq!(table.audio.open(), 1, "Bob hears music");
    table.wait_seconds(30);
    let invite = table.take(ANNA).remove(0);
    table.answer(ANNA, &invite, 200, "", "offer of anna");
    let reinvite = table.take(BOB).pop().unwrap();
    assert_eq!(reinvite.body(), b"offer of anna");
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    table.take(ANNA);
    bob_leaves(table);
}

/// How a story comes so far, and what the other phone hears when the caller hangs up.
type Phase = (fn() -> Table, Option<Method>);

#[test]
fn g4_a_caller_hangs_up_in_each_phase_and_nothing_is_left() {
    // Waiting, while a phone rings, on the way to who has answered, talking.
    let phases: [Phase; 4] = [
        (|| listening().0, None),
        (|| ringing().0, Some(Method::Cancel)),
        (|| moving().0, Some(Method::Bye)),
        (|| talking().0, Some(Method::Bye)),
    ];
    for (begin, told) in phases {
        let mut table = begin();
        table.take(BOB);
        table.ask(ANNA, "BYE", "", "");
        let heard = table.take(BOB);
        assert_eq!(heard.last().and_then(Message::method), told);
        for message in heard.iter().filter(|m| m.method() == Some(Method::Bye)) {
            table.answer(BOB, message, 200, "", "");
        }
        assert_eq!(ended(&table), Some(Ended::Caller));
        nothing_is_left(table);
    }
}

#[test]
fn g4_an_agents_phone_that_vanishes_while_it_rings_is_missed_and_the_caller_waits_on() {
    for has_rung in [false, true] {
        let (mut table, call) = listening();
        crate::attended::ring(&mut table, call, 1, "bob");
        let invite = table.one(BOB);
        if has_rung {
            table.answer(BOB, &invite, 180, "", "");
        }
        table.vanished = Some(BOB);
        table.wait_seconds(21);
        let (offer, why) = (OfferId(1), Missed::NoAnswer);
        assert_eq!(table.notices, [Notice::OfferFailed { call, offer, why }]);
        assert_eq!(table.audio.open(), 1, "Anna hears music");
        table.ask(ANNA, "BYE", "", "");
        nothing_is_left(table);
    }
}

#[test]
fn g4_an_agents_phone_that_vanishes_while_talking_ends_the_call_for_both() {
    let (mut table, _) = talking();
    table.vanished = Some(BOB);
    table.wait_seconds(300);
    assert!(byes(&mut table, ANNA) > 0);
    assert_eq!(ended(&table), Some(Ended::Failed));
    nothing_is_left(table);
}

#[test]
fn g4_an_agents_phone_that_vanishes_right_after_its_answer_leaves_nothing_behind() {
    // Its 200 was the last that was heard of it: our ACK and our BYE get no answer.
    let (mut table, _, reinvite) = moving();
    table.vanished = Some(BOB);
    table.answer(ANNA, &reinvite, 200, "", "answer of anna");
    table.take(ANNA);
    table.ask(ANNA, "BYE", "", "");
    assert_eq!(table.heard(ANNA), "200");
    nothing_is_left(table);
}

fn to_eve(table: &mut Table, call: sip::attend::AttendedCall) {
    table.register("eve", EVE);
    table.order(Order::Send {
        call,
        offer: OfferId(99),
        route: Box::new(offer(&["eve"], 20)),
    });
}

fn failed(table: &Table, wanted: u64) -> Vec<Missed> {
    let notices = table.notices.iter().filter_map(|notice| match notice {
        Notice::OfferFailed { offer, why, .. } if *offer == OfferId(wanted) => Some(*why),
        _ => None,
    });
    notices.collect()
}

fn connected(table: &Table) -> Vec<u64> {
    let notices = table.notices.iter().filter_map(|notice| match notice {
        Notice::Connected { offer, .. } => Some(offer.0),
        _ => None,
    });
    notices.collect()
}

#[test]
fn g4_an_agent_who_answers_just_before_the_overflow_has_the_call_and_nobody_else_rings_on() {
    let (mut table, call, reinvite) = moving();
    let offer = OfferId(1);
    table.order(Order::Withdraw { call, offer });
    to_eve(&mut table, call);
    let of_eve = table.take(EVE);
    table.answer(ANNA, &reinvite, 200, "", "answer of anna");
    assert_eq!(connected(&table), [1]);
    assert_eq!(failed(&table, 99), [Missed::Withdrawn]);
    if let Some(invite) = of_eve.first() {
        table.answer(EVE, invite, 487, "", "");
    }
    table.take(EVE);
    table.take(ANNA);
    assert_eq!(table.audio.open(), 0);
    table.hang_up();
    assert_eq!(ended(&table), Some(Ended::Caller));
}

#[test]
fn g4_of_an_agent_and_the_overflow_who_answer_together_one_talks_and_the_other_is_released() {
    let (mut table, call, reinvite) = moving();
    to_eve(&mut table, call);
    // Eve answers while Anna is still on her way to Bob.
    if let Some(invite) = table.take(EVE).first() {
        table.answer(EVE, invite, 200, "", "offer of eve");
    }
    table.answer(ANNA, &reinvite, 200, "", "answer of anna");
    table.wait_seconds(10);
    byes(&mut table, EVE);
    assert_eq!(connected(&table), [1]);
    assert_eq!(failed(&table, 99).len(), 1);
    table.take(ANNA);
    table.ask(ANNA, "INFO", "", "still with bob");
    let heard = of(&mut table, BOB, Method::Info);
    assert_eq!(heard[0].body(), b"still with bob");
    table.hang_up();
}

#[test]
fn g4_an_agent_who_answers_just_after_the_overflow_is_released_and_the_other_has_the_call() {
    let (mut table, call, invite) = ringing();
    let offer = OfferId(1);
    table.order(Order::Withdraw { call, offer });
    to_eve(&mut table, call);
    // Bob's 200 crosses our CANCEL.
    table.answer(BOB, &invite, 200, "", "offer of bob");
    assert_eq!(byes(&mut table, BOB), 1);
    let of_eve = table.one(EVE);
    table.answer(EVE, &of_eve, 200, "", "offer of eve");
    let reinvite = table.one(ANNA);
    assert_eq!(reinvite.body(), b"offer of eve");
    table.answer(ANNA, &reinvite, 200, "", "answer of anna");
    assert_eq!(connected(&table), [99]);
    assert_eq!(failed(&table, 1), [Missed::Withdrawn]);
    table.take(ANNA);
    table.take(EVE);
    table.ask(ANNA, "BYE", "", "");
    assert_eq!(byes(&mut table, EVE), 1);
    nothing_is_left(table);
}
