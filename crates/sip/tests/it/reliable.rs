//! RFC 3262 over both legs: PRACK, descriptions in it, what happens when it never comes.

use crate::hand::{ANNA, BOB, Table, value};
use sip::message::{Message, Name};

const KNOWS: &str = "Supported: 100rel\r\nAllow: INVITE, ACK, BYE, PRACK, UPDATE\r\n";
const REQUIRES: &str = "Require: 100rel\r\n";
/// Bob's other phone.
const DESK: usize = 2;

fn reliable(rseq: u32) -> String {
    format!("Require: 100rel\r\nRSeq: {rseq}\r\n")
}

fn rseq(message: &Message) -> u32 {
    value(message, Name::RSeq).parse().unwrap()
}

/// Anna has called, Bob's phone rings.
fn ringing(of_anna: &str, offer: &str) -> (Table, String, Message) {
    let mut table = Table::new(1);
    let sent = table.ask(ANNA, "INVITE", of_anna, offer);
    assert_eq!(table.heard(ANNA), "100");
    let invite = table.one(BOB);
    (table, sent, invite)
}

fn answer(table: &mut Table, invite: &Message, body: &str) -> Message {
    table.answer(BOB, invite, 200, "", body);
    let ok = table.take(ANNA).pop().unwrap();
    assert_eq!(ok.code(), 200);
    ok
}

#[test]
fn a_description_goes_end_to_end_with_its_prack() {
    let (mut table, _, invite) = ringing(KNOWS, "offer");
    assert!(invite.has(Name::Supported, b"100rel"));
    table.answer(BOB, &invite, 183, &reliable(41), "early");
    let progress = table.one(ANNA);
    assert_eq!((progress.code(), progress.body()), (183, &b"early"[..]));
    assert!(progress.has(Name::Require, b"100rel"));
    assert_eq!(table.heard(BOB), "", "Bob's PRACK waits for Anna's");
    table.prack(ANNA, &progress, "");
    assert_eq!(table.heard(ANNA), "200");
    let prack = table.one(BOB);
    assert_eq!(value(&prack, Name::RAck), "41 1 INVITE");
    table.answer(BOB, &prack, 200, "", "");
    let ok = answer(&mut table, &invite, "");
    assert_eq!(ok.body(), b"", "Anna has the answer already");
    table.ack(ANNA, &ok, "");
    assert_eq!(table.heard(BOB), "ACK");
    table.hang_up();
}

#[test]
fn an_offer_in_prack_is_answered_by_the_other_phone() {
    let (mut table, _, invite) = ringing(KNOWS, "offer");
    table.answer(BOB, &invite, 183, &reliable(1), "early");
    let progress = table.one(ANNA);
    table.prack(ANNA, &progress, "second offer");
    assert_eq!(table.heard(ANNA), "", "the answer is Bob's to give");
    let prack = table.one(BOB);
    assert_eq!(prack.body(), b"second offer");
    table.answer(BOB, &prack, 200, "", "second answer");
    let ok = table.one(ANNA);
    assert_eq!((ok.code(), ok.body()), (200, &b"second answer"[..]));
    let ok = answer(&mut table, &invite, "");
    table.ack(ANNA, &ok, "");
    table.take(BOB);
    table.hang_up();
}

#[test]
fn a_late_offer_is_answered_in_prack() {
    let (mut table, _, invite) = ringing(KNOWS, "");
    table.answer(BOB, &invite, 183, &reliable(9), "offer");
    let progress = table.one(ANNA);
    assert_eq!(progress.body(), b"offer");
    table.prack(ANNA, &progress, "answer");
    let prack = table.one(BOB);
    assert_eq!(prack.body(), b"answer");
    table.answer(BOB, &prack, 200, "", "");
    assert_eq!(table.heard(ANNA), "200");
    let ok = answer(&mut table, &invite, "");
    assert_eq!(table.heard(BOB), "ACK", "nothing is left to be answered");
    table.ack(ANNA, &ok, "");
    table.hang_up();
    // Nobody could answer it.
    let (_, _, invite) = ringing("", "");
    assert!(!invite.has(Name::Supported, b"100rel"));
}

#[test]
fn a_caller_without_prack_loses_nothing() {
    let (mut table, _, invite) = ringing("", "offer");
    table.answer(BOB, &invite, 183, &reliable(7), "early");
    let progress = table.one(ANNA);
    assert_eq!((progress.code(), progress.body()), (183, &b"early"[..]));
    assert!(!progress.has(Name::Require, b"100rel"));
    let prack = table.one(BOB);
    assert_eq!(value(&prack, Name::RAck), "7 1 INVITE");
    table.answer(BOB, &prack, 200, "", "");
    let ok = answer(&mut table, &invite, "");
    assert_eq!(
        ok.body(),
        b"early",
        "Bob need not say it twice, Anna must hear it in the 200"
    );
    table.ack(ANNA, &ok, "");
    table.take(BOB);
    table.hang_up();
}

#[test]
fn a_caller_that_requires_it_gets_reliable_responses_of_a_phone_that_does_not() {
    let (mut table, _, invite) = ringing(REQUIRES, "offer");
    table.answer(BOB, &invite, 180, "", "");
    let first = table.one(ANNA);
    assert!(first.has(Name::Require, b"100rel") && first.code() == 180);
    table.answer(BOB, &invite, 180, "", "");
    assert_eq!(table.heard(ANNA), "", "nothing new");
    table.answer(BOB, &invite, 183, "", "early");
    assert_eq!(table.heard(ANNA), "", "one after another");
    table.prack(ANNA, &first, "");
    let heard = table.take(ANNA);
    assert_eq!([heard[0].code(), heard[1].code()], [200, 183]);
    assert_eq!(rseq(&heard[1]), rseq(&first) + 1);
    table.prack(ANNA, &heard[1], "");
    assert_eq!(table.heard(ANNA), "200");
    assert_eq!(table.heard(BOB), "", "Bob is asked for no PRACK");
    let ok = answer(&mut table, &invite, "answer");
    table.ack(ANNA, &ok, "");
    table.take(BOB);
    table.hang_up();
}

#[test]
fn a_wrong_or_repeated_rack_is_481() {
    let (mut table, _, invite) = ringing(KNOWS, "offer");
    table.answer(BOB, &invite, 183, &reliable(3), "early");
    let progress = table.one(ANNA);
    let good = rseq(&progress);
    for rack in [
        format!("RAck: {} 1 INVITE", good + 1),
        format!("RAck: {good} 2 INVITE"),
        format!("RAck: {good} 1 UPDATE"),
        format!("RAck: {good} 1 INVITE x"),
        "RAck: -".into(),
        "Subject: none".into(),
    ] {
        table.learn_answer(ANNA, &progress);
        table.ask(ANNA, "PRACK", &format!("{rack}\r\n"), "");
        assert_eq!(table.heard(ANNA), "481", "{rack}");
    }
    assert_eq!(table.heard(BOB), "");
    table.prack(ANNA, &progress, "");
    assert_eq!(table.heard(ANNA), "200");
    table.prack(ANNA, &progress, "");
    assert_eq!(table.heard(ANNA), "481");
    table.answer(BOB, &invite, 486, "", "");
    table.wait_seconds(40);
    table.finish();
}

#[test]
fn a_reliable_response_is_repeated_until_the_caller_gives_up_on_it() {
    let (mut table, _, invite) = ringing(KNOWS, "offer");
    table.answer(BOB, &invite, 183, &reliable(3), "early");
    table.wait(31_900);
    let heard = table.take(ANNA);
    // At 0, 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 seconds.
    assert_eq!(heard.len(), 7);
    assert!(heard.iter().all(|message| rseq(message) == rseq(&heard[0])));
    table.wait(200);
    let refusal = table.take(ANNA).remove(0);
    assert_eq!(refusal.code(), 504);
    let cancel = table.take(BOB).remove(0);
    assert_eq!(cancel.method_name(), b"CANCEL");
    assert_eq!(table.records[0].code, 504);
    table.finish();
}

#[test]
fn a_reliable_response_that_comes_again_or_out_of_order_is_not_passed_on() {
    let (mut table, _, invite) = ringing("", "offer");
    table.answer(BOB, &invite, 180, &reliable(5), "");
    assert_eq!(
        (table.heard(ANNA).as_str(), table.heard(BOB).as_str()),
        ("180", "PRACK")
    );
    table.answer(BOB, &invite, 180, &reliable(5), "");
    table.answer(BOB, &invite, 183, &reliable(7), "early");
    assert_eq!(
        (table.heard(ANNA).as_str(), table.heard(BOB).as_str()),
        ("", "")
    );
    table.answer(BOB, &invite, 183, &reliable(6), "early");
    let prack = table.one(BOB);
    assert_eq!(value(&prack, Name::RAck), "6 1 INVITE");
    table.answer(BOB, &invite, 486, "", "");
    table.wait_seconds(40);
    table.finish();
}

#[test]
fn the_200_waits_for_the_prack_of_a_description() {
    let (mut table, _, invite) = ringing(REQUIRES, "offer");
    table.answer(BOB, &invite, 183, "", "early");
    let progress = table.one(ANNA);
    table.answer(BOB, &invite, 200, "", "answer");
    assert_eq!(
        (table.heard(ANNA).as_str(), table.heard(BOB).as_str()),
        ("", "ACK")
    );
    table.prack(ANNA, &progress, "");
    let heard = table.take(ANNA);
    assert_eq!([heard[0].code(), heard[1].code()], [200, 200]);
    table.ack(ANNA, &heard[1], "");
    table.hang_up();
}

#[test]
fn a_caller_that_never_acknowledges_or_cancels_while_the_200_waits_leaves_nobody_alone() {
    for does_cancel in [true, false] {
        let (mut table, sent, invite) = ringing(REQUIRES, "offer");
        table.answer(BOB, &invite, 183, "", "early");
        table.answer(BOB, &invite, 200, "", "answer");
        table.take(BOB);
        table.take(ANNA);
        if does_cancel {
            table.cancel(ANNA, &sent);
            assert_eq!(table.heard(ANNA), "200 487");
        } else {
            table.wait(32_010);
            assert!(table.heard(ANNA).ends_with("504"));
        }
        let bye = table.one(BOB);
        assert_eq!(bye.method_name(), b"BYE");
        table.answer(BOB, &bye, 200, "", "");
        table.finish();
    }
}

#[test]
fn two_phones_ring_reliably_for_one_caller() {
    let mut table = Table::new(2);
    table.ask(ANNA, "INVITE", KNOWS, "offer");
    let invites = [table.one(BOB), table.one(DESK)];
    table.take(ANNA);
    for (who, invite) in [BOB, DESK].into_iter().zip(&invites) {
        table.answer(who, invite, 183, &reliable(5), "early");
        let prack = table.one(who);
        table.answer(who, &prack, 200, "", "");
    }
    assert_eq!(
        table.heard(ANNA),
        "180 180",
        "whose early media it would be is unclear"
    );
    table.answer(DESK, &invites[1], 200, "", "");
    let ok = table.take(ANNA).pop().unwrap();
    assert_eq!((ok.code(), ok.body()), (200, &b"early"[..]));
    table.ack(ANNA, &ok, "");
    let cancel = table.take(BOB).remove(0);
    table.answer(BOB, &cancel, 200, "", "");
    table.answer(BOB, &invites[0], 487, "", "");
    table.ask(ANNA, "BYE", "", "");
    let bye = table.take(DESK).pop().unwrap();
    table.answer(DESK, &bye, 200, "", "");
    table.wait_seconds(40);
    table.finish();
}

#[test]
fn a_phone_that_is_gone_after_its_reliable_response_does_not_hold_the_prack() {
    let (mut table, _, invite) = ringing(KNOWS, "offer");
    table.answer(BOB, &invite, 183, &reliable(3), "early");
    let progress = table.one(ANNA);
    table.answer(BOB, &invite, 486, "", "");
    assert_eq!(table.heard(ANNA), "486");
    table.prack(ANNA, &progress, "");
    assert_eq!(table.heard(ANNA), "481");
    table.wait_seconds(40);
    table.finish();
}

#[test]
fn a_reliable_answer_to_a_reinvite_is_acknowledged_and_not_lost() {
    let (mut table, _, _) = Table::up("", "");
    table.ask(ANNA, "INVITE", "", "hold");
    let reinvite = table.one(BOB);
    table.answer(BOB, &reinvite, 183, &reliable(1), "held");
    let prack = table.one(BOB);
    table.answer(BOB, &prack, 200, "", "");
    table.answer(BOB, &reinvite, 200, "", "");
    let ok = table.take(ANNA).pop().unwrap();
    assert_eq!((ok.code(), ok.body()), (200, &b"held"[..]));
    table.ack(ANNA, &ok, "");
    table.hang_up();
}

#[test]
fn the_phone_hangs_up_while_its_200_waits() {
    let (mut table, _, invite) = ringing(REQUIRES, "offer");
    table.answer(BOB, &invite, 183, "", "early");
    table.answer(BOB, &invite, 200, "", "answer");
    table.take(ANNA);
    table.ask(BOB, "BYE", "", "");
    assert_eq!(table.heard(ANNA), "487", "there is no dialog to say BYE in");
    table.finish();
}

/// What one phone describes reliably could not be taken back when another one answers.
#[test]
fn a_description_is_promised_only_by_the_last_phone() {
    for (of_anna, first, is_reliable) in [(KNOWS, "183", false), (REQUIRES, "183", true)] {
        let mut table = Table::new(1);
        table.busy = Some("eve");
        table.register("eve", DESK);
        table.ask(ANNA, "INVITE", of_anna, "offer");
        let invite = table.one(BOB);
        table.take(ANNA);
        table.answer(BOB, &invite, 183, &reliable(1), "early");
        let progress = table.one(ANNA);
        assert_eq!(progress.code().to_string(), first);
        assert_eq!(progress.has(Name::Require, b"100rel"), is_reliable);
        assert_eq!(progress.body().is_empty(), is_reliable);
        if is_reliable {
            table.prack(ANNA, &progress, "");
            table.take(ANNA);
        }
        assert_eq!(table.heard(BOB), "PRACK");
        table.answer(BOB, &invite, 486, "", "");
        let invite = table.one(DESK);
        table.answer(DESK, &invite, 183, &reliable(1), "early of eve");
        let progress = table.one(ANNA);
        assert!(progress.has(Name::Require, b"100rel"));
        assert_eq!(progress.body(), b"early of eve");
        table.prack(ANNA, &progress, "");
        table.answer(DESK, &invite, 200, "", "");
        let ok = table.take(ANNA).pop().unwrap();
        table.ack(ANNA, &ok, "");
        table.ask(ANNA, "BYE", "", "");
        let bye = table.take(DESK).pop().unwrap();
        table.answer(DESK, &bye, 200, "", "");
        table.wait_seconds(40);
        table.finish();
    }
}
