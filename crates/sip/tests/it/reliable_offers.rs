//! Phones that take calls only with reliable provisional responses (RFC 3262), when we ring for one who waits: a queue's
//! offer, a recall, a blind transfer. Their first response has to carry the offer, before anybody can answer it.

use crate::attended::{EVE, listening, ring};
use crate::hand::{ANNA, BOB, Table, value};
use crate::network::offer;
use crate::parking::{SECOND, bob_leaves, parked, second_line_ends};
use crate::scripted::SERVER;
use sip::attend::{AttendedCall, Missed, Notice, OfferId};
use sip::directory::Route;
use sip::message::{Message, Method, Name};

const INSISTS: &str = "Require: 100rel\r\n";
const OFFER: &str = "v=0\r\no=b 1 1 IN IP4 10.0.0.3\r\ns=-\r\nc=IN IP4 10.0.0.3\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 0\r\n";

fn rel(number: u32) -> String {
    format!("Require: 100rel\r\nRSeq: {number}\r\n")
}

fn is_reliable(invite: &Message) -> bool {
    value(invite, Name::Supported).contains("100rel")
}

/// The phone of `who` is asked without 100rel, insists, and is asked again.
fn insists(table: &mut Table, who: usize) -> Message {
    let plain = table.take(who).pop().unwrap();
    assert_eq!(plain.method(), Some(Method::Invite));
    assert!(!is_reliable(&plain));
    table.answer(who, &plain, 421, INSISTS, "");
    let again = table.take(who).pop().unwrap();
    assert_eq!(again.method(), Some(Method::Invite));
    assert!(is_reliable(&again));
    again
}

/// It rings with its offer, and is answered with a description in which nothing flows.
fn rings(table: &mut Table, who: usize, invite: &Message) {
    table.answer(who, invite, 180, &rel(7), OFFER);
    let prack = table.one(who);
    assert_eq!(prack.method(), Some(Method::Prack));
    let quiet = String::from_utf8_lossy(prack.body()).into_owned();
    assert!(quiet.contains("m=audio 9 RTP/AVP 8\r\n"), "{quiet}");
    table.answer(who, &prack, 200, "", "");
}

/// It answers, and is asked for another offer.
fn answers(table: &mut Table, who: usize, invite: &Message) -> Message {
    table.answer(who, invite, 200, "", "");
    let [ack, anew] = &table.take(who)[..] else {
        panic!("an ACK and an INVITE")
    };
    assert_eq!((ack.method(), ack.body()), (Some(Method::Ack), &b""[..]));
    assert_eq!(anew.method(), Some(Method::Invite));
    assert_eq!(anew.body(), b"");
    anew.clone()
}

/// The phone's second offer goes to who waits, and the answer back.
fn joins(table: &mut Table, (who, waiting): (usize, usize), anew: &Message) {
    table.answer(who, anew, 200, "", "second offer");
    let reinvite = table.take(waiting).pop().unwrap();
    assert_eq!(reinvite.body(), b"second offer");
    table.answer(waiting, &reinvite, 200, "", "answer");
    assert_eq!(table.one(who).body(), b"answer");
    assert_eq!(table.heard(waiting), "ACK");
}

/// Bob's phone insists, rings for Anna, and has answered.
fn answered() -> (Table, AttendedCall, Message) {
    let (mut table, call) = listening();
    ring(&mut table, call, 1, "bob");
    let invite = insists(&mut table, BOB);
    rings(&mut table, BOB, &invite);
    let anew = answers(&mut table, BOB, &invite);
    (table, call, anew)
}

fn not_joined(call: AttendedCall) -> Notice {
    Notice::OfferFailed {
        call,
        offer: OfferId(1),
        why: Missed::NotJoined,
    }
}

/// Anna still hears music, and hangs up.
fn anna_leaves(mut table: Table) {
    assert_eq!(table.audio.open(), 1);
    table.take(ANNA);
    table.ask(ANNA, "BYE", "", "");
    table.finish();
    assert_eq!(table.audio.open(), 0);
}

#[test]
fn g4_an_agents_phone_that_insists_on_100rel_rings_and_is_joined() {
    let (mut table, call, anew) = answered();
    joins(&mut table, (BOB, ANNA), &anew);
    let (offer, login) = (OfferId(1), Some("bob".to_owned()));
    assert_eq!(table.notices, [Notice::Connected { call, offer, login }]);
    assert_eq!(table.audio.open(), 0);
    table.hang_up();
}

#[test]
fn g2_a_recall_rings_at_a_phone_that_insists_on_100rel_with_its_own_pattern() {
    let (mut table, _) = parked();
    second_line_ends(&mut table);
    table.wait_seconds(40);
    let invite = insists(&mut table, ANNA);
    let alert = String::from_utf8_lossy(invite.bytes()).into_owned();
    assert!(
        alert.contains("Alert-Info: <http://127.0.0.1/Bellcore-dr3>\r\n"),
        "{alert}"
    );
    rings(&mut table, ANNA, &invite);
    let anew = answers(&mut table, ANNA, &invite);
    joins(&mut table, (ANNA, BOB), &anew);
    assert_eq!(table.heard(SECOND), "");
    bob_leaves(table);
}

#[test]
fn a_blind_transfer_reaches_a_phone_that_insists_on_100rel() {
    let (mut table, _, _) = Table::up("", "");
    table.register("eve", EVE);
    let refer = format!("Refer-To: <sip:eve@{SERVER}>\r\n");
    table.ask(ANNA, "REFER", &refer, "");
    let invite = insists(&mut table, EVE);
    rings(&mut table, EVE, &invite);
    let anew = answers(&mut table, EVE, &invite);
    table.answer(EVE, &anew, 200, "", "second offer");
    let reinvite = table.take(BOB).pop().unwrap();
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    assert_eq!(table.one(EVE).body(), b"answer of bob");
    for message in table.take(ANNA).iter().filter(|m| m.method().is_some()) {
        table.answer(ANNA, message, 200, "", "");
    }
    table.take(BOB);
    table.ask(BOB, "BYE", "", "");
    let bye = table.one(EVE);
    table.answer(EVE, &bye, 200, "", "");
    table.finish();
}

#[test]
fn a_phone_that_refuses_or_ignores_the_second_question_is_released_and_the_music_goes_on() {
    for code in [Some(488), Some(481), None] {
        let (mut table, call, anew) = answered();
        match code {
            Some(code) => table.answer(BOB, &anew, code, "", ""),
            None => table.wait_seconds(33),
        }
        assert_eq!(table.notices, [not_joined(call)]);
        let heard = table.take(BOB);
        let mut byes = heard.iter().filter(|m| m.method() == Some(Method::Bye));
        table.answer(BOB, byes.next().unwrap(), 200, "", "");
        anna_leaves(table);
    }
}

#[test]
fn a_phone_that_hangs_up_when_asked_anew_leaves_the_caller_with_the_music() {
    let (mut table, call, _) = answered();
    table.ask(BOB, "BYE", "", "");
    assert_eq!(table.notices, [not_joined(call)]);
    anna_leaves(table);
}

#[test]
fn a_caller_who_hangs_up_while_the_phone_is_asked_anew_releases_it() {
    let (mut table, _, anew) = answered();
    table.ask(ANNA, "BYE", "", "");
    table.answer(BOB, &anew, 487, "", "");
    let heard = table.take(BOB);
    let mut byes = heard.iter().filter(|m| m.method() == Some(Method::Bye));
    table.answer(BOB, byes.next().unwrap(), 200, "", "");
    table.finish();
    assert_eq!(table.audio.open(), 0);
}

#[test]
fn a_phone_that_insists_again_has_not_taken_the_call() {
    let (mut table, call) = listening();
    ring(&mut table, call, 1, "bob");
    let again = insists(&mut table, BOB);
    table.answer(BOB, &again, 421, INSISTS, "");
    let (offer, why) = (OfferId(1), Missed::Unreachable);
    assert_eq!(table.notices, [Notice::OfferFailed { call, offer, why }]);
    anna_leaves(table);
}

#[test]
fn a_phone_that_offers_only_with_its_answer_is_joined_as_any_other() {
    let (mut table, call) = listening();
    ring(&mut table, call, 1, "bob");
    let invite = insists(&mut table, BOB);
    table.answer(BOB, &invite, 180, &rel(1), "");
    let prack = table.one(BOB);
    assert_eq!(prack.body(), b"");
    table.answer(BOB, &prack, 200, "", "");
    table.answer(BOB, &invite, 200, "", "offer of bob");
    let reinvite = table.one(ANNA);
    assert_eq!(reinvite.body(), b"offer of bob");
    table.answer(ANNA, &reinvite, 200, "", "answer of anna");
    table.take(ANNA);
    table.hang_up();
}

#[test]
fn an_ordinary_call_is_not_asked_again() {
    let mut table = Table::new(1);
    let route: Route = offer(&["bob"], 20);
    table.routes.insert("bob", route);
    table.dial(ANNA, "bob", "");
    let invite = table.one(BOB);
    assert!(is_reliable(&invite));
    table.answer(BOB, &invite, 421, INSISTS, "");
    assert_eq!(table.heard(BOB), "ACK");
    assert_eq!(table.heard(ANNA), "100 421");
    table.finish();
}
