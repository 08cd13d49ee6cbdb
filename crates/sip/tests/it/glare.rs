//! RFC 3261 §14: INVITEs that meet inside a dialog, in a transfer too.

use crate::hand::{ANNA, BOB, Table};
use crate::scripted::SERVER;
use sip::message::Message;

const EVE: usize = 2;

/// Anna talks with Bob and has told him to talk to Eve, who has answered: Bob is offered what she offered.
fn transferred() -> (Table, Message) {
    let (mut table, _, _) = Table::up("", "");
    table.take(ANNA);
    table.register("eve", EVE);
    let refer = format!("Refer-To: <sip:eve@{SERVER}>\r\n");
    table.ask(ANNA, "REFER", &refer, "");
    let notify = table.take(ANNA).pop().unwrap();
    table.answer(ANNA, &notify, 200, "", "");
    let invite = table.one(EVE);
    table.answer(EVE, &invite, 200, "", "offer of eve");
    let reinvite = table.one(BOB);
    assert_eq!(reinvite.body(), b"offer of eve");
    (table, reinvite)
}

fn ends(mut table: Table, expected: &str) {
    let notify = table.take(ANNA).remove(0);
    assert!(
        notify
            .body()
            .starts_with(format!("SIP/2.0 {expected}").as_bytes())
    );
    table.answer(ANNA, &notify, 200, "", "");
    table.ask(BOB, "BYE", "", "");
    // Whoever is left answers its BYE.
    for who in [ANNA, EVE] {
        for bye in table.take(who).iter().filter(|m| m.method_name() == b"BYE") {
            table.answer(who, bye, 200, "", "");
        }
    }
    table.wait_seconds(40);
    for who in [ANNA, BOB, EVE] {
        table.take(who);
    }
    table.finish();
}

#[test]
fn a_transfer_that_meets_a_reinvite_is_tried_again_by_the_owner_of_the_call_id() {
    let (mut table, reinvite) = transferred();
    table.answer(BOB, &reinvite, 491, "", "");
    assert_eq!(table.heard(BOB), "ACK");
    table.wait(2050);
    assert_eq!(table.heard(BOB), "");
    table.wait(2000);
    let again = table.take(BOB).remove(0);
    assert_eq!(again.body(), b"offer of eve");
    table.answer(BOB, &again, 200, "", "answer of bob");
    let ack = table.take(EVE).pop().unwrap();
    assert_eq!(ack.body(), b"answer of bob");
    ends(table, "200");
}

#[test]
fn a_transfer_that_is_always_in_the_way_fails() {
    let (mut table, mut reinvite) = transferred();
    for _ in 0..3 {
        table.answer(BOB, &reinvite, 491, "", "");
        table.take(BOB);
        table.wait(4050);
        reinvite = table.take(BOB).remove(0);
    }
    table.answer(BOB, &reinvite, 491, "", "");
    ends(table, "491");
}

#[test]
fn a_transfer_that_waits_ends_with_its_call() {
    for who in [BOB, EVE] {
        let (mut table, reinvite) = transferred();
        table.answer(BOB, &reinvite, 491, "", "");
        table.take(BOB);
        table.ask(who, "BYE", "", "");
        for who in [ANNA, BOB, EVE] {
            for request in table.take(who).iter().filter(|m| m.method().is_some()) {
                if request.method_name() != b"ACK" {
                    table.answer(who, request, 200, "", "");
                }
            }
        }
        table.wait_seconds(10);
        for who in [ANNA, BOB, EVE] {
            let heard = table.take(who);
            let is_invite = |message: &Message| message.method_name() == b"INVITE";
            assert!(!heard.iter().any(is_invite), "nobody is left to join");
            for bye in heard.iter().filter(|m| m.method_name() == b"BYE") {
                table.answer(who, bye, 200, "", "");
            }
        }
        table.ask(ANNA, "BYE", "", "");
        for request in table.take(BOB).iter().filter(|m| m.method_name() == b"BYE") {
            table.answer(BOB, request, 200, "", "");
        }
        table.wait_seconds(40);
        for who in [ANNA, BOB, EVE] {
            table.take(who);
        }
        table.finish();
    }
}

#[test]
fn an_offer_that_the_phone_wants_to_last_longer_is_offered_again() {
    let (mut table, reinvite) = transferred();
    table.answer(BOB, &reinvite, 422, "Min-SE: 3600\r\n", "");
    let again = table.take(BOB).pop().unwrap();
    assert_eq!(again.body(), b"offer of eve");
    table.answer(BOB, &again, 200, "", "answer of bob");
    ends(table, "200");
}

#[test]
fn a_second_reinvite_waits_and_one_from_the_other_side_meets_it() {
    let (mut table, _, _) = Table::up("", "");
    table.ask(ANNA, "INVITE", "", "hold");
    let hold = table.one(BOB);
    table.ask(ANNA, "INVITE", "", "again");
    table.ask(BOB, "INVITE", "", "too");
    assert_eq!(
        (table.heard(ANNA).as_str(), table.heard(BOB).as_str()),
        ("100 500", "491")
    );
    table.answer(BOB, &hold, 491, "", "");
    assert_eq!(
        table.heard(ANNA),
        "491",
        "Anna's phone waits by its own rule"
    );
    table.wait_seconds(33);
    table.take(ANNA);
    table.hang_up();
}
