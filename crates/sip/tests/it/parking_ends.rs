//! G2: whoever hangs up at whatever step of parking and retrieving, nobody stays alone and nothing stays behind.

use crate::hand::{ANNA, BOB, Table};
use crate::parking::{EVE, SECOND, bob_leaves, held, parked, parking, second_line_ends};
use sip::message::Method;

/// Everybody answers the BYEs that came.
fn answer_byes(table: &mut Table) -> Vec<usize> {
    let mut heard = vec![];
    for who in [ANNA, BOB, EVE, SECOND] {
        for bye in table
            .take(who)
            .iter()
            .filter(|m| m.method() == Some(Method::Bye))
        {
            table.answer(who, bye, 200, "", "");
            heard.push(who);
        }
    }
    heard
}

fn is_empty(mut table: Table) {
    table.finish();
    assert_eq!(table.audio.open(), 0);
}

#[test]
fn g2_a_held_one_who_hangs_up_while_being_parked_leaves_nothing() {
    let (mut table, _) = parking();
    table.ask(BOB, "BYE", "", "");
    assert_eq!(table.heard(SECOND), "480");
    assert_eq!(answer_byes(&mut table), [ANNA]);
    is_empty(table);
}

#[test]
fn g2_a_held_one_whose_phone_refuses_stays_with_the_parker() {
    let (mut table, reinvite) = parking();
    table.answer(BOB, &reinvite, 488, "", "");
    assert_eq!(table.heard(SECOND), "488");
    assert_eq!(table.audio.open(), 0);
    table.take(BOB);
    table.ask(ANNA, "INFO", "", "still here");
    assert_eq!(table.heard(BOB), "INFO");
    table.hang_up();
}

#[test]
fn g2_a_parker_who_hangs_up_the_held_line_too_early_parks_all_the_same() {
    let (mut table, reinvite) = parking();
    table.ask(ANNA, "BYE", "", "");
    assert_eq!(table.heard(ANNA), "200");
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    let ok = table.one(SECOND);
    table.ack(SECOND, &ok, "");
    second_line_ends(&mut table);
    assert_eq!(table.audio.open(), 1);
    bob_leaves(table);
}

#[test]
fn g2_when_parker_is_gone_and_parking_fails_the_held_one_is_released() {
    let (mut table, reinvite) = parking();
    table.ask(ANNA, "BYE", "", "");
    table.answer(BOB, &reinvite, 488, "", "");
    assert_eq!(table.heard(SECOND), "488");
    assert_eq!(answer_byes(&mut table), [BOB]);
    is_empty(table);
}

#[test]
fn g2_a_parker_who_cancels_has_parked_and_the_call_returns_later() {
    let mut table = held();
    let invite = table.dial(SECOND, "*68", "");
    let reinvite = table.one(BOB);
    table.cancel(SECOND, &invite);
    assert_eq!(table.heard(SECOND), "100 200 487");
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    assert_eq!(answer_byes(&mut table), [ANNA]);
    assert_eq!(table.audio.open(), 1);
    table.wait_seconds(46);
    assert_eq!(table.heard(ANNA), "INVITE");
    bob_leaves(table);
}

#[test]
fn g2_a_parker_who_hangs_up_the_announcement_leaves_the_call_parked() {
    let (mut table, _) = parked();
    table.ask(SECOND, "BYE", "", "");
    assert_eq!(table.heard(SECOND), "200");
    assert_eq!(table.audio.open(), 1);
    bob_leaves(table);
}

#[test]
fn g2_a_parked_one_who_hangs_up_frees_the_place() {
    let (mut table, _) = parked();
    second_line_ends(&mut table);
    table.ask(BOB, "BYE", "", "");
    assert_eq!(table.heard(BOB), "200");
    table.dial(EVE, "*88101", "");
    assert_eq!(table.heard(EVE), "100 480");
    is_empty(table);
}

#[test]
fn g2_of_two_who_retrieve_at_once_one_gets_the_call() {
    let (mut table, _) = parked();
    second_line_ends(&mut table);
    table.dial(EVE, "*88101", "");
    table.dial(SECOND, "*88101", "");
    assert_eq!(table.heard(SECOND), "100 480");
    let reinvite = table.one(BOB);
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    let ok = table.take(EVE).pop().unwrap();
    assert_eq!(ok.code(), 200);
    table.ack(EVE, &ok, "");
    bob_leaves(table);
}

#[test]
fn g2_who_cancels_retrieving_gives_the_parked_one_back_to_the_music() {
    let (mut table, _) = parked();
    second_line_ends(&mut table);
    let invite = table.dial(EVE, "*88101", "");
    let reinvite = table.one(BOB);
    table.cancel(EVE, &invite);
    assert_eq!(table.heard(EVE), "100 200 487");
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    let back = table.take(BOB).pop().unwrap();
    assert_eq!(back.body(), b"our offer");
    table.answer(BOB, &back, 200, "", "answer to us");
    assert_eq!(table.audio.open(), 1);
    // Still parked there.
    table.dial(EVE, "*88101", "");
    assert_eq!(
        table.take(BOB).pop().unwrap().method(),
        Some(Method::Invite)
    );
    bob_leaves(table);
}

#[test]
fn g2_a_parked_phone_that_refuses_who_retrieves_stays_parked() {
    let (mut table, _) = parked();
    second_line_ends(&mut table);
    table.dial(EVE, "*88101", "");
    let reinvite = table.one(BOB);
    table.answer(BOB, &reinvite, 488, "", "");
    assert_eq!(table.heard(EVE), "100 488");
    assert_eq!(table.audio.open(), 1);
    bob_leaves(table);
}

#[test]
fn g2_a_parked_one_who_hangs_up_while_being_retrieved_refuses_the_other() {
    let (mut table, _) = parked();
    second_line_ends(&mut table);
    table.dial(EVE, "*88101", "");
    table.take(BOB);
    table.ask(BOB, "BYE", "", "");
    assert_eq!(table.heard(EVE), "100 480");
    is_empty(table);
}

#[test]
fn g2_a_parker_whose_phone_knows_no_codec_of_ours_is_refused_before_anything_happens() {
    let mut table = held();
    table.dial_with(SECOND, "*68", "", "opus");
    assert_eq!(table.heard(SECOND), "100 488");
    assert_eq!(table.heard(BOB), "");
    table.hang_up();
}

#[test]
fn g2_a_panic_while_parked_frees_place_and_port() {
    let (mut table, _) = parked();
    second_line_ends(&mut table);
    table.ask(BOB, "INFO", "", "dtmf");
    table.take(BOB);
    table.abandon();
    assert_eq!(answer_byes(&mut table), [BOB]);
    is_empty(table);
}
