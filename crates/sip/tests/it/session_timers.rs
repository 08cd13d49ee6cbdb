//! RFC 4028: each leg agrees on an interval of its own, is refreshed, and ends when it is not.

use crate::hand::{ANNA, BOB, Table, value};
use sip::message::{Message, Name};

const TIMER: &str = "Supported: timer\r\nAllow: INVITE, ACK, BYE, UPDATE\r\n";
const NO_UPDATE: &str = "Supported: timer\r\nAllow: INVITE, ACK, BYE\r\n";

fn session(message: &Message) -> String {
    value(message, Name::SessionExpires)
}

fn anna(line: &str) -> String {
    format!("{TIMER}{line}\r\n")
}

#[test]
fn the_invite_proposes_and_the_answer_decides() {
    let cases = [
        // Header lines of the caller's INVITE, our Session-Expires in its 200, whether it must know it.
        ("", "", false),
        (TIMER, "1800;refresher=uas", false),
        (NO_UPDATE, "1800;refresher=uac", true),
        (&anna("Session-Expires: 600"), "600;refresher=uas", false),
        (&anna("Session-Expires: 9000"), "1800;refresher=uas", false),
        (&anna("x: 600;refresher=UAC"), "600;refresher=uac", true),
        (
            &anna("x: 600 ; refresher = uas"),
            "600;refresher=uas",
            false,
        ),
        (
            &anna("Session-Expires: nonsense"),
            "1800;refresher=uas",
            false,
        ),
        (
            &anna("Session-Expires: 100\r\nMin-SE: 120"),
            "120;refresher=uas",
            false,
        ),
    ];
    for (lines, expected, is_required) in cases {
        let (mut table, invite, ok) = Table::up(lines, "");
        assert_eq!(session(&invite), "1800", "{lines}");
        assert_eq!(value(&invite, Name::MinSe), "90");
        assert_eq!(session(&ok), expected, "{lines}");
        assert_eq!(ok.has(Name::Require, b"timer"), is_required, "{lines}");
        table.hang_up();
    }
}

#[test]
fn an_interval_that_is_too_short_is_refused_with_ours() {
    let mut table = Table::new(1);
    table.ask(ANNA, "INVITE", &anna("Session-Expires: 60"), "offer");
    let refusal = table.one(ANNA);
    assert_eq!(
        (refusal.code(), value(&refusal, Name::MinSe).as_str()),
        (422, "90")
    );
    // Who does not understand 422 gets the shortest we have.
    table.finish();
    let (mut table, _, ok) = Table::up("Session-Expires: 60\r\n", "");
    assert_eq!(session(&ok), "");
    for method in ["UPDATE", "INVITE"] {
        table.ask(ANNA, method, &anna("Session-Expires: 60"), "");
        let refusal = table.one(ANNA);
        assert_eq!(
            (refusal.code(), value(&refusal, Name::MinSe).as_str()),
            (422, "90")
        );
    }
    table.hang_up();
}

#[test]
fn a_phone_that_wants_a_longer_interval_is_asked_again_with_it() {
    let mut table = Table::new(1);
    table.ask(ANNA, "INVITE", "", "offer");
    let first = table.one(BOB);
    table.answer(BOB, &first, 422, "Min-SE: 3600\r\n", "");
    let heard = table.take(BOB);
    let again = &heard[1];
    assert_eq!(
        (session(again).as_str(), again.body()),
        ("3600", &b"offer"[..])
    );
    assert_eq!(
        (again.cseq, again.get(again.call_id)),
        (2, first.get(first.call_id))
    );
    table.answer(BOB, again, 422, "Min-SE: 3600\r\n", "");
    // Not a third time for the same reason.
    assert_eq!(table.heard(BOB), "ACK");
    assert_eq!(table.take(ANNA).last().map(Message::code), Some(422));
    table.wait_seconds(40);
    table.finish();
}

#[test]
fn a_reinvite_that_is_too_brief_for_the_other_phone_is_repeated_there() {
    let (mut table, _, _) = Table::up("", &anna("Session-Expires: 1800;refresher=uac"));
    table.ask(ANNA, "INVITE", "", "hold");
    let reinvite = table.one(BOB);
    table.answer(BOB, &reinvite, 422, "Min-SE: 2400\r\n", "");
    let again = table.take(BOB).pop().unwrap();
    assert_eq!(
        (session(&again).as_str(), again.body()),
        ("2400;refresher=uac", &b"hold"[..])
    );
    table.answer(BOB, &again, 200, "", "held");
    let ok = table.take(ANNA).pop().unwrap();
    assert_eq!((ok.code(), ok.body()), (200, &b"held"[..]));
    table.ack(ANNA, &ok, "");
    table.hang_up();
}

#[test]
fn we_refresh_with_update_at_half_time_and_nothing_reaches_the_other_leg() {
    let (mut table, _, _) = Table::up("", &anna("Session-Expires: 600;refresher=uac"));
    table.wait_seconds(299);
    assert_eq!(table.heard(BOB), "");
    table.wait(1_100);
    let update = table.one(BOB);
    assert_eq!(update.method_name(), b"UPDATE");
    assert_eq!(
        (session(&update).as_str(), update.body()),
        ("600;refresher=uac", &b""[..])
    );
    table.answer(
        BOB,
        &update,
        200,
        "Session-Expires: 600;refresher=uac\r\n",
        "",
    );
    assert!(!table.heard(ANNA).contains("UPDATE"));
    table.wait(300_100);
    assert_eq!(table.heard(BOB), "UPDATE");
    table.hang_up();
}

#[test]
fn a_phone_without_update_is_refreshed_with_the_same_description() {
    let (mut table, _, _) = Table::up("", &format!("{NO_UPDATE}x: 600;refresher=uac\r\n"));
    table.wait(300_100);
    let reinvite = table.one(BOB);
    assert_eq!(
        (reinvite.method_name(), reinvite.body()),
        (&b"INVITE"[..], &b"offer"[..])
    );
    table.answer(BOB, &reinvite, 200, "x: 600;refresher=uac\r\n", "answer");
    assert_eq!(table.heard(BOB), "ACK");
    assert!(!table.heard(ANNA).contains("INVITE"));
    // After a hold it is the held description.
    table.ask(ANNA, "INVITE", "", "hold");
    let hold = table.one(BOB);
    table.answer(BOB, &hold, 200, "x: 600;refresher=uac\r\n", "held");
    let ok = table.take(ANNA).pop().unwrap();
    table.ack(ANNA, &ok, "");
    table.take(BOB);
    table.wait(300_100);
    assert_eq!(table.one(BOB).body(), b"hold");
    table.wait_seconds(33);
    table.both_hear_bye();
}

#[test]
fn update_that_is_refused_as_unknown_becomes_an_invite() {
    let (mut table, _, _) = Table::up("", &anna("Session-Expires: 600;refresher=uac"));
    table.wait(300_100);
    let update = table.one(BOB);
    table.answer(BOB, &update, 501, "", "");
    table.wait(1);
    assert_eq!(table.heard(BOB), "INVITE");
    table.hang_up();
}

#[test]
fn a_refresh_nobody_answers_ends_the_call_on_both_legs() {
    for (of_anna, of_bob, who) in [
        ("", anna("Session-Expires: 600;refresher=uac"), BOB),
        (TIMER, String::new(), ANNA),
    ] {
        let (mut table, _, _) = Table::up(of_anna, &of_bob);
        table.wait(if who == BOB { 300_100 } else { 900_100 });
        assert_eq!(table.one(who).method_name(), b"UPDATE");
        table.wait_seconds(33);
        assert_eq!(table.records[0].code, 408);
        table.both_hear_bye();
    }
}

#[test]
fn a_refresh_the_peer_owes_and_does_not_send_ends_the_call() {
    let (mut table, _, ok) = Table::up(&anna("Session-Expires: 300;refresher=uac"), TIMER);
    assert_eq!(session(&ok), "300;refresher=uac");
    table.wait_seconds(100);
    table.ask(
        ANNA,
        "UPDATE",
        &anna("Session-Expires: 300;refresher=uac"),
        "",
    );
    let ok = table.one(ANNA);
    assert_eq!(
        (ok.code(), session(&ok).as_str()),
        (200, "300;refresher=uac")
    );
    assert_eq!(table.heard(BOB), "", "a refresh concerns one leg");
    table.wait_seconds(267);
    assert!(table.records.is_empty(), "refreshed");
    table.wait(1_100);
    table.both_hear_bye();
}

#[test]
fn both_sides_refresh_at_once() {
    let (mut table, _, _) = Table::up("", &anna("Session-Expires: 600;refresher=uac"));
    table.wait(300_100);
    let ours = table.one(BOB);
    table.ask(
        BOB,
        "UPDATE",
        &anna("Session-Expires: 600;refresher=uas"),
        "",
    );
    let answer = table.one(BOB);
    assert_eq!(
        (answer.code(), session(&answer).as_str()),
        (200, "600;refresher=uas")
    );
    table.answer(BOB, &ours, 491, "", "");
    // We own the Call-ID of this leg: 2.1 to 4 seconds.
    table.wait(2050);
    assert_eq!(table.heard(BOB), "");
    table.wait(2000);
    let again = table.take(BOB).remove(0);
    table.answer(
        BOB,
        &again,
        200,
        "Session-Expires: 600;refresher=uac\r\n",
        "",
    );
    table.hang_up();
}

#[test]
fn who_does_not_own_the_call_id_waits_less_after_491() {
    let (mut table, _, _) = Table::up(&anna("Session-Expires: 300"), "");
    table.wait(150_100);
    let update = table.one(ANNA);
    table.answer(ANNA, &update, 491, "", "");
    table.wait(2001);
    assert!(table.heard(ANNA).starts_with("UPDATE"));
    table.hang_up();
}

#[test]
fn a_refresh_that_is_put_off_is_tried_again_until_the_interval_ends() {
    let (mut table, _, _) = Table::up("", &anna("Session-Expires: 600;refresher=uac"));
    table.wait(300_100);
    let update = table.one(BOB);
    table.answer(BOB, &update, 503, "Retry-After: 20\r\n", "");
    table.wait(20_100);
    let update = table.one(BOB);
    table.answer(BOB, &update, 422, "Min-SE: 900\r\n", "");
    table.wait(1);
    let update = table.one(BOB);
    assert_eq!(session(&update), "900;refresher=uac");
    table.answer(BOB, &update, 500, "", "");
    table.wait_seconds(277);
    assert!(table.records.is_empty());
    table.wait_seconds(3);
    table.take(ANNA);
    assert_eq!(table.records[0].code, 408);
    table.wait_seconds(40);
    table.finish();
}
