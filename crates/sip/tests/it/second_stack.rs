//! An independent SIP stack against the server: pjsua2, driven by a script.

use crate::house::{Book, serve, until};
use sip::directory::{Otherwise, Phone, Route};
use std::time::Duration;
use tokio::process::Command;

const LOGINS: [&str; 3] = ["4921112345671", "4921112345672", "4921112345673"];

#[tokio::test]
#[ignore = "needs a Python with the wheel pjsua2-python, named in SIP_PJSUA_PYTHON"]
async fn another_stack_registers_calls_holds_and_transfers_attended() {
    let python =
        std::env::var("SIP_PJSUA_PYTHON").expect("SIP_PJSUA_PYTHON names a Python with pjsua2");
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
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/second_stack.py");
    let address = server.local_addr().unwrap().to_string();
    let output = Command::new(python)
        .arg(script)
        .arg(address)
        .args(LOGINS)
        .output()
        .await
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    for line in [
        "anna registered 200",
        "bob-in CONFIRMED",
        "eve-in CONFIRMED",
        "anna-bob transfer 200",
        "joined bob-in eve-in",
    ] {
        assert!(said.contains(line), "{line} is missing in:\n{said}");
    }
    assert!(said.trim_end().ends_with("left"), "{said}");
    until("recorded", || book.records.lock().unwrap().len() == 2).await;
    assert_eq!(server.metrics().wrong_password, 0);
}
