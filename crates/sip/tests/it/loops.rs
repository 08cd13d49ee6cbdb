//! RFC 3261 §16.3: our own INVITE comes back.

use crate::hand::{ANNA, BOB, Table, value};
use sip::message::{Message, Name};

/// Anna calls Bob, whose phone is a proxy that sends it back to us with our Via below its own.
fn sent_back(user: &str, more: &str) -> (Table, Message) {
    let mut table = Table::new(1);
    table.register("eve", BOB);
    table.dial(ANNA, "bob", "");
    let invite = table.one(BOB);
    let via = value(&invite, Name::Via).replace("z9hG4bK0", &format!("{more}z9hG4bK0"));
    table.dial(
        BOB,
        user,
        &format!("Via: SIP/2.0/UDP far.example;branch=z9hG4bKx, {via}\r\n"),
    );
    (table, invite)
}

fn ends(mut table: Table, codes: &str) {
    assert_eq!(table.heard(BOB), codes);
    // Everybody gives up, nothing stays.
    table.wait_seconds(100);
    table.take(ANNA);
    table.take(BOB);
    table.finish();
}

#[test]
fn a_loop_is_refused() {
    let (table, _) = sent_back("bob", "");
    ends(table, "482");
}

#[test]
fn a_spiral_to_somebody_else_goes_on() {
    let (table, _) = sent_back("eve", "");
    ends(table, "100 INVITE");
}

#[test]
fn a_spiral_that_comes_round_again_is_refused() {
    let (mut table, invite) = sent_back("eve", "");
    let heard = table.take(BOB);
    let vias = format!(
        "Via: {}\r\nVia: {}\r\n",
        value(&heard[1], Name::Via),
        value(&invite, Name::Via)
    );
    table.dial(BOB, "eve", &vias);
    ends(table, "482");
}

#[test]
fn the_branch_of_another_instance_is_not_taken_for_ours() {
    let (table, _) = sent_back("bob", "z9hG4bK00aaaaaaaaaaaaaaaa;x=");
    ends(table, "100 INVITE");
}

#[test]
fn an_answered_invite_of_ours_is_no_loop() {
    let (mut table, invite, _) = Table::up("", "");
    let via = value(&invite, Name::Via);
    let again = Table::new(1).dial(ANNA, "bob", &format!("Via: {via}\r\n"));
    table.send(
        BOB,
        &again.replace("branch=z9hG4bK1;", "branch=z9hG4bKagain;"),
    );
    assert_eq!(table.heard(BOB), "100 INVITE");
}

#[test]
fn hops_are_counted_over_both_legs() {
    let mut table = Table::new(1);
    table.dial(ANNA, "bob", "");
    assert_eq!(table.one(BOB).max_forwards, Some(69));
}
