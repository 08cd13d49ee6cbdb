//! G4: which calls of a login are its own, as whoever attends is told. That what is counted is what a look at each leg finds
//! is asked after each message of every test at the table (`hand.rs`) and of every random story (`harness.rs`).

use crate::attended::{EVE, listening, talking};
use crate::hand::{ANNA, BOB, Table};
use crate::network::offer;
use crate::parking::{SECOND, park, ring_parker, second_line_ends};
use crate::scripted::SERVER;
use sip::attend::{Ended, Notice, OfferId, Order};
use sip::message::{Message, Method};

/// Whose begin and end of own calls were told, in this order.
fn told(table: &mut Table) -> Vec<String> {
    let notices = std::mem::take(&mut table.notices).into_iter();
    let own = notices.filter_map(|notice| match notice {
        Notice::OwnCalls { login } => Some(login),
        _ => None,
    });
    own.collect()
}

/// A table at which somebody watches Anna and Bob.
fn watched() -> Table {
    let table = Table::new(1);
    for login in ["100", "bob"] {
        assert!(!table.own_calls.watch(login));
    }
    table
}

/// Whether Anna and Bob are in calls of their own.
fn are_talking(table: &Table) -> [bool; 2] {
    ["100", "bob"].map(|login| table.own_calls.watch(login))
}

fn byes(table: &mut Table, who: usize) {
    let heard = table.take(who).into_iter();
    let byes = heard.filter(|message| message.method() == Some(Method::Bye));
    for bye in byes.collect::<Vec<Message>>() {
        table.answer(who, &bye, 200, "", "");
    }
}

#[test]
fn g4_who_dials_and_who_has_answered_is_in_an_own_call_and_who_only_rings_is_not() {
    let mut table = watched();
    table.dial(ANNA, "bob", "");
    let invite = table.one(BOB);
    table.answer(BOB, &invite, 180, "", "");
    assert_eq!(told(&mut table), ["100"]);
    assert_eq!(are_talking(&table), [true, false]);
    table.answer(BOB, &invite, 200, "", "answer");
    assert_eq!(told(&mut table), ["bob"]);
    assert_eq!(are_talking(&table), [true, true]);
    let ok = table.take(ANNA).pop().unwrap();
    table.ack(ANNA, &ok, "");
    table.ask(ANNA, "BYE", "", "");
    // Bob's phone has not answered the BYE yet, and is free.
    let mut both = told(&mut table);
    both.sort();
    assert_eq!(both, ["100", "bob"]);
    assert_eq!(are_talking(&table), [false, false]);
    byes(&mut table, BOB);
    table.finish();
}

#[test]
fn g4_a_call_that_nobody_answers_is_the_callers_own_until_it_is_given_up() {
    let mut table = watched();
    let invite = table.dial(ANNA, "bob", "");
    let ringing = table.one(BOB);
    table.cancel(ANNA, &invite);
    assert_eq!(told(&mut table), ["100", "100"]);
    table.answer(BOB, &ringing, 487, "", "");
    assert_eq!(told(&mut table), [""; 0]);
    table.finish();
}

#[test]
fn g4_of_two_calls_at_one_login_the_first_and_the_last_moment_are_told() {
    let mut table = watched();
    table.logins.insert(3, "bob");
    table.routes.insert("nobody", offer(&["nobody"], 20));
    table.dial(ANNA, "bob", "");
    let invite = table.one(BOB);
    table.answer(BOB, &invite, 200, "", "answer");
    let ok = table.take(ANNA).pop().unwrap();
    table.ack(ANNA, &ok, "");
    told(&mut table);
    // Bob's second line.
    table.dial(3, "nobody", "");
    assert_eq!(table.heard(3), "100 480");
    assert_eq!(told(&mut table), [""; 0]);
    assert_eq!(are_talking(&table), [true, true]);
    table.hang_up();
    assert_eq!(told(&mut table).len(), 2);
}

#[test]
fn nobody_is_told_of_who_is_not_watched_and_who_asks_later_learns_it() {
    let (mut table, _, _) = Table::up("", "");
    assert_eq!(table.notices, []);
    assert!(table.own_calls.watch("bob"));
    table.own_calls.forget("bob");
    table.hang_up();
    assert_eq!(table.notices, []);
}

#[test]
fn g4_who_serves_a_queue_is_in_no_call_of_the_own_and_who_calls_it_is() {
    let (mut table, _) = talking();
    assert_eq!(are_talking(&table), [true, false]);
    table.hang_up();
    assert_eq!(told(&mut table), ["100"]);
}

#[test]
fn g4_who_takes_a_call_that_was_sent_elsewhere_is_in_an_own_call() {
    let (mut table, call) = listening();
    table.order(Order::Send {
        call,
        offer: OfferId(9),
        route: Box::new(offer(&["bob"], 20)),
    });
    let invite = table.one(BOB);
    table.answer(BOB, &invite, 200, "", "offer of bob");
    let reinvite = table.one(ANNA);
    table.answer(ANNA, &reinvite, 200, "", "answer of anna");
    table.take(ANNA);
    assert!(table.own_calls.watch("bob"));
    table.hang_up();
    assert!(!table.own_calls.watch("bob"));
}

#[test]
fn g4_an_agent_who_passes_the_caller_on_is_free_and_the_call_is_over_for_the_queue() {
    let (mut table, call) = talking();
    table.register("eve", EVE);
    let refer = format!("Refer-To: <sip:eve@{SERVER}>\r\n");
    table.ask(BOB, "REFER", &refer, "");
    let of_eve = table.one(EVE);
    table.answer(EVE, &of_eve, 200, "", "offer of eve");
    let reinvite = table.take(ANNA).pop().unwrap();
    assert_eq!(reinvite.body(), b"offer of eve");
    table.notices.clear();
    table.answer(ANNA, &reinvite, 200, "", "answer of anna");
    let why = Ended::Agent;
    assert_eq!(table.notices, [Notice::Ended { call, why }]);
    assert_eq!(are_talking(&table), [true, false]);
    assert!(table.own_calls.watch("eve"));
    for message in table.take(BOB).iter().filter(|m| m.method().is_some()) {
        table.answer(BOB, message, 200, "", "");
    }
    table.take(ANNA);
    table.take(EVE);
    table.ask(ANNA, "BYE", "", "");
    byes(&mut table, EVE);
    table.finish();
    let ended = table.notices.iter();
    let ended = ended.filter(|notice| matches!(notice, Notice::Ended { .. }));
    assert_eq!(ended.count(), 1, "the last word is said once");
}

#[test]
fn a_panic_ends_the_own_calls_of_both() {
    let mut table = watched();
    table.dial(ANNA, "bob", "");
    let invite = table.one(BOB);
    table.answer(BOB, &invite, 200, "", "answer");
    let ok = table.take(ANNA).pop().unwrap();
    table.ack(ANNA, &ok, "");
    table.abandon();
    assert_eq!(are_talking(&table), [false, false]);
    byes(&mut table, ANNA);
    byes(&mut table, BOB);
    table.finish();
}

#[test]
fn g2_g4_an_agent_parks_a_caller_of_the_queue_for_which_the_call_is_over() {
    let (mut table, call) = talking();
    table
        .routes
        .insert("*68", park(&[1], vec![ring_parker(45)]));
    table.logins.insert(SECOND, "bob");
    table.notices.clear();
    table.ask(BOB, "INVITE", "", "a=sendonly");
    let hold = table.one(ANNA);
    table.answer(ANNA, &hold, 200, "", "a=recvonly");
    let ok = table.take(BOB).pop().unwrap();
    table.ack(BOB, &ok, "");
    table.take(ANNA);
    table.dial(SECOND, "*68", "");
    let reinvite = table.one(ANNA);
    assert_eq!(reinvite.body(), b"our offer");
    table.answer(ANNA, &reinvite, 200, "", "answer of anna");
    let why = Ended::Agent;
    assert_eq!(table.notices, [Notice::Ended { call, why }]);
    byes(&mut table, BOB);
    let ok = table.take(SECOND).pop().unwrap();
    table.ack(SECOND, &ok, "");
    second_line_ends(&mut table);
    assert!(!table.own_calls.watch("bob"));
    assert_eq!(table.audio.open(), 1, "Anna hears music");
    table.take(ANNA);
    table.ask(ANNA, "BYE", "", "");
    table.finish();
    assert_eq!(table.audio.open(), 0);
}
