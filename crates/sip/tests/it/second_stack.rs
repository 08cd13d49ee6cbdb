//! An independent SIP stack against the server.

use crate::{
    house::{Book, serve, until},
    pjsua,
};
use sip::directory::{Otherwise, Phone, Route};
use std::time::Duration;

const LOGINS: [&str; 3] = ["4921112345671", "4921112345672", "4921112345673"];

#[tokio::test]
async fn another_stack_registers_speaks_holds_and_transfers_attended() {
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
    let server = serve(&book);
    let people = LOGINS.map(|login| [login, "secret", login]);
    let phones = pjsua::meet(server.local_addr().unwrap(), &people).await;
    phones.assert_joined(LOGINS[1], LOGINS[2]);
    until("recorded", || book.records.lock().unwrap().len() == 2).await;
    assert_eq!(server.metrics().wrong_password, 0);
}
