//! Phones that do what phones should not, and networks that lose what they must not. Nothing is left of any call.

use crate::hand::{ANNA, BOB, Table};
use sip::message::Message;

/// Anna has called and Bob's phone has it.
fn ringing() -> (Table, String, Message) {
    let mut table = Table::new(1);
    let sent = table.ask(ANNA, "INVITE", "", "offer");
    let invite = table.one(BOB);
    table.take(ANNA);
    (table, sent, invite)
}

fn reinvite(table: &mut Table) -> Message {
    table.ask(ANNA, "INVITE", "", "hold");
    assert_eq!(table.heard(ANNA), "100");
    table.one(BOB)
}

fn as_other_tag(response: &str) -> String {
    response.replace(";tag=t1", ";tag=fork")
}

#[test]
fn a_phone_that_answers_twice_is_acknowledged_twice_and_heard_once() {
    let (mut table, _, invite) = ringing();
    table.answer(BOB, &invite, 200, "", "answer");
    let ok = table.one(ANNA);
    table.ack(ANNA, &ok, "");
    table.answer(BOB, &invite, 200, "", "another answer");
    table.answer(BOB, &invite, 486, "", "");
    assert_eq!(
        (table.heard(BOB).as_str(), table.heard(ANNA).as_str()),
        ("ACK ACK", "")
    );
    table.hang_up();
}

#[test]
fn a_second_phone_behind_a_forking_proxy_is_hung_up() {
    let (mut table, _, invite) = ringing();
    table.answer(BOB, &invite, 200, "", "answer");
    let ok = table.one(ANNA);
    table.ack(ANNA, &ok, "");
    let second = table.written_answer(BOB, &invite, 200, "", "answer");
    table.send(BOB, &as_other_tag(&second));
    let heard = table.take(BOB);
    let names: Vec<&[u8]> = heard.iter().map(Message::method_name).collect();
    assert_eq!(names, [&b"ACK"[..], b"ACK", b"BYE"]);
    assert_eq!(heard[2].get(heard[2].to.tag), b"fork");
    table.answer(BOB, &heard[2], 200, "", "");
    assert_eq!(table.heard(ANNA), "", "the call goes on");
    table.hang_up();
}

#[test]
fn a_cancel_that_comes_after_the_200_changes_nothing() {
    let (mut table, sent, invite) = ringing();
    table.answer(BOB, &invite, 200, "", "answer");
    let ok = table.one(ANNA);
    table.cancel(ANNA, &sent);
    assert_eq!(table.heard(ANNA), "200");
    table.ack(ANNA, &ok, "");
    assert_eq!(table.heard(BOB), "ACK");
    table.hang_up();
}

#[test]
fn a_200_that_crosses_our_cancel_is_acknowledged_and_ended() {
    let (mut table, sent, invite) = ringing();
    table.answer(BOB, &invite, 180, "", "");
    table.take(ANNA);
    table.cancel(ANNA, &sent);
    assert_eq!(table.heard(ANNA), "200 487");
    let cancel = table.one(BOB);
    table.answer(BOB, &invite, 200, "", "answer");
    table.answer(BOB, &cancel, 200, "", "");
    let heard = table.take(BOB);
    assert_eq!(
        (heard[0].method_name(), heard[1].method_name()),
        (&b"ACK"[..], &b"BYE"[..])
    );
    table.answer(BOB, &heard[1], 200, "", "");
    table.wait_seconds(40);
    table.finish();
}

#[test]
fn bye_ends_a_call_in_the_middle_of_a_reinvite() {
    // Who asked says BYE: the re-INVITE is over with 487, the other side is told.
    let (mut table, _, _) = Table::up("", "");
    let invite = reinvite(&mut table);
    table.ask(ANNA, "BYE", "", "");
    assert_eq!(table.heard(ANNA), "487 200");
    let bye = table.take(BOB).pop().unwrap();
    table.answer(BOB, &bye, 200, "", "");
    // Its answer comes too late.
    table.answer(BOB, &invite, 200, "", "held");
    table.wait_seconds(40);
    table.finish();
    // Who is asked says BYE instead of an answer.
    let (mut table, _, _) = Table::up("", "");
    let invite = reinvite(&mut table);
    table.ask(BOB, "BYE", "", "");
    assert_eq!(table.heard(BOB), "200");
    table.answer(BOB, &invite, 487, "", "");
    let heard = table.take(ANNA);
    assert_eq!(
        (heard[0].code(), heard[1].method_name()),
        (487, &b"BYE"[..])
    );
    table.answer(ANNA, &heard[1], 200, "", "");
    table.wait_seconds(40);
    table.finish();
}

#[test]
fn both_hang_up_at_once() {
    let (mut table, _, _) = Table::up("", "");
    table.take(ANNA);
    table.ask(ANNA, "BYE", "", "");
    table.ask(BOB, "BYE", "", "");
    assert_eq!(table.heard(ANNA), "200");
    let heard = table.take(BOB);
    assert_eq!(
        (heard[0].method_name(), heard[1].code()),
        (&b"BYE"[..], 200)
    );
    table.answer(BOB, &heard[0], 481, "", "");
    table.wait_seconds(40);
    table.finish();
    assert_eq!(table.records.len(), 1);
}

#[test]
fn a_200_is_sent_again_until_its_ack_comes_and_ends_the_call_when_none_does() {
    let (mut table, _, invite) = ringing();
    table.answer(BOB, &invite, 200, "", "answer");
    table.wait(31_900);
    let heard = table.take(ANNA);
    // At 0, 0.5, 1.5, 3.5, then each four seconds.
    assert_eq!(heard.len(), 11);
    assert!(heard.iter().all(|message| message.code() == 200));
    table.take(BOB);
    table.wait(200);
    table.both_hear_bye();
}

#[test]
fn a_lost_reliable_response_is_sent_again_and_its_prack_counts() {
    let mut table = Table::new(1);
    table.ask(ANNA, "INVITE", "Require: 100rel\r\n", "offer");
    let invite = table.one(BOB);
    table.take(ANNA);
    table.answer(BOB, &invite, 180, "", "");
    drop(table.one(ANNA));
    table.wait(600);
    let again = table.one(ANNA);
    table.prack(ANNA, &again, "");
    assert_eq!(table.heard(ANNA), "200");
    table.wait_seconds(20);
    assert_eq!(table.heard(ANNA), "", "not again after its PRACK");
    table.answer(BOB, &invite, 200, "", "answer");
    let ok = table.one(ANNA);
    table.ack(ANNA, &ok, "");
    table.take(BOB);
    table.hang_up();
}

#[test]
fn a_lost_refresh_is_sent_again() {
    let session = "Allow: UPDATE\r\nSession-Expires: 90;refresher=uac\r\n";
    let (mut table, _, _) = Table::up("", session);
    for _ in 0..5 {
        table.wait(45_100);
        drop(table.take(BOB));
        table.wait(500);
        let update = table.one(BOB);
        assert_eq!(update.method_name(), b"UPDATE");
        table.answer(BOB, &update, 200, session, "");
    }
    assert!(table.records.is_empty());
    table.take(ANNA);
    table.hang_up();
}

#[test]
fn a_phone_that_vanishes_before_or_after_its_answer_is_noticed() {
    let (mut table, _, _) = ringing();
    table.wait(32_100);
    assert_eq!(table.heard(ANNA), "480");
    table.take(BOB);
    table.finish();
    let (mut table, _, _) = Table::up("", "");
    table.take(ANNA);
    table.vanished = Some(BOB);
    table.wait_seconds(180 + 33);
    let bye = table.take(ANNA).remove(0);
    assert_eq!(bye.method_name(), b"BYE");
    table.answer(ANNA, &bye, 200, "", "");
    table.finish();
    assert_eq!(table.records[0].code, 408);
}

#[test]
fn a_request_that_comes_again_is_answered_alike_and_an_older_one_refused() {
    let (mut table, _, _) = Table::up("", "");
    let first = table.ask(ANNA, "INFO", "", "5");
    let info = table.one(BOB);
    table.send(ANNA, &first);
    assert_eq!(table.heard(BOB), "", "passed on once");
    table.answer(BOB, &info, 200, "", "");
    table.send(ANNA, &first);
    assert_eq!(table.heard(ANNA), "200 200");
    table.send(ANNA, &first.replace("branch=z9hG4bK", "branch=z9hG4bKold"));
    assert_eq!(table.heard(ANNA), "500");
    table.hang_up();
}
