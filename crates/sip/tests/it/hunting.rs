//! Hunt groups on virtual time: who rings when, who is passed over, what the others hear, and that nothing is left (G3).

use crate::hand::{ANNA, BOB, Table, value};
use crate::network::offer;
use crate::scripted::SERVER;
use sip::directory::{Group, Hunt, HuntStep, Otherwise, Party, Phone, Route, Shown};
use sip::message::{Message, Method, Name};
use sip::visit::Closed;
use std::time::Duration;

const BEN: usize = 1;
const CARL: usize = 2;
const DORA: usize = 3;
const EVE: usize = 4;
const MEMBERS: [&str; 3] = ["ben", "carl", "dora"];

/// Ben, Carl and Dora have a phone each; Eve has one and is no member.
fn table(route: Hunt) -> Table {
    let mut table = Table::new(4);
    for (login, who) in MEMBERS.iter().zip([BEN, CARL, DORA]) {
        table.register(login, who);
    }
    table.register("eve", EVE);
    table.routes.insert("sales", Route::Hunt(Box::new(route)));
    table
}

fn steps(steps: &[&[&str]], seconds: u64) -> Hunt {
    let phones = |logins: &[&str]| {
        let phone = |login: &&str| Phone {
            login: (*login).to_owned(),
            generation: 0,
        };
        logins.iter().map(phone).collect()
    };
    let step = |logins: &&[&str]| HuntStep {
        phones: phones(logins),
        ring_for: Duration::from_secs(seconds),
    };
    Hunt {
        group: Group(9),
        name: Some("Sales".into()),
        steps: steps.iter().map(step).collect(),
        give_up_after: None,
        allows_call_waiting: false,
        otherwise: Otherwise::default(),
    }
}

/// One after another, twelve seconds each.
fn linear() -> Hunt {
    steps(&[&["ben"], &["carl"], &["dora"]], 12)
}

fn together() -> Hunt {
    steps(&[&MEMBERS], 60)
}

fn to_eve() -> Option<Box<Route>> {
    Some(Box::new(offer(&["eve"], 40)))
}

fn call(table: &mut Table) -> String {
    table.dial(ANNA, "sales", "")
}

/// The member's phone rings; its INVITE.
fn rings(table: &mut Table, who: usize) -> Message {
    let invite = table.one(who);
    assert_eq!(invite.method(), Some(Method::Invite));
    table.answer(who, &invite, 180, "", "");
    invite
}

/// The member's phone stops ringing; the CANCEL.
fn stops(table: &mut Table, who: usize, invite: &Message) -> Message {
    let cancel = table.one(who);
    assert_eq!(cancel.method(), Some(Method::Cancel));
    table.answer(who, &cancel, 200, "", "");
    table.answer(who, invite, 487, "", "");
    assert_eq!(table.heard(who), "ACK");
    cancel
}

/// The member answers, and both talk.
fn takes(table: &mut Table, who: usize, invite: &Message) {
    table.answer(who, invite, 200, "", "answer");
    let ok = table.take(ANNA).pop().unwrap();
    assert_eq!((ok.code(), ok.body()), (200, &b"answer"[..]));
    table.ack(ANNA, &ok, "");
    assert_eq!(table.heard(who), "ACK");
}

fn hang_up(table: &mut Table, who: usize) {
    table.ask(ANNA, "BYE", "", "");
    let bye = table.one(who);
    table.answer(who, &bye, 200, "", "");
    table.finish();
}

fn refused(table: &mut Table, code: u16) {
    let last = table.take(ANNA).pop().unwrap();
    assert_eq!(last.code(), code);
    table.ack(ANNA, &last, "");
    table.finish();
    assert_eq!(table.records[0].code, code);
    assert!(table.taken.is_empty());
}

#[test]
fn g3_members_ring_one_after_another_until_somebody_answers() {
    let mut table = table(linear());
    call(&mut table);
    let at_ben = rings(&mut table, BEN);
    table.wait_seconds(11);
    assert_eq!(table.heard(CARL), "");
    table.wait_seconds(1);
    let cancel = stops(&mut table, BEN, &at_ben);
    assert_eq!(value(&cancel, Name::Reason), "", "nobody has answered");
    let at_carl = rings(&mut table, CARL);
    takes(&mut table, CARL, &at_carl);
    let [taken] = &table.taken[..] else {
        panic!("{:?}", table.taken)
    };
    assert_eq!((taken.group, taken.login.as_str()), (Group(9), "carl"));
    table.wait_seconds(20);
    assert_eq!(table.heard(DORA), "");
    hang_up(&mut table, CARL);
    assert_eq!(table.records[0].answered_by.as_deref(), Some("carl"));
    let way = "9: ben Offered, ben NoAnswer, carl Offered, carl Answered, Talked";
    assert_eq!(table.ways(), [way]);
}

#[test]
fn g3_who_is_on_the_phone_or_not_logged_in_is_passed_over_at_once() {
    for on_the_phone in ["calls", "is called"] {
        let mut table = table(steps(&[&["nobody"], &["ben"], &["carl"]], 12));
        table.logins.insert(BEN, "ben");
        if on_the_phone == "calls" {
            table.dial(BEN, "eve", "");
        } else {
            table.dial(DORA, "ben", "");
        }
        let (_, at_ben) = (table.take(EVE), table.take(BEN));
        call(&mut table);
        assert_eq!(table.heard(BEN), "", "{on_the_phone}");
        let at_carl = rings(&mut table, CARL);
        takes(&mut table, CARL, &at_carl);
        table.ask(ANNA, "BYE", "", "");
        for invite in at_ben.iter().filter(|m| m.method().is_some()) {
            table.answer(BEN, invite, 486, "", "");
        }
        table.finish();
        let way = "9: nobody Unreachable, ben Busy, carl Offered, carl Answered, Talked";
        assert!(table.ways().contains(&way.to_owned()), "{:?}", table.ways());
    }
}

#[test]
fn g3_with_call_waiting_who_is_on_the_phone_is_rung_and_the_caller_never() {
    let mut hunt = steps(&[&["ben"], &["carl"]], 12);
    hunt.allows_call_waiting = true;
    let mut table = table(hunt);
    table.dial(DORA, "ben", "");
    table.take(BEN);
    call(&mut table);
    rings(&mut table, BEN);
    table.logins.insert(CARL, "ben");
    table.dial(CARL, "sales", "");
    assert_eq!(table.heard(BEN), "", "Ben's other phone calls the group");
    table.finish();
}

#[test]
fn g3_all_ring_at_once_and_the_others_hear_that_somebody_has_answered() {
    let mut table = table(together());
    call(&mut table);
    let invites = [BEN, CARL, DORA].map(|who| rings(&mut table, who));
    takes(&mut table, CARL, &invites[1]);
    for (who, invite) in [(BEN, &invites[0]), (DORA, &invites[2])] {
        let cancel = stops(&mut table, who, invite);
        let reason = "SIP;cause=200;text=\"Call completed elsewhere\"";
        assert_eq!(value(&cancel, Name::Reason), reason);
    }
    hang_up(&mut table, CARL);
}

#[test]
fn the_phones_of_one_user_hear_it_too_and_a_phone_that_had_not_rung_yet() {
    let mut table = Table::new(2);
    table.ask(ANNA, "INVITE", "", "offer");
    let (at_one, at_other) = (table.one(1), table.one(2));
    table.answer(1, &at_one, 200, "", "answer");
    assert_eq!(table.heard(1), "ACK");
    assert_eq!(table.heard(2), "", "nothing can be cancelled yet");
    table.answer(2, &at_other, 180, "", "");
    let cancel = table.one(2);
    assert!(value(&cancel, Name::Reason).contains("cause=200"));
    table.take(ANNA);
    table.finish();
}

#[test]
fn g3_two_members_answer_at_once_and_only_the_first_is_heard() {
    let mut table = table(together());
    call(&mut table);
    let invites = [BEN, CARL, DORA].map(|who| rings(&mut table, who));
    takes(&mut table, CARL, &invites[1]);
    assert_eq!(table.heard(DORA), "CANCEL");
    table.answer(DORA, &invites[2], 200, "", "answer");
    assert_eq!(table.heard(DORA), "ACK BYE");
    assert_eq!(table.heard(ANNA), "");
    assert_eq!(table.taken.len(), 1);
    hang_up(&mut table, CARL);
}

#[test]
fn g3_a_member_answers_while_the_next_is_offered_and_is_too_late() {
    let mut table = table(linear());
    call(&mut table);
    let at_ben = rings(&mut table, BEN);
    table.wait_seconds(12);
    assert_eq!(table.heard(BEN), "CANCEL");
    table.answer(BEN, &at_ben, 200, "", "answer");
    assert_eq!(table.heard(BEN), "ACK BYE");
    let at_carl = rings(&mut table, CARL);
    takes(&mut table, CARL, &at_carl);
    hang_up(&mut table, CARL);
}

#[test]
fn g3_who_declines_makes_room_for_the_next_and_stops_nobody_elses_phone() {
    let mut hunt = steps(&[&["ben", "carl"], &["dora"]], 12);
    hunt.give_up_after = Some(Duration::from_secs(40));
    hunt.otherwise.no_answer = to_eve();
    let mut table = table(hunt);
    call(&mut table);
    let (at_ben, _) = (rings(&mut table, BEN), rings(&mut table, CARL));
    table.answer(BEN, &at_ben, 603, "", "");
    assert_eq!(
        (table.heard(BEN).as_str(), table.heard(CARL).as_str()),
        ("ACK", "")
    );
    table.wait_seconds(12);
    let _ = table.take(CARL);
    rings(&mut table, DORA);
    table.wait_seconds(12);
    // The second round is without Ben, who has declined.
    assert_eq!(table.heard(BEN), "");
    assert!(table.heard(CARL).contains("INVITE"));
    table.wait_seconds(12);
    assert_eq!(table.heard(EVE), "");
    // Forty seconds in all, in the middle of Dora's rings.
    table.wait_seconds(4);
    assert_eq!(table.heard(EVE), "INVITE");
    table.ask(ANNA, "BYE", "", "");
    table.finish();
}

#[test]
fn g3_all_busy_is_busy_and_all_away_is_unreachable() {
    for (codes, expected) in [([486, 486], 486), ([486, 404], 486), ([404, 408], 480)] {
        for is_forwarded in [false, true] {
            let mut hunt = steps(&[&["ben"], &["carl"], &["nobody"]], 12);
            if is_forwarded && expected == 486 {
                hunt.otherwise.busy = to_eve();
            } else if is_forwarded {
                hunt.otherwise.unreachable = to_eve();
            }
            let mut table = table(hunt);
            call(&mut table);
            for (who, code) in [BEN, CARL].into_iter().zip(codes) {
                let invite = rings(&mut table, who);
                table.answer(who, &invite, code, "", "");
            }
            if is_forwarded {
                assert_eq!(table.heard(EVE), "INVITE", "{codes:?}");
                table.finish();
            } else {
                refused(&mut table, expected);
            }
            let left = match (is_forwarded, expected) {
                (false, 486) => "Refused(AllBusy)",
                (false, _) => "Refused(Unreachable)",
                (true, 486) => "Forwarded(AllBusy)",
                (true, _) => "Forwarded(Unreachable)",
            };
            let way = table.ways().pop().unwrap();
            assert!(way.ends_with(left), "{way}");
        }
    }
}

#[test]
fn g3_nobody_logged_in_is_told_in_no_time() {
    let mut table = table(steps(&[&["x"], &["y"], &["z"]], 12));
    call(&mut table);
    refused(&mut table, 480);
}

#[test]
fn g3_without_a_forward_everybody_rings_once_and_nobody_has_answered() {
    let mut table = table(linear());
    call(&mut table);
    for who in [BEN, CARL, DORA] {
        rings(&mut table, who);
        table.wait_seconds(12);
    }
    refused(&mut table, 480);
    assert_eq!(table.records[0].why, "no member has answered");
}

#[test]
fn g3_phones_show_the_group_before_the_caller_and_strangers_not_at_all() {
    for (name, is_withheld, from, asserted) in [
        (
            "Anna Weber",
            false,
            "\"Sales: Anna Weber\" <sip:4567@",
            "\"Sales: Anna Weber\" <sip:4567@",
        ),
        ("", false, "\"Sales\" <sip:4567@", "\"Sales\" <sip:4567@"),
        ("Anna", true, "\"Sales\" <sip:anonymous@", ""),
    ] {
        let mut table = table(linear());
        let shown = Shown {
            party: Party {
                number: "4567".into(),
                name: name.into(),
            },
            is_withheld,
        };
        let route = Box::new(Route::Hunt(Box::new(linear())));
        table.routes.insert("sales", Route::As { shown, route });
        call(&mut table);
        let invite = rings(&mut table, BEN);
        let shown = value(&invite, Name::From);
        assert!(shown.starts_with(from), "{shown}");
        let shown = value(&invite, Name::AssertedIdentity);
        assert!(
            shown.starts_with(asserted) && shown.is_empty() == asserted.is_empty(),
            "{shown}"
        );
        table.finish();
    }
}

#[test]
fn g3_the_caller_hangs_up_while_a_member_rings() {
    let mut table = table(together());
    let sent = call(&mut table);
    let invites = [BEN, CARL, DORA].map(|who| rings(&mut table, who));
    table.cancel(ANNA, &sent);
    for (who, invite) in [BEN, CARL, DORA].into_iter().zip(&invites) {
        let cancel = stops(&mut table, who, invite);
        assert_eq!(value(&cancel, Name::Reason), "");
    }
    table.finish();
    assert_eq!(table.records[0].code, 487);
    let way = "9: ben Offered, carl Offered, dora Offered, Abandoned";
    assert_eq!(table.ways(), [way]);
}

#[test]
fn g3_a_transferred_call_keeps_its_way_with_the_one_who_stays() {
    let (mut table, _, _) = Table::up("", "");
    table.register("carl", CARL);
    let route = Route::Hunt(Box::new(steps(&[&["carl"]], 12)));
    table.routes.insert("sales", route);
    let refer = format!("Refer-To: <sip:sales@{SERVER}>\r\n");
    table.ask(ANNA, "REFER", &refer, "");
    let trying = table.take(ANNA).pop().unwrap();
    table.answer(ANNA, &trying, 200, "", "");
    let at_carl = table.one(CARL);
    table.answer(CARL, &at_carl, 200, "", "offer of carl");
    let reinvite = table.one(BOB);
    table.answer(BOB, &reinvite, 200, "", "answer of bob");
    for message in table.take(ANNA) {
        table.answer(ANNA, &message, 200, "", "");
    }
    table.take(CARL);
    table.ask(BOB, "BYE", "", "");
    let bye = table.one(CARL);
    table.answer(CARL, &bye, 200, "", "");
    table.finish();
    let [_, stayed] = &table.records[..] else {
        panic!("{:?}", table.records)
    };
    assert_eq!(stayed.visits.len(), 1, "{:?}", table.records);
    assert_eq!(table.ways(), ["9: carl Offered, carl Answered, Talked"]);
}

#[test]
fn g3_a_group_that_does_not_take_the_call_is_in_its_way() {
    let mut table = table(linear());
    let why = Closed::GroupBusy;
    let group = Group(9);
    let route = Box::new(*to_eve().unwrap());
    table
        .routes
        .insert("sales", Route::Past { group, why, route });
    call(&mut table);
    assert_eq!(table.heard(EVE), "INVITE");
    table.finish();
    assert_eq!(table.ways(), ["9: Forwarded(GroupBusy)"]);
}

#[test]
fn g3_a_phone_that_vanishes_while_it_rings_leaves_nothing_behind() {
    for has_rung in [false, true] {
        let mut table = table(linear());
        call(&mut table);
        if has_rung {
            rings(&mut table, BEN);
        } else {
            table.take(BEN);
        }
        table.wait_seconds(12);
        // Ben's phone says nothing to CANCEL either.
        let at_carl = rings(&mut table, CARL);
        takes(&mut table, CARL, &at_carl);
        hang_up(&mut table, CARL);
    }
}
