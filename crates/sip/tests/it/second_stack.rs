//! An independent SIP stack against the server.

use crate::{
    house::{Book, serve, until},
    pjsua,
};
use sip::directory::{Group, Otherwise, Phone, Route};
use std::{sync::Arc, time::Duration};

const LOGINS: [&str; 3] = ["4921112345671", "4921112345672", "4921112345673"];

#[tokio::test]
async fn g1_another_stack_picks_a_call_up_and_both_hear_each_other() {
    let book = Book::with(&LOGINS);
    let ring = Route::Offer {
        phones: vec![Phone {
            login: LOGINS[1].into(),
            generation: 1,
        }],
        ring_for: Duration::from_secs(20),
        otherwise: Otherwise::default(),
    };
    book.routes.lock().unwrap().insert(LOGINS[1].into(), ring);
    let logins = vec![LOGINS[1].into()];
    let pickup = Route::PickUp {
        group: Group(5),
        logins,
    };
    book.routes.lock().unwrap().insert("*98".into(), pickup);
    let server = serve(&book);
    let people = LOGINS.map(|login| [login, "secret", login]);
    let phones = pjsua::pick_up(server.local_addr().unwrap(), &people, "*98").await;
    phones.assert_picked_up(LOGINS[0], LOGINS[2]);
    until("recorded", || book.records.lock().unwrap().len() == 1).await;
    let record = book.records.lock().unwrap()[0].clone();
    assert_eq!(record.answered_by.as_deref(), Some(LOGINS[2]));
}

/// Who can call each other.
fn everybody() -> Arc<Book> {
    let book = Book::with(&LOGINS);
    for login in LOGINS {
        let phones = vec![Phone {
            login: login.into(),
            generation: 1,
        }];
        let route = Route::Offer {
            phones,
            ring_for: Duration::from_secs(20),
            otherwise: Otherwise::default(),
        };
        book.routes.lock().unwrap().insert(login.into(), route);
    }
    book
}

#[tokio::test]
async fn another_stack_registers_speaks_holds_and_transfers_attended() {
    let book = everybody();
    let server = serve(&book);
    let people = LOGINS.map(|login| [login, "secret", login]);
    let phones = pjsua::meet(server.local_addr().unwrap(), &people).await;
    phones.assert_joined(LOGINS[1], LOGINS[2]);
    until("recorded", || book.records.lock().unwrap().len() == 2).await;
    assert_eq!(server.metrics().wrong_password, 0);
}

/// All three insist on reliable provisional responses: Eve's phone has to offer before Bob's is asked (RFC 3262 §5).
#[tokio::test]
async fn another_stack_that_insists_on_100rel_is_reached_by_blind_transfer() {
    let book = everybody();
    let server = serve(&book);
    let people = LOGINS.map(|login| [login, "secret", login]);
    let phones = pjsua::send_on(server.local_addr().unwrap(), &people).await;
    phones.assert_sent_on(LOGINS[1], LOGINS[2]);
    until("recorded", || book.records.lock().unwrap().len() == 2).await;
}
