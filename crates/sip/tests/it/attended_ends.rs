//! Attended calls end in every phase, and leave nothing behind: no leg, no timer, no port.

use crate::attended::{QUEUE, at_the_door, ended, listening, moving, music, ring, ringing};
use crate::hand::{ANNA, BOB, Table, value};
use sip::attend::{Ended, OfferId, Order};
use sip::directory::{Refusal, Route};
use sip::message::{Method, Name};

fn is_over(table: &mut Table, why: Ended) {
    table.finish();
    assert_eq!(ended(table), Some(why), "{:?}", table.notices);
    assert_eq!(table.audio.open(), 0);
}

#[test]
fn a_caller_who_cancels_at_the_door_is_gone() {
    let mut table = Table::new(1);
    table.routes.insert("queue".into(), Route::Attend(QUEUE));
    let invite = table.dial(ANNA, "queue", "");
    table.cancel(ANNA, &invite);
    assert_eq!(table.heard(ANNA), "100 200 487");
    is_over(&mut table, Ended::Caller);
}

#[test]
fn a_caller_who_hangs_up_while_a_phone_rings_stops_it() {
    let (mut table, _, invite) = ringing();
    table.ask(ANNA, "BYE", "", "");
    assert_eq!(table.heard(ANNA), "200");
    assert_eq!(table.heard(BOB), "CANCEL");
    table.answer(BOB, &invite, 487, "", "");
    is_over(&mut table, Ended::Caller);
    let failed = table.notices.len();
    assert_eq!(failed, 1, "{:?}", table.notices);
}

#[test]
fn a_caller_who_hangs_up_while_moving_takes_the_agent_along() {
    let (mut table, _, _) = moving();
    table.ask(ANNA, "BYE", "", "");
    table.take(ANNA);
    let heard = table.take(BOB);
    let bye = heard
        .iter()
        .find(|m| m.method() == Some(Method::Bye))
        .unwrap();
    table.answer(BOB, bye, 200, "", "");
    is_over(&mut table, Ended::Caller);
}

#[test]
fn a_caller_whose_dialog_is_gone_when_moving_ends_the_call() {
    let (mut table, _, reinvite) = moving();
    table.answer(ANNA, &reinvite, 481, "", "");
    for who in [ANNA, BOB] {
        for bye in table
            .take(who)
            .iter()
            .filter(|m| m.method() == Some(Method::Bye))
        {
            table.answer(who, bye, 200, "", "");
        }
    }
    is_over(&mut table, Ended::Failed);
}

#[test]
fn a_caller_who_never_answers_the_move_ends_the_call() {
    let (mut table, _, _) = moving();
    table.vanished = Some(ANNA);
    table.wait_seconds(33);
    for bye in table
        .take(BOB)
        .iter()
        .filter(|m| m.method() == Some(Method::Bye))
    {
        table.answer(BOB, bye, 200, "", "");
    }
    is_over(&mut table, Ended::Failed);
}

#[test]
fn a_caller_who_never_acknowledges_is_given_up() {
    let (mut table, call) = at_the_door();
    table.order(Order::Play {
        call,
        playlist: music(),
    });
    table.wait_seconds(33);
    is_over(&mut table, Ended::Failed);
}

#[test]
fn a_caller_without_a_codec_of_ours_is_refused() {
    let mut table = Table::new(1);
    table.routes.insert("queue".into(), Route::Attend(QUEUE));
    table.dial_with(ANNA, "queue", "", "opus");
    let sip::attend::Notice::Entered { call, .. } = table.notices[0] else {
        panic!("{:?}", table.notices)
    };
    table.order(Order::Play {
        call,
        playlist: music(),
    });
    assert_eq!(table.heard(ANNA), "100 488");
    is_over(&mut table, Ended::Failed);
}

#[test]
fn without_a_free_port_the_caller_hears_that_there_is_no_room() {
    let (mut table, call) = at_the_door();
    table.audio.book(|book| book.is_full = true);
    table.order(Order::Play {
        call,
        playlist: music(),
    });
    assert_eq!(table.heard(ANNA), "503");
    is_over(&mut table, Ended::Failed);
}

#[test]
fn a_full_queue_answers_busy_without_any_audio() {
    let (mut table, call) = at_the_door();
    table.order(Order::Hangup { call, code: 486 });
    assert_eq!(table.heard(ANNA), "486");
    is_over(&mut table, Ended::Ordered);
}

#[test]
fn a_listening_caller_is_hung_up_when_ordered() {
    let (mut table, call) = listening();
    table.order(Order::Hangup { call, code: 486 });
    let bye = table.one(ANNA);
    assert_eq!(bye.method(), Some(Method::Bye));
    table.answer(ANNA, &bye, 200, "", "");
    is_over(&mut table, Ended::Ordered);
    table.order(Order::Hangup { call, code: 486 });
    ring(&mut table, call, 5, "bob");
    assert_eq!(
        table.heard(BOB),
        "",
        "orders for a call that is over do nothing"
    );
}

#[test]
fn a_call_at_the_door_goes_elsewhere_as_any_call_does() {
    let (mut table, call) = at_the_door();
    let refusal = Refusal {
        code: 404,
        why: String::new(),
    };
    let route = Box::new(Route::Refuse(refusal));
    table.order(Order::Send {
        call,
        offer: OfferId(1),
        route,
    });
    assert_eq!(table.heard(ANNA), "404");
    is_over(&mut table, Ended::Ordered);
}

#[test]
fn a_call_about_which_nobody_says_anything_is_refused() {
    let (mut table, _) = at_the_door();
    table.wait_seconds(31);
    assert_eq!(table.heard(ANNA), "480");
    is_over(&mut table, Ended::Failed);
}

#[test]
fn a_panic_frees_the_port() {
    let (mut table, _) = listening();
    table.abandon();
    // The handled leg is Anna's: the order was for her call.
    for bye in table
        .take(ANNA)
        .iter()
        .filter(|m| m.method() == Some(Method::Bye))
    {
        table.answer(ANNA, bye, 200, "", "");
    }
    assert_eq!(table.audio.open(), 0);
    table.finish();
}

#[test]
fn a_caller_who_offers_nothing_is_offered_our_audio() {
    let mut table = Table::new(1);
    table.routes.insert("queue".into(), Route::Attend(QUEUE));
    table.dial_with(ANNA, "queue", "", "");
    let sip::attend::Notice::Entered { call, .. } = table.notices[0] else {
        panic!("{:?}", table.notices)
    };
    table.order(Order::Play {
        call,
        playlist: music(),
    });
    let ok = table.take(ANNA).pop().unwrap();
    assert_eq!(ok.body(), b"our offer");
    table.ack(ANNA, &ok, "late answer");
    assert_eq!(
        table.audio.book(|book| book.accepted.clone()),
        ["late answer"]
    );
    table.order(Order::Hangup { call, code: 480 });
    let bye = table.one(ANNA);
    table.answer(ANNA, &bye, 200, "", "");
    is_over(&mut table, Ended::Ordered);
}

#[test]
fn a_waiting_call_with_session_timers_is_refreshed_with_our_own_description() {
    let mut table = Table::new(1);
    table.routes.insert("queue".into(), Route::Attend(QUEUE));
    let timer = "Supported: timer\r\nSession-Expires: 90;refresher=uas\r\n";
    table.dial(ANNA, "queue", timer);
    let sip::attend::Notice::Entered { call, .. } = table.notices[0] else {
        panic!("{:?}", table.notices)
    };
    table.order(Order::Play {
        call,
        playlist: music(),
    });
    let ok = table.take(ANNA).pop().unwrap();
    assert_eq!(value(&ok, Name::SessionExpires), "90;refresher=uas");
    table.ack(ANNA, &ok, "");
    table.wait_seconds(46);
    let refresh = table.one(ANNA);
    assert_eq!(refresh.body(), b"our answer");
    table.answer(ANNA, &refresh, 200, timer, "answer");
    table.take(ANNA);
    table.ask(ANNA, "BYE", "", "");
    is_over(&mut table, Ended::Caller);
}
