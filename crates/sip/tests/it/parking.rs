//! G2: parking with `*68`, retrieving with `*88`, recall.

use crate::hand::{ANNA, BOB, Table};
use crate::scripted::SERVER;
use sip::attend::{Playlist, Then};
use sip::directory::{Group, Party, Phone, Route};
use sip::message::{Message, Method};
use sip::park::{Park, Place, Recall, RecallTo, Retrieve};
use std::time::Duration;

/// Anna's phone on its second line.
pub(crate) const SECOND: usize = 3;
pub(crate) const EVE: usize = 2;

pub(crate) fn music() -> Playlist {
    let then = Then::Music { file: Some(4) };
    let first = vec![];
    Playlist { first, then }
}

fn place(member: u128) -> Place {
    let number = format!("10{member}");
    let name = format!("Member {member}");
    Place {
        member,
        shown: Party { number, name },
        announcement: Playlist::default(),
    }
}

pub(crate) fn ring_parker(after: u64) -> Recall {
    Recall {
        after: Duration::from_secs(after),
        to: RecallTo::Phones {
            phones: vec![Phone {
                login: "anna".into(),
                generation: 0,
            }],
            ring_for: Duration::from_secs(20),
        },
        ring: Some("<http://127.0.0.1/Bellcore-dr3>".into()),
    }
}

pub(crate) fn park(members: &[u128], recalls: Vec<Recall>) -> Route {
    Route::Park(Box::new(Park {
        group: Group(7),
        places: members.iter().copied().map(place).collect(),
        music: music(),
        recalls,
        shown_for: Duration::from_secs(5),
    }))
}

/// Anna talks with Bob and holds him. Anna's phones are 100's.
pub(crate) fn held() -> Table {
    let (mut table, _, _) = Table::up("", "");
    table.ask(ANNA, "INVITE", "", "a=sendonly");
    let reinvite = table.one(BOB);
    table.answer(BOB, &reinvite, 200, "", "a=recvonly");
    let ok = table.take(ANNA).pop().unwrap();
    table.ack(ANNA, &ok, "");
    table.take(BOB);
    table.register("anna", ANNA);
    table.register("eve", EVE);
    table
        .routes
        .insert("*68", park(&[1, 2], vec![ring_parker(45)]));
    let retrieve = Route::Retrieve(Retrieve { member: 1 });
    table.routes.insert("*88101", retrieve);
    table.logins.insert(EVE, "eve");
    table
}

/// Anna has dialled `*68`; Bob is offered our audio.
pub(crate) fn parking() -> (Table, Message) {
    let mut table = held();
    table.dial(SECOND, "*68", "");
    assert_eq!(table.heard(SECOND), "100");
    let reinvite = table.one(BOB);
    assert_eq!(reinvite.body(), b"our offer");
    (table, reinvite)
}

/// Bob is parked; Anna's phone has been told where.
pub(crate) fn parked() -> (Table, Message) {
    let (mut table, reinvite) = parking();
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    assert_eq!(table.heard(BOB), "ACK");
    let ok = table.one(SECOND);
    table.ack(SECOND, &ok, "");
    let bye = table.one(ANNA);
    assert_eq!(bye.method(), Some(Method::Bye));
    table.answer(ANNA, &bye, 200, "", "");
    (table, ok)
}

pub(crate) fn second_line_ends(table: &mut Table) {
    table.wait(5100);
    let bye = table.one(SECOND);
    assert_eq!(bye.method(), Some(Method::Bye));
    table.answer(SECOND, &bye, 200, "", "");
}

/// Bob hangs up, and nothing may be left.
pub(crate) fn bob_leaves(mut table: Table) -> Table {
    table.take(BOB);
    table.ask(BOB, "BYE", "", "");
    for who in [ANNA, EVE, SECOND] {
        for bye in table
            .take(who)
            .iter()
            .filter(|m| m.method() == Some(Method::Bye))
        {
            table.answer(who, bye, 200, "", "");
        }
    }
    table.finish();
    assert_eq!(table.audio.open(), 0);
    table
}

#[test]
fn g2_a_held_call_is_parked_and_the_phone_shows_where() {
    let (mut table, ok) = parked();
    let text = String::from_utf8_lossy(ok.bytes()).into_owned();
    let line = format!("P-Asserted-Identity: \"Member 1\" <sip:101@{SERVER}>\r\n");
    assert!(text.contains(&line), "{text}");
    assert_eq!(table.audio.open(), 2);
    assert_eq!(table.audio.book(|book| book.played[0].clone()), music());
    second_line_ends(&mut table);
    assert_eq!(table.audio.open(), 1, "Bob hears music");
    let table = bob_leaves(table);
    assert_eq!(table.ways(), ["7: 100 Parked, Abandoned"]);
}

#[test]
fn g2_another_member_retrieves_the_parked_call() {
    let (mut table, _) = parked();
    second_line_ends(&mut table);
    table.dial(EVE, "*88101", "");
    let reinvite = table.one(BOB);
    assert_eq!(reinvite.body(), b"offer");
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    assert_eq!(table.heard(BOB), "ACK");
    let ok = table.take(EVE).pop().unwrap();
    assert_eq!((ok.code(), ok.body()), (200, &b"answer of bob"[..]));
    table.ack(EVE, &ok, "");
    assert_eq!(table.audio.open(), 0);
    table.ask(EVE, "INFO", "", "dtmf");
    assert_eq!(table.heard(BOB), "INFO");
    let table = bob_leaves(table);
    assert_eq!(table.ways(), ["7: 100 Parked, eve Answered, Talked"]);
}

#[test]
fn g2_who_retrieves_without_an_offer_is_offered_what_the_parked_one_offers() {
    let (mut table, _) = parked();
    second_line_ends(&mut table);
    table.dial_with(EVE, "*88101", "");
    let reinvite = table.one(BOB);
    assert_eq!(reinvite.body(), b"");
    table.answer(BOB, &reinvite, 200, "", "offer of bob");
    let ok = table.take(EVE).pop().unwrap();
    assert_eq!(ok.body(), b"offer of bob");
    table.ack(EVE, &ok, "answer of eve");
    assert_eq!(table.one(BOB).body(), b"answer of eve");
    bob_leaves(table);
}

#[test]
fn g2_a_full_group_refuses_and_the_held_call_goes_on() {
    let mut table = held();
    table.routes.insert("*68", park(&[], vec![]));
    table.dial(SECOND, "*68", "");
    assert_eq!(table.heard(SECOND), "100 486");
    assert_eq!(table.heard(BOB), "", "Bob hears nothing of it");
    table.hang_up();
}

#[test]
fn g2_without_a_held_call_there_is_nothing_to_park() {
    let (mut table, _, _) = Table::up("", "");
    table.routes.insert("*68", park(&[1], vec![]));
    table.dial(SECOND, "*68", "");
    assert_eq!(table.heard(SECOND), "100 480");
    table.take(ANNA);
    table.hang_up();
}

#[test]
fn g2_a_call_is_parked_by_transfer_and_the_phone_is_told_and_released() {
    let mut table = held();
    let refer = format!("Refer-To: <sip:*68@{SERVER}>\r\n");
    table.ask(ANNA, "REFER", &refer, "");
    let trying = table.take(ANNA).pop().unwrap();
    table.answer(ANNA, &trying, 200, "", "");
    let reinvite = table.one(BOB);
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    let [done, bye] = &table.take(ANNA)[..] else {
        panic!("a NOTIFY and a BYE")
    };
    assert!(done.body().starts_with(b"SIP/2.0 200"));
    table.answer(ANNA, done, 200, "", "");
    table.answer(ANNA, bye, 200, "", "");
    assert_eq!(table.audio.open(), 1);
    bob_leaves(table);
}

#[test]
fn g2_a_transfer_to_a_full_group_fails_and_the_call_goes_on() {
    let mut table = held();
    table.routes.insert("*68", park(&[], vec![]));
    let refer = format!("Refer-To: <sip:*68@{SERVER}>\r\n");
    table.ask(ANNA, "REFER", &refer, "");
    let heard = table.take(ANNA);
    let told = heard.iter().filter(|m| m.method() == Some(Method::Notify));
    let last = told.last().unwrap();
    assert!(last.body().starts_with(b"SIP/2.0 486"));
    for message in heard.iter().filter(|m| m.method().is_some()) {
        table.answer(ANNA, message, 200, "", "");
    }
    table.hang_up();
}

#[test]
fn g2_an_unanswered_parked_call_returns_to_the_parker_with_its_own_ring() {
    let (mut table, _) = parked();
    second_line_ends(&mut table);
    table.wait_seconds(38);
    assert_eq!(table.heard(ANNA), "");
    table.wait_seconds(2);
    let invite = table.one(ANNA);
    let text = String::from_utf8_lossy(invite.bytes()).into_owned();
    assert!(
        text.contains("Alert-Info: <http://127.0.0.1/Bellcore-dr3>\r\n"),
        "{text}"
    );
    table.answer(ANNA, &invite, 200, "", "offer of anna");
    let reinvite = table.one(BOB);
    assert_eq!(reinvite.body(), b"offer of anna");
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    assert_eq!(table.audio.open(), 0);
    table.take(ANNA);
    let table = bob_leaves(table);
    let way = "7: 100 Parked, anna Offered, anna Answered, Talked";
    assert_eq!(table.ways(), [way]);
}

#[test]
fn g2_a_recall_that_nobody_answers_goes_on_to_the_alternate() {
    let mut table = held();
    let alternate = Recall {
        after: Duration::from_secs(30),
        to: RecallTo::Dial("eve".into()),
        ring: None,
    };
    let recalls = vec![ring_parker(45), alternate];
    table.routes.insert("*68", park(&[1], recalls));
    table.dial(SECOND, "*68", "");
    let reinvite = table.one(BOB);
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    let ok = table.take(SECOND).pop().unwrap();
    table.ack(SECOND, &ok, "");
    let bye = table.one(ANNA);
    table.answer(ANNA, &bye, 200, "", "");
    second_line_ends(&mut table);
    table.wait_seconds(40);
    let invite = table.one(ANNA);
    table.answer(ANNA, &invite, 180, "", "");
    table.wait(20_100);
    assert_eq!(table.heard(ANNA), "CANCEL");
    table.answer(ANNA, &invite, 487, "", "");
    table.wait(30_100);
    let invite = table.one(EVE);
    table.answer(EVE, &invite, 200, "", "offer of eve");
    let reinvite = table.take(BOB).pop().unwrap();
    assert_eq!(reinvite.body(), b"offer of eve");
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    assert_eq!(table.audio.open(), 0);
    table.take(EVE);
    table.take(ANNA);
    let table = bob_leaves(table);
    let way = "7: 100 Parked, anna Offered, anna NoAnswer, eve Offered, eve Answered, Talked";
    assert_eq!(table.ways(), [way]);
}

#[test]
fn g2_a_call_that_nobody_wants_is_released_in_the_end() {
    let (mut table, _) = parked();
    second_line_ends(&mut table);
    table.wait_seconds(40);
    let invite = table.one(ANNA);
    table.answer(ANNA, &invite, 486, "", "");
    table.wait_seconds(119);
    table.take(ANNA);
    assert_eq!(table.audio.open(), 1);
    table.wait_seconds(3);
    let bye = table.take(BOB).pop().unwrap();
    assert_eq!(bye.method(), Some(Method::Bye));
    table.answer(BOB, &bye, 200, "", "");
    table.finish();
    assert_eq!(table.audio.open(), 0);
    let way = "7: 100 Parked, anna Offered, anna NoAnswer, Refused(NoAnswer)";
    assert_eq!(table.ways(), [way]);
}

#[test]
fn g2_a_call_is_retrieved_while_it_rings_at_the_parker() {
    let (mut table, _) = parked();
    second_line_ends(&mut table);
    table.wait_seconds(40);
    let invite = table.one(ANNA);
    table.answer(ANNA, &invite, 180, "", "");
    table.dial(EVE, "*88101", "");
    let reinvite = table.one(BOB);
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    assert_eq!(table.heard(ANNA), "CANCEL");
    table.answer(ANNA, &invite, 487, "", "");
    let ok = table.take(EVE).pop().unwrap();
    table.ack(EVE, &ok, "");
    table.take(ANNA);
    bob_leaves(table);
}
