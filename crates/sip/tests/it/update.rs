//! RFC 3311: UPDATE before and after the answer, in both directions, and when two offers meet. INFO beside it.

use crate::hand::{ANNA, BOB, Table, value};
use sip::message::{Message, Name};

const KNOWS: &str = "Supported: 100rel\r\nAllow: INVITE, ACK, BYE, PRACK, UPDATE\r\n";
const RELIABLE: &str = "Require: 100rel\r\nRSeq: 1\r\n";

/// Anna and Bob have agreed on early media.
fn early() -> (Table, Message) {
    let mut table = Table::new(1);
    table.ask(ANNA, "INVITE", KNOWS, "offer");
    let invite = table.one(BOB);
    table.answer(BOB, &invite, 183, RELIABLE, "early");
    let progress = table.take(ANNA).pop().unwrap();
    table.prack(ANNA, &progress, "");
    let prack = table.one(BOB);
    table.answer(BOB, &prack, 200, "", "");
    assert_eq!(table.heard(ANNA), "200");
    (table, invite)
}

fn answered(mut table: Table, invite: &Message) {
    table.answer(BOB, invite, 200, "", "");
    let ok = table.take(ANNA).pop().unwrap();
    table.ack(ANNA, &ok, "");
    assert_eq!(table.heard(BOB), "ACK");
    table.hang_up();
}

/// An offer passes and its answer comes back.
fn update(table: &mut Table, from: usize, to: usize) {
    table.ask(from, "UPDATE", "", "new offer");
    assert_eq!(table.heard(from), "");
    let update = table.one(to);
    assert_eq!(
        (update.method_name(), update.body()),
        (&b"UPDATE"[..], &b"new offer"[..])
    );
    table.answer(to, &update, 200, "", "new answer");
    let ok = table.one(from);
    assert_eq!((ok.code(), ok.body()), (200, &b"new answer"[..]));
}

#[test]
fn an_offer_passes_both_ways_before_and_after_the_answer() {
    let (mut table, invite) = early();
    update(&mut table, ANNA, BOB);
    update(&mut table, BOB, ANNA);
    answered(table, &invite);
    let (mut table, _, _) = Table::up("", "");
    update(&mut table, ANNA, BOB);
    update(&mut table, BOB, ANNA);
    table.hang_up();
}

#[test]
fn a_refusal_comes_back_and_changes_nothing() {
    let (mut table, _, _) = Table::up("", "");
    table.ask(BOB, "UPDATE", "", "new offer");
    let update = table.one(ANNA);
    table.answer(ANNA, &update, 488, "", "");
    assert_eq!(table.heard(BOB), "488");
    table.hang_up();
}

#[test]
fn without_a_description_it_stays_on_its_leg_and_moves_the_contact() {
    let (mut table, invite) = early();
    for who in [ANNA, BOB] {
        table.ask(who, "UPDATE", "", "");
        assert_eq!(table.heard(who), "200");
        assert_eq!(table.heard(1 - who), "");
    }
    answered(table, &invite);
}

#[test]
fn an_offer_before_the_first_answer_is_put_off() {
    let mut table = Table::new(1);
    table.ask(ANNA, "INVITE", KNOWS, "offer");
    let invite = table.one(BOB);
    table.answer(BOB, &invite, 180, "", "");
    let ringing = table.take(ANNA).pop().unwrap();
    table.learn_answer(ANNA, &ringing);
    table.ask(ANNA, "UPDATE", "", "too soon");
    let refusal = table.one(ANNA);
    let seconds: u32 = value(&refusal, Name::RetryAfter).parse().unwrap();
    assert!(refusal.code() == 500 && seconds <= 10);
    table.ask(BOB, "UPDATE", "", "too soon");
    assert_eq!(table.heard(BOB), "491");
    answered(table, &invite);
}

#[test]
fn a_second_offer_waits_for_the_answer_to_the_first() {
    let (mut table, _, _) = Table::up("", "");
    table.ask(ANNA, "UPDATE", "", "first");
    let first = table.one(BOB);
    for (who, method, code) in [
        (ANNA, "UPDATE", "500"),
        (ANNA, "INVITE", "500"),
        (BOB, "UPDATE", "491"),
        (BOB, "INVITE", "491"),
    ] {
        table.ask(who, method, "", "second");
        let refusal = table.one(who);
        assert_eq!(refusal.code().to_string(), code, "{who} {method}");
        assert_eq!(refusal.header(Name::RetryAfter).is_some(), code == "500");
    }
    table.answer(BOB, &first, 200, "", "answer");
    assert_eq!(table.heard(ANNA), "200");
    // ACKs of the refused INVITEs are never sent here: their transactions end by themselves.
    table.wait_seconds(33);
    table.take(ANNA);
    table.hang_up();
}

#[test]
fn an_update_nobody_answers_is_408_and_the_next_one_passes() {
    let (mut table, _, _) = Table::up("", "");
    table.ask(ANNA, "UPDATE", "", "first");
    table.wait_seconds(33);
    assert_eq!(table.heard(ANNA), "408");
    table.take(BOB);
    update(&mut table, ANNA, BOB);
    table.hang_up();
}

#[test]
fn an_update_into_a_running_reinvite_meets_it() {
    let (mut table, _, _) = Table::up("", "");
    table.ask(ANNA, "INVITE", "", "hold");
    let reinvite = table.one(BOB);
    table.ask(ANNA, "UPDATE", "", "x");
    table.ask(BOB, "UPDATE", "", "y");
    assert_eq!(
        (table.heard(ANNA).as_str(), table.heard(BOB).as_str()),
        ("100 500", "491")
    );
    table.answer(BOB, &reinvite, 200, "", "held");
    let ok = table.take(ANNA).pop().unwrap();
    table.ack(ANNA, &ok, "");
    table.hang_up();
}

#[test]
fn info_passes_both_ways_even_beside_a_reinvite() {
    let (mut table, _, _) = Table::up("", "");
    table.ask(ANNA, "INVITE", "", "hold");
    let reinvite = table.one(BOB);
    table.take(ANNA);
    for (from, to) in [(ANNA, BOB), (BOB, ANNA)] {
        table.ask(
            from,
            "INFO",
            "Info-Package: dtmf\r\n",
            "Signal=5\r\nDuration=160\r\n",
        );
        let info = table.one(to);
        assert_eq!(info.body(), b"Signal=5\r\nDuration=160\r\n");
        assert!(crate::desk::text(&info).contains("Info-Package: dtmf"));
        table.answer(to, &info, 200, "", "");
        assert_eq!(table.heard(from), "200");
    }
    table.answer(BOB, &reinvite, 200, "", "held");
    let ok = table.take(ANNA).pop().unwrap();
    table.ack(ANNA, &ok, "");
    table.hang_up();
}

#[test]
fn the_called_phone_cannot_hang_up_before_it_answers() {
    let (mut table, invite) = early();
    table.ask(BOB, "BYE", "", "");
    assert_eq!(table.heard(BOB), "481");
    answered(table, &invite);
}

#[test]
fn a_request_is_answered_even_when_its_call_ended_meanwhile() {
    let (mut table, _, _) = Table::up("", "");
    table.ask(ANNA, "INFO", "", "5");
    table.take(BOB);
    table.ask(ANNA, "BYE", "", "");
    assert_eq!(table.heard(ANNA), "200");
    let bye = table.one(BOB);
    table.answer(BOB, &bye, 200, "", "");
    table.wait_seconds(33);
    assert_eq!(table.heard(ANNA), "487");
    table.take(BOB);
    table.finish();
}

#[test]
fn info_passes_before_the_answer_once_it_is_clear_to_whom() {
    let (mut table, invite) = early();
    for (from, to) in [(ANNA, BOB), (BOB, ANNA)] {
        table.ask(from, "INFO", "", "5");
        let info = table.one(to);
        table.answer(to, &info, 200, "", "");
        assert_eq!(table.heard(from), "200");
    }
    answered(table, &invite);
    let mut table = Table::new(2);
    table.ask(ANNA, "INVITE", "", "offer");
    let invite = table.one(BOB);
    table.answer(BOB, &invite, 180, "", "");
    let ringing = table.take(ANNA).pop().unwrap();
    table.learn_answer(ANNA, &ringing);
    table.ask(ANNA, "INFO", "", "5");
    assert_eq!(table.heard(ANNA), "480");
}
