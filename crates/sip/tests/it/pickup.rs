//! Call pickup on virtual time: who gets which call, what the caller and the other phones hear, and every race (G1).

use crate::hand::{ANNA, Table, value};
use crate::network::offer;
use sip::directory::{Group, Hunt, HuntStep, Otherwise, Phone, Route};
use sip::message::{Message, Method, Name};
use std::time::Duration;

const BEN: usize = 1;
const CARL: usize = 2;
const EVE: usize = 3;
const FRED: usize = 4;
const SDP: &str = "v=0\r\nm=audio 4000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n";

/// Anna and Fred call Ben and Carl; Eve, and in one test Fred, pick up.
fn table() -> Table {
    let mut table = Table::new(4);
    table.register("ben", BEN);
    table.register("carl", CARL);
    for (who, login) in [(EVE, "eve"), (FRED, "fred")] {
        table.logins.insert(who, login);
    }
    let group = Group(5);
    let logins = vec!["ben".into(), "carl".into()];
    table.routes.insert("*98", Route::PickUp { group, logins });
    let logins = vec!["carl".into()];
    table
        .routes
        .insert("*97carl", Route::PickUp { group, logins });
    table
}

fn rings(table: &mut Table, who: usize) -> Message {
    let invite = table.one(who);
    assert_eq!(invite.method(), Some(Method::Invite));
    table.answer(who, &invite, 180, "", "");
    invite
}

/// Dials the code, and is answered with a description that leads nowhere.
fn picks_up(table: &mut Table, who: usize, code: &str) {
    table.take(who);
    table.routes.insert("code", table.routes[code].clone());
    dial(table, who, "code");
    let ok = table.take(who).pop().unwrap();
    let body = String::from_utf8_lossy(ok.body()).into_owned();
    assert_eq!(ok.code(), 200);
    assert!(
        body.contains("m=audio 9 ") && body.contains("a=sendrecv"),
        "{body}"
    );
    table.ack(who, &ok, "");
}

/// A call with a description that has audio.
fn dial(table: &mut Table, who: usize, code: &str) {
    table.dial_with(who, code, SDP);
}

/// The caller's offer reaches who has picked up, and the answer the caller.
fn connects(table: &mut Table, who: usize) {
    let offered = table.one(who);
    assert_eq!(
        (offered.method(), offered.body()),
        (Some(Method::Invite), &b"offer"[..])
    );
    table.answer(who, &offered, 200, "", "answer");
    assert_eq!(table.heard(who), "ACK");
    let ok = table.take(ANNA).pop().unwrap();
    assert_eq!((ok.code(), ok.body()), (200, &b"answer"[..]));
    table.ack(ANNA, &ok, "");
}

fn refused(table: &mut Table, who: usize, code: u16) {
    let last = table.take(who).pop().unwrap();
    assert_eq!(last.code(), code);
    table.ack(who, &last, "");
}

fn hang_up(table: &mut Table, who: usize) {
    table.ask(ANNA, "BYE", "", "");
    let bye = table.one(who);
    assert_eq!(bye.method(), Some(Method::Bye));
    table.answer(who, &bye, 200, "", "");
    table.finish();
}

#[test]
fn g1_a_colleagues_call_is_picked_up_and_both_phones_get_what_the_other_describes() {
    let mut table = table();
    table.dial(ANNA, "ben", "");
    let at_ben = rings(&mut table, BEN);
    table.wait_seconds(3);
    picks_up(&mut table, EVE, "*98");
    let cancel = table.one(BEN);
    assert!(value(&cancel, Name::Reason).contains("cause=200"));
    table.answer(BEN, &cancel, 200, "", "");
    table.answer(BEN, &at_ben, 487, "", "");
    connects(&mut table, EVE);
    table.wait_seconds(60);
    hang_up(&mut table, EVE);
    let [record] = &table.records[..] else {
        panic!("{:?}", table.records)
    };
    assert_eq!((record.dialled.as_str(), record.code), ("ben", 200));
    assert_eq!(record.answered_by.as_deref(), Some("eve"));
    assert_eq!(table.ways(), ["5: ben Offered, eve Answered, Talked"]);
    assert_eq!(record.visits[0].entered, record.started);
}

#[test]
fn g1_the_longest_ringing_call_first_and_directed_pickup_the_colleagues() {
    for (code, expected) in [("*98", BEN), ("*97carl", CARL)] {
        let mut table = table();
        table.dial(FRED, "ben", "");
        rings(&mut table, BEN);
        table.wait_seconds(5);
        table.dial(ANNA, "carl", "");
        rings(&mut table, CARL);
        picks_up(&mut table, EVE, code);
        for who in [BEN, CARL] {
            let stops = if who == expected { "CANCEL" } else { "" };
            assert_eq!(table.heard(who), stops, "{code}");
        }
        table.finish();
    }
}

#[test]
fn g1_a_call_that_rings_through_a_hunt_group_is_picked_up_and_the_group_knows() {
    let mut table = table();
    let phones = ["ben", "carl"].map(|login| Phone {
        login: login.into(),
        generation: 0,
    });
    let hunt = Hunt {
        group: Group(9),
        name: None,
        steps: vec![HuntStep {
            phones: phones.to_vec(),
            ring_for: Duration::from_secs(12),
        }],
        give_up_after: None,
        allows_call_waiting: false,
        otherwise: Otherwise::default(),
    };
    table.routes.insert("sales", Route::Hunt(Box::new(hunt)));
    table.dial(ANNA, "sales", "");
    let invites = [BEN, CARL].map(|who| rings(&mut table, who));
    picks_up(&mut table, EVE, "*97carl");
    assert_eq!(table.taken[0].login, "eve");
    for (who, invite) in [BEN, CARL].into_iter().zip(&invites) {
        assert_eq!(table.heard(who), "CANCEL");
        // Ben answers in the very moment: too late.
        table.answer(who, invite, 200, "", "answer");
        assert_eq!(table.heard(who), "ACK BYE");
    }
    connects(&mut table, EVE);
    hang_up(&mut table, EVE);
}

#[test]
fn g1_two_pick_up_at_once_and_one_of_them_hears_that_there_is_nothing() {
    let mut table = table();
    table.dial(ANNA, "ben", "");
    rings(&mut table, BEN);
    picks_up(&mut table, EVE, "*98");
    dial(&mut table, FRED, "*98");
    refused(&mut table, FRED, 480);
    assert_eq!(table.records[0].why, "there is nothing to pick up");
    connects(&mut table, EVE);
    hang_up(&mut table, EVE);
}

#[test]
fn g1_nothing_rings_or_it_was_answered_in_the_very_moment() {
    let mut table = table();
    dial(&mut table, EVE, "*98");
    refused(&mut table, EVE, 480);
    table.dial(ANNA, "ben", "");
    let invite = rings(&mut table, BEN);
    table.answer(BEN, &invite, 200, "", "answer");
    dial(&mut table, FRED, "*98");
    refused(&mut table, FRED, 480);
    table.finish();
}

#[test]
fn g1_the_caller_hangs_up_before_the_phones_are_joined() {
    for is_described in [false, true] {
        let mut table = table();
        let sent = table.dial(ANNA, "ben", "");
        rings(&mut table, BEN);
        dial(&mut table, EVE, "*98");
        let ok = table.take(EVE).pop().unwrap();
        if is_described {
            table.ack(EVE, &ok, "");
            assert_eq!(table.heard(EVE), "INVITE");
        }
        table.cancel(ANNA, &sent);
        assert_eq!(table.heard(ANNA), "100 180 200 487");
        if !is_described {
            table.ack(EVE, &ok, "");
        }
        let heard = table.heard(EVE);
        assert!(heard.ends_with("BYE"), "{heard}");
        table.finish();
    }
}

#[test]
fn g1_who_has_picked_up_hangs_up_vanishes_or_refuses_and_nobody_is_left_waiting() {
    for how in ["BYE", "488", "408", "silence", "no ACK"] {
        let mut table = table();
        table.dial(ANNA, "ben", "");
        rings(&mut table, BEN);
        table.take(ANNA);
        dial(&mut table, EVE, "*98");
        let ok = table.take(EVE).pop().unwrap();
        if how != "no ACK" {
            table.ack(EVE, &ok, "");
        }
        match how {
            "BYE" => drop(table.ask(EVE, "BYE", "", "")),
            "488" | "408" => {
                let offered = table.one(EVE);
                table.answer(EVE, &offered, how.parse().unwrap(), "", "");
                assert_eq!(table.heard(EVE), "ACK BYE");
            }
            _ => table.wait_seconds(40),
        }
        let last = table.take(ANNA).pop().unwrap();
        assert!(last.code() >= 400, "{how}: {}", last.code());
        table.ack(ANNA, &last, "");
        table.finish();
        assert_eq!(
            table.records[0].answered_by.as_deref(),
            Some("eve"),
            "{how}"
        );
    }
}

#[test]
fn g1_a_caller_without_an_offer_gets_that_of_who_has_picked_up() {
    let mut table = table();
    table.dial_with(ANNA, "ben", "");
    rings(&mut table, BEN);
    picks_up(&mut table, EVE, "*98");
    let asked = table.one(EVE);
    assert_eq!(
        (asked.method(), asked.body()),
        (Some(Method::Invite), &b""[..])
    );
    table.answer(EVE, &asked, 200, "", "offer of eve");
    let ok = table.take(ANNA).pop().unwrap();
    assert_eq!(ok.body(), b"offer of eve");
    table.ack(ANNA, &ok, "answer of anna");
    let ack = table.one(EVE);
    assert_eq!(ack.body(), b"answer of anna");
    hang_up(&mut table, EVE);
}

#[test]
fn g1_a_transferred_call_is_picked_up_and_its_caller_hears_who_has() {
    let mut table = table();
    table.dial(ANNA, "ben", "");
    let invite = rings(&mut table, BEN);
    table.answer(BEN, &invite, 200, "", "answer");
    let ok = table.take(ANNA).pop().unwrap();
    table.ack(ANNA, &ok, "");
    table.take(BEN);
    table.ask(BEN, "REFER", "Refer-To: <sip:carl@192.0.2.1>\r\n", "");
    rings(&mut table, CARL);
    dial(&mut table, EVE, "*97carl");
    let offered = table.take(ANNA).pop().unwrap();
    assert_eq!(offered.body(), SDP.as_bytes());
    table.answer(ANNA, &offered, 200, "", "answer of anna");
    let ok = table.take(EVE).pop().unwrap();
    assert_eq!((ok.code(), ok.body()), (200, &b"answer of anna"[..]));
    table.ack(EVE, &ok, "");
    table.ask(EVE, "BYE", "", "");
    table.finish();
}

#[test]
fn g1_a_phone_without_audio_picks_nothing_up_and_the_call_rings_on() {
    let mut table = table();
    table.dial(ANNA, "ben", "");
    let invite = rings(&mut table, BEN);
    table.dial(EVE, "*98", "");
    refused(&mut table, EVE, 488);
    assert_eq!(table.heard(BEN), "");
    table.answer(BEN, &invite, 200, "", "answer");
    table.finish();
}

#[test]
fn g1_who_has_picked_up_and_asks_for_something_else_at_once_is_put_off() {
    let mut table = table();
    table.dial(ANNA, "ben", "");
    rings(&mut table, BEN);
    picks_up(&mut table, EVE, "*98");
    let offered = table.one(EVE);
    table.ask(EVE, "INVITE", "", "hold");
    assert_eq!(table.heard(EVE), "500");
    table.answer(EVE, &offered, 200, "", "answer");
    let ok = table.take(ANNA).pop().unwrap();
    assert_eq!(ok.code(), 200);
    table.finish();
}

#[test]
fn g1_pickup_codes_forward_to_nobody() {
    // Whoever transfers a call to a code has no phone in the new call.
    let mut table = table();
    table.routes.insert("ben", offer(&["ben"], 20));
    table.dial(ANNA, "ben", "");
    let invite = rings(&mut table, BEN);
    table.answer(BEN, &invite, 200, "", "answer");
    let ok = table.take(ANNA).pop().unwrap();
    table.ack(ANNA, &ok, "");
    table.ask(BEN, "REFER", "Refer-To: <sip:*98@192.0.2.1>\r\n", "");
    let records = &table.records;
    assert_eq!(records[0].why, "only a phone can pick up");
    table.ask(ANNA, "BYE", "", "");
    table.finish();
}
