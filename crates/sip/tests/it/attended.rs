//! G4: calls that the engine answers itself: music, offers to agents, joining the two who are to talk.

use crate::hand::{ANNA, BOB, Table};
use crate::scripted::SERVER;
use sip::attend::{
    Attendant, AttendedCall, Ended, Language, Missed, Notice, OfferId, Order, Playlist, Sound,
    Standard, Then,
};
use sip::directory::{Party, Phone, Refusal, Route};
use sip::media::Heard;
use sip::message::{Message, Method, Name};
use std::time::Duration;

pub(crate) const EVE: usize = 2;
pub(crate) const QUEUE: Attendant = Attendant(77);

pub(crate) fn music() -> Playlist {
    Playlist {
        first: vec![Sound::Standard(Standard::Welcome, Language::German)],
        then: Then::Music { file: None },
    }
}

/// Anna has dialled the queue; it is not answered yet.
pub(crate) fn at_the_door() -> (Table, AttendedCall) {
    let mut table = Table::new(1);
    table.routes.insert("queue", Route::Attend(QUEUE));
    table.dial(ANNA, "queue", "");
    assert_eq!(table.heard(ANNA), "100");
    let [
        Notice::Entered {
            call, attendant, ..
        },
    ] = table.notices[..]
    else {
        panic!("{:?}", table.notices)
    };
    assert_eq!(attendant, QUEUE);
    table.notices.clear();
    (table, call)
}

/// Anna hears music.
pub(crate) fn listening() -> (Table, AttendedCall) {
    let (mut table, call) = at_the_door();
    table.order(Order::Play {
        call,
        playlist: music(),
    });
    let ok = table.one(ANNA);
    assert_eq!((ok.code(), ok.body()), (200, &b"our answer"[..]));
    table.ack(ANNA, &ok, "");
    (table, call)
}

pub(crate) fn ring(table: &mut Table, call: AttendedCall, offer: u64, login: &str) {
    table.order(Order::Offer {
        call,
        offer: OfferId(offer),
        phones: vec![Phone {
            login: login.into(),
            generation: 0,
        }],
        ring_for: Duration::from_secs(20),
        shown: Party {
            number: "100".into(),
            name: "Sales: Anna".into(),
        },
    });
}

/// Bob's phone rings for Anna.
pub(crate) fn ringing() -> (Table, AttendedCall, Message) {
    let (mut table, call) = listening();
    ring(&mut table, call, 1, "bob");
    let invite = table.one(BOB);
    assert_eq!(invite.body(), b"");
    table.answer(BOB, &invite, 180, "", "");
    (table, call, invite)
}

/// Bob has answered; Anna is offered what he offers.
pub(crate) fn moving() -> (Table, AttendedCall, Message) {
    let (mut table, call, invite) = ringing();
    table.answer(BOB, &invite, 200, "", "offer of bob");
    let reinvite = table.one(ANNA);
    assert_eq!(reinvite.method(), Some(Method::Invite));
    assert_eq!(reinvite.body(), b"offer of bob");
    (table, call, reinvite)
}

pub(crate) fn talking() -> (Table, AttendedCall) {
    let (mut table, call, reinvite) = moving();
    table.answer(ANNA, &reinvite, 200, "", "answer of anna");
    assert_eq!(table.heard(ANNA), "ACK");
    let ack = table.one(BOB);
    assert_eq!(ack.body(), b"answer of anna");
    (table, call)
}

pub(crate) fn ended(table: &Table) -> Option<Ended> {
    table.notices.iter().find_map(|notice| match notice {
        Notice::Ended { why, .. } => Some(*why),
        _ => None,
    })
}

#[test]
fn a_caller_hears_music_and_is_moved_to_the_agent_who_answers() {
    let (mut table, call) = talking();
    assert_eq!(table.audio.open(), 0, "the port is free");
    let offer = OfferId(1);
    let login = Some("bob".to_owned());
    assert_eq!(table.notices, [Notice::Connected { call, offer, login }]);
    table.hang_up();
    assert_eq!(ended(&table), Some(Ended::Caller));
    assert_eq!(table.records.len(), 1, "one call, one record");
    assert_eq!(table.records[0].answered_by.as_deref(), Some("bob"));
    assert_eq!(table.audio.book(|book| book.played.clone()), [music()]);
}

#[test]
fn the_agents_phone_shows_who_calls() {
    let (table, _, invite) = ringing();
    let from = String::from_utf8_lossy(invite.header(Name::From).unwrap()).into_owned();
    assert!(from.starts_with("\"Sales: Anna\" <sip:100@"), "{from}");
    drop(table);
}

#[test]
fn an_agent_who_hangs_up_ends_the_call() {
    let (mut table, _) = talking();
    table.ask(BOB, "BYE", "", "");
    table.take(BOB);
    let bye = table.one(ANNA);
    table.answer(ANNA, &bye, 200, "", "");
    table.finish();
    assert_eq!(ended(&table), Some(Ended::Agent));
}

#[test]
fn an_offer_that_nobody_answers_fails_and_the_music_goes_on() {
    let (mut table, call, invite) = ringing();
    table.wait(20_100);
    assert_eq!(table.heard(BOB), "CANCEL");
    table.answer(BOB, &invite, 487, "", "");
    let (offer, why) = (OfferId(1), Missed::NoAnswer);
    assert_eq!(table.notices, [Notice::OfferFailed { call, offer, why }]);
    assert_eq!((table.heard(ANNA).as_str(), table.audio.open()), ("", 1));
    leave(table);
}

#[test]
fn a_busy_agent_and_one_who_is_not_there_are_told_apart() {
    let (mut table, call, invite) = ringing();
    table.answer(BOB, &invite, 486, "", "");
    ring(&mut table, call, 2, "nobody");
    let failed = |offer, why| Notice::OfferFailed {
        call,
        offer: OfferId(offer),
        why,
    };
    assert_eq!(
        table.notices,
        [failed(1, Missed::Busy), failed(2, Missed::Unreachable)]
    );
    leave(table);
}

/// Anna gives up.
fn leave(mut table: Table) {
    table.take(ANNA);
    table.ask(ANNA, "BYE", "", "");
    assert_eq!(table.heard(ANNA), "200");
    assert_eq!(ended(&table), Some(Ended::Caller));
    table.take(BOB);
    table.finish();
    assert_eq!(table.audio.open(), 0);
}

#[test]
fn of_two_agents_the_first_to_answer_wins_and_the_other_stops_ringing() {
    let (mut table, call, invite) = ringing();
    table.register("eve", EVE);
    ring(&mut table, call, 2, "eve");
    let of_eve = table.one(EVE);
    table.answer(EVE, &of_eve, 180, "", "");
    table.answer(BOB, &invite, 200, "", "offer of bob");
    let cancel = table.one(EVE);
    assert_eq!(cancel.method(), Some(Method::Cancel));
    // To Eve it is no missed call (RFC 3326).
    let reason = cancel.header(Name::Reason).unwrap();
    let elsewhere = "SIP;cause=200;text=\"Call completed elsewhere\"";
    assert_eq!(reason, elsewhere.as_bytes());
    table.answer(EVE, &of_eve, 487, "", "");
    let reinvite = table.one(ANNA);
    table.answer(ANNA, &reinvite, 200, "", "answer of anna");
    table.take(EVE);
    assert_eq!(table.notices.len(), 2, "{:?}", table.notices);
    table.take(ANNA);
    table.hang_up();
}

#[test]
fn two_agents_who_answer_at_once_are_not_both_connected() {
    let (mut table, call, invite) = ringing();
    table.register("eve", EVE);
    ring(&mut table, call, 2, "eve");
    let of_eve = table.one(EVE);
    table.answer(BOB, &invite, 200, "", "offer of bob");
    let reinvite = table.one(ANNA);
    // Her 200 crosses our CANCEL.
    table.answer(EVE, &of_eve, 200, "", "offer of eve");
    table.answer(ANNA, &reinvite, 200, "", "answer of anna");
    let heard = table.take(EVE);
    let bye = heard
        .iter()
        .find(|m| m.method() == Some(Method::Bye))
        .unwrap();
    table.answer(EVE, bye, 200, "", "");
    let connected = table
        .notices
        .iter()
        .filter(|n| matches!(n, Notice::Connected { .. }));
    assert_eq!(connected.count(), 1);
    table.take(ANNA);
    table.hang_up();
}

#[test]
fn a_withdrawn_offer_stops_ringing() {
    let (mut table, call, invite) = ringing();
    table.order(Order::Withdraw {
        call,
        offer: OfferId(1),
    });
    assert_eq!(table.heard(BOB), "CANCEL");
    table.answer(BOB, &invite, 487, "", "");
    let (offer, why) = (OfferId(1), Missed::Withdrawn);
    assert_eq!(table.notices, [Notice::OfferFailed { call, offer, why }]);
    leave(table);
}

#[test]
fn a_phone_that_refuses_to_move_stays_with_the_music_and_the_agent_is_released() {
    let (mut table, call, reinvite) = moving();
    table.answer(ANNA, &reinvite, 488, "", "");
    let heard = table.take(BOB);
    let bye = heard
        .iter()
        .find(|m| m.method() == Some(Method::Bye))
        .unwrap();
    table.answer(BOB, bye, 200, "", "");
    let (offer, why) = (OfferId(1), Missed::NotJoined);
    assert_eq!(table.notices, [Notice::OfferFailed { call, offer, why }]);
    assert_eq!(table.audio.open(), 1);
    leave(table);
}

#[test]
fn an_agent_who_hangs_up_while_the_caller_moves_gives_the_caller_back_to_the_music() {
    let (mut table, call, reinvite) = moving();
    table.ask(BOB, "BYE", "", "");
    table.take(BOB);
    table.answer(ANNA, &reinvite, 200, "", "answer of anna");
    let heard = table.take(ANNA);
    let back = heard.last().unwrap();
    assert_eq!(back.body(), b"our offer");
    table.answer(ANNA, back, 200, "", "answer to us");
    assert_eq!(table.heard(ANNA), "ACK");
    let (offer, why) = (OfferId(1), Missed::NotJoined);
    assert_eq!(table.notices, [Notice::OfferFailed { call, offer, why }]);
    assert_eq!(
        table.audio.book(|book| book.accepted.clone()),
        ["answer to us"]
    );
    leave(table);
}

#[test]
fn a_caller_who_holds_and_resumes_while_waiting_is_answered_by_us() {
    let (mut table, call) = listening();
    for body in ["a=sendonly", "resume"] {
        table.ask(ANNA, "INVITE", "", body);
        let ok = table.one(ANNA);
        assert_eq!((ok.code(), ok.body()), (200, &b"our answer"[..]));
        table.ack(ANNA, &ok, "");
    }
    table.ask(ANNA, "INVITE", "", "opus");
    assert_eq!(table.heard(ANNA), "488");
    ring(&mut table, call, 1, "bob");
    assert_eq!(table.heard(BOB), "INVITE");
    leave(table);
}

#[test]
fn an_agent_who_answers_while_the_callers_reinvite_is_open_is_joined_a_little_later() {
    let (mut table, _, invite) = ringing();
    table.ask(ANNA, "INVITE", "", "a=sendonly");
    let ok = table.one(ANNA);
    // Its ACK is still on the way.
    table.answer(BOB, &invite, 200, "", "offer of bob");
    assert_eq!(table.heard(ANNA), "");
    table.ack(ANNA, &ok, "");
    table.wait_seconds(5);
    let reinvite = table.take(ANNA).remove(0);
    assert_eq!(reinvite.body(), b"offer of bob");
    table.answer(ANNA, &reinvite, 200, "", "answer of anna");
    table.take(ANNA);
    table.hang_up();
}

#[test]
fn keys_and_the_end_of_announcements_are_reported() {
    let (mut table, call) = listening();
    let key = table.audio.book(|book| book.open[0]);
    table.engine.heard(key, Heard::Digit('5'));
    table.engine.heard(key, Heard::Played);
    table.wait(1);
    assert_eq!(
        table.engine.poll_notice(),
        Some(Notice::Digit { call, digit: '5' })
    );
    assert_eq!(table.engine.poll_notice(), Some(Notice::Played { call }));
    leave(table);
}

#[test]
fn an_answered_call_is_sent_elsewhere_and_comes_back_when_nobody_is_there() {
    let (mut table, call) = listening();
    let refusal = Refusal {
        code: 404,
        why: "gone".into(),
    };
    let route = Box::new(Route::Refuse(refusal));
    table.order(Order::Send {
        call,
        offer: OfferId(9),
        route,
    });
    let (offer, why) = (OfferId(9), Missed::Unreachable);
    assert_eq!(table.notices, [Notice::OfferFailed { call, offer, why }]);
    assert_eq!(table.audio.open(), 1);
    leave(table);
}

#[test]
fn a_call_that_is_transferred_to_a_queue_waits_there() {
    let (mut table, _, _) = Table::up("", "");
    table.take(ANNA);
    table.routes.insert("queue", Route::Attend(QUEUE));
    let refer = format!("Refer-To: <sip:queue@{SERVER}>\r\n");
    table.ask(ANNA, "REFER", &refer, "");
    let reinvite = table.one(BOB);
    assert_eq!(reinvite.body(), b"our offer");
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    for message in table.take(ANNA).iter().filter(|m| m.method().is_some()) {
        table.answer(ANNA, message, 200, "", "");
    }
    let [Notice::Entered { call, .. }] = table.notices[..] else {
        panic!("{:?}", table.notices)
    };
    assert_eq!(table.audio.open(), 1);
    table.register("eve", EVE);
    ring(&mut table, call, 1, "eve");
    let invite = table.one(EVE);
    table.answer(EVE, &invite, 200, "", "offer of eve");
    let reinvite = table.take(BOB).pop().unwrap();
    assert_eq!(reinvite.body(), b"offer of eve");
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    assert_eq!(table.audio.open(), 0);
    table.take(EVE);
    table.take(BOB);
    table.ask(BOB, "BYE", "", "");
    let bye = table.one(EVE);
    table.answer(EVE, &bye, 200, "", "");
    table.take(BOB);
    table.finish();
    assert_eq!(ended(&table), Some(Ended::Caller));
}
