//! A panic while one call is handled ends this call and no other. The engine is told as the server tells it, after a
//! message of the call was handled.

use crate::desk::flow;
use crate::hand::{ANNA, BOB, Table};
use bytes::BytesMut;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sip::Time;
use sip::message::{Message, Wire};
use sip::transaction::{Event, Intervals, Transactions};

/// Bob's other phone.
const DESK: usize = 2;

#[test]
fn both_phones_of_a_call_that_is_up_are_told() {
    let (mut table, _, _) = Table::up("", "");
    table.take(ANNA);
    table.ask(ANNA, "INFO", "", "5");
    table.take(BOB);
    table.abandon();
    assert_eq!(table.records[0].code, 500);
    table.both_hear_bye();
}

#[test]
fn a_call_that_rings_is_cancelled_and_refused() {
    let mut table = Table::new(2);
    table.ask(ANNA, "INVITE", "", "offer");
    let (bob, desk) = (table.one(BOB), table.one(DESK));
    table.answer(BOB, &bob, 180, "", "");
    table.answer(DESK, &desk, 180, "", "");
    table.abandon();
    assert_eq!(table.heard(ANNA), "100 180 180 500");
    table.answer(DESK, &desk, 487, "", "");
    // CANCEL and 200 cross.
    table.answer(BOB, &bob, 200, "", "answer");
    let heard = table.take(BOB);
    assert_eq!(heard.len(), 3);
    table.answer(BOB, &heard[0], 200, "", "");
    table.answer(BOB, &heard[2], 200, "", "");
    assert_eq!(
        (heard[1].method_name(), heard[2].method_name()),
        (&b"ACK"[..], &b"BYE"[..])
    );
    table.wait_seconds(40);
    table.finish();
}

#[test]
fn the_other_call_goes_on() {
    let (mut table, _, _) = Table::up("", "");
    table.take(ANNA);
    // A second call of somebody else.
    let second = Table::new(1).ask(ANNA, "INVITE", "", "offer");
    let second = second.replace("cid0", "second");
    table.send(
        ANNA,
        &second.replace("branch=z9hG4bK1;", "branch=z9hG4bKsecond;"),
    );
    table.abandon();
    assert_eq!(table.heard(ANNA), "100 500");
    table.wait_seconds(40);
    table.take(BOB);
    table.take(ANNA);
    table.ask(ANNA, "INFO", "", "5");
    let info = table.one(BOB);
    table.answer(BOB, &info, 200, "", "");
    assert_eq!(table.heard(ANNA), "200");
    table.hang_up();
    assert_eq!(table.records.len(), 2);
}

#[test]
fn what_was_asked_in_the_call_is_not_kept_for_ever() {
    let (mut table, _, _) = Table::up("", "");
    table.ask(BOB, "UPDATE", "", "offer");
    table.take(ANNA);
    table.abandon();
    let heard = table.take(BOB);
    assert_eq!(
        (heard[0].code(), heard[1].method_name()),
        (408, &b"BYE"[..])
    );
    table.answer(BOB, &heard[1], 200, "", "");
    let bye = table.take(ANNA).pop().unwrap();
    table.answer(ANNA, &bye, 200, "", "");
    table.wait_seconds(40);
    table.finish();
}

/// The request whose handling failed: nobody answers it, and only its own retransmission would find it.
#[test]
fn the_request_that_failed_is_forgotten_and_no_other() {
    let mut transactions = Transactions::new(Intervals::default(), 0, StdRng::from_seed([1; 32]));
    let now = Time::from_unix_ms(0);
    let mut ask = |branch: &str, user: u64| {
        let text = format!(
            "INFO sip:x SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK{branch}\r\nFrom: <sip:a@b>;tag=1\r\n\
             To: <sip:c@d>;tag=2\r\nCall-ID: 1\r\nCSeq: 1 INFO\r\nContent-Length: 0\r\n\r\n"
        );
        let message = Message::parse(BytesMut::from(text.as_bytes()), Wire::Datagram).unwrap();
        let event = transactions.request(now, flow("10.0.0.1:5060"), message);
        let Some(Event::Request { id, .. }) = event else {
            panic!("{event:?}")
        };
        transactions.set_user(id, user);
        id
    };
    let (failed, kept, other) = (ask("a", 7), ask("b", 7), ask("c", 8));
    transactions.forget_unanswered(7, &[kept]);
    let alive = [failed, kept, other].map(|id| transactions.is_alive(id));
    assert_eq!(alive, [false, true, true]);
}
