//! Real phones at a running server.

use crate::{
    house::{Book, serve, until},
    softphone::Softphone,
    tls::{self, Files},
};
use sip::Server;
use sip::directory::{Group, Otherwise, Phone, Refusal, Route};
use std::sync::Arc;
use std::time::Duration;

const ANNA: &str = "4921112345671";
const BOB: &str = "4921112345672";
const EVE: &str = "4921112345673";

fn to(login: &str) -> Route {
    let phones = vec![Phone {
        login: login.into(),
        generation: 1,
    }];
    Route::Offer {
        phones,
        ring_for: Duration::from_secs(20),
        otherwise: Otherwise::default(),
    }
}

async fn phone(server: &Server, login: &str, transport: &str, mode: &str) -> Softphone {
    let address = match transport {
        "tls" => server.tls_addrs()[0],
        _ => server.local_addr().unwrap(),
    };
    let mut phone = Softphone::start(address, login, "secret", transport, mode).await;
    phone.event("REGISTER_OK").await;
    phone
}

fn house() -> (Arc<Book>, Server) {
    let book = Book::with(&[ANNA, BOB, EVE]);
    book.routes.lock().unwrap().insert("672".into(), to(BOB));
    let server = serve(&book);
    (book, server)
}

async fn dial(phone: &mut Softphone, server: &Server, number: &str) {
    phone
        .command(
            "dial",
            &format!("sip:{number}@{}", server.local_addr().unwrap()),
        )
        .await;
}

#[tokio::test]
async fn u7_the_login_details_register_a_real_phone() {
    for transport in ["udp", "tcp"] {
        let (_, server) = house();
        let _phone = phone(&server, ANNA, transport, "manual").await;
        let registered = server.registrations(ANNA);
        assert!(
            registered[0].user_agent.starts_with("baresip"),
            "{registered:?}"
        );
        assert_eq!(
            registered[0].flow.transport.name().to_lowercase(),
            transport
        );
    }
}

#[tokio::test]
async fn l1_a_wrong_password_registers_nothing() {
    let (_, server) = house();
    let address = server.local_addr().unwrap();
    let mut phone = Softphone::start(address, ANNA, "wrong", "udp", "manual").await;
    phone.event("REGISTER_FAIL").await;
    assert!(server.registrations(ANNA).is_empty());
    assert!(server.metrics().wrong_password > 0);
}

#[tokio::test]
async fn real_phones_call_hold_and_hang_up_over_udp_and_tcp() {
    for (of_anna, of_bob) in [("udp", "udp"), ("tcp", "udp"), ("udp", "tcp")] {
        let (book, server) = house();
        let mut anna = phone(&server, ANNA, of_anna, "manual").await;
        let mut bob = phone(&server, BOB, of_bob, "manual").await;
        dial(&mut anna, &server, "672").await;
        let incoming = bob.event("CALL_INCOMING").await;
        assert!(
            incoming["peeruri"]
                .as_str()
                .unwrap()
                .starts_with("sip:100@"),
            "{incoming}"
        );
        anna.event("CALL_RINGING").await;
        bob.command("accept", "").await;
        anna.event("CALL_ESTABLISHED").await;
        bob.event("CALL_ESTABLISHED").await;
        crate::house::until("both hear each other", || {
            anna.hears(BOB) && bob.hears(ANNA)
        })
        .await;
        anna.command("hold", "").await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        anna.command("resume", "").await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        bob.command("hangup", "").await;
        anna.event("CALL_CLOSED").await;
        until("recorded", || book.records.lock().unwrap().len() == 1).await;
        let record = book.records.lock().unwrap()[0].clone();
        assert_eq!(
            (record.code, record.answered_by.as_deref()),
            (200, Some(BOB))
        );
    }
}

#[tokio::test]
async fn a_real_phone_transfers_a_call_and_leaves() {
    let (book, server) = house();
    book.routes.lock().unwrap().insert("673".into(), to(EVE));
    let mut anna = phone(&server, ANNA, "udp", "manual").await;
    let bob = phone(&server, BOB, "udp", "auto").await;
    let eve = phone(&server, EVE, "tcp", "auto").await;
    dial(&mut anna, &server, "672").await;
    anna.event("CALL_ESTABLISHED").await;
    until("anna hears bob", || anna.hears(BOB)).await;
    anna.command(
        "transfer",
        &format!("sip:673@{}", server.local_addr().unwrap()),
    )
    .await;
    anna.event("CALL_CLOSED").await;
    until("bob and eve hear each other", || {
        bob.hears(EVE) && eve.hears(BOB)
    })
    .await;
}

#[tokio::test]
async fn s2_s3_a_pending_phone_is_not_rung_and_rings_from_activation_on() {
    let (book, server) = house();
    let pending = Route::Refuse(Refusal {
        code: 480,
        why: "pending".into(),
    });
    book.routes.lock().unwrap().insert("672".into(), pending);
    let mut anna = phone(&server, ANNA, "udp", "manual").await;
    let mut bob = phone(&server, BOB, "udp", "auto").await;
    dial(&mut anna, &server, "672").await;
    let closed = anna.event("CALL_CLOSED").await;
    assert!(
        closed["param"].as_str().unwrap().contains("480"),
        "{closed}"
    );
    book.routes.lock().unwrap().insert("672".into(), to(BOB));
    dial(&mut anna, &server, "672").await;
    bob.event("CALL_ESTABLISHED").await;
    anna.event("CALL_ESTABLISHED").await;
    assert_eq!(server.metrics().registered, 2);
}

#[tokio::test]
async fn d6_a_deleted_login_is_gone_at_once_but_its_call_goes_on() {
    let (book, server) = house();
    let mut anna = phone(&server, ANNA, "udp", "manual").await;
    let mut bob = phone(&server, BOB, "udp", "auto").await;
    dial(&mut anna, &server, "672").await;
    anna.event("CALL_ESTABLISHED").await;
    book.logins.lock().unwrap().remove(BOB);
    assert_eq!(server.end_registrations(BOB), 1);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(book.records.lock().unwrap().is_empty(), "the call goes on");
    bob.command("hangup", "").await;
    bob.event("CALL_CLOSED").await;
    anna.event("CALL_CLOSED").await;
    dial(&mut anna, &server, "672").await;
    let closed = anna.event("CALL_CLOSED").await;
    assert!(
        closed["param"].as_str().unwrap().contains("480"),
        "{closed}"
    );
    dial(&mut bob, &server, "672").await;
    let closed = bob.event("CALL_CLOSED").await;
    assert!(
        closed["param"].as_str().unwrap().contains("403"),
        "{closed}"
    );
}

#[tokio::test]
async fn real_phones_call_each_other_over_tls() {
    let files = Files::new();
    for (of_anna, of_bob) in [("tls", "udp"), ("tcp", "tls")] {
        let (book, server) = tls::house(&files, &[ANNA, BOB]);
        book.routes.lock().unwrap().insert("672".into(), to(BOB));
        let mut anna = phone(&server, ANNA, of_anna, "manual").await;
        let mut bob = phone(&server, BOB, of_bob, "auto").await;
        let registered = server.registrations(BOB)[0].flow.transport.name();
        assert_eq!(registered.to_lowercase(), of_bob);
        dial(&mut anna, &server, "672").await;
        anna.event("CALL_ESTABLISHED").await;
        until("both hear each other", || {
            anna.hears(BOB) && bob.hears(ANNA)
        })
        .await;
        anna.command("hold", "").await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        anna.command("hangup", "").await;
        bob.event("CALL_CLOSED").await;
        until("recorded", || book.records.lock().unwrap().len() == 1).await;
        assert_eq!(book.records.lock().unwrap()[0].code, 200);
    }
}

#[tokio::test]
async fn g1_a_real_phone_picks_a_call_up_and_both_hear_each_other() {
    for (of_anna, of_eve) in [("udp", "udp"), ("tcp", "tcp")] {
        let (book, server) = house();
        let logins = vec![BOB.into()];
        let pickup = Route::PickUp {
            group: Group(5),
            logins,
        };
        book.routes.lock().unwrap().insert("*98".into(), pickup);
        let mut anna = phone(&server, ANNA, of_anna, "manual").await;
        let mut bob = phone(&server, BOB, "udp", "manual").await;
        let mut eve = phone(&server, EVE, of_eve, "manual").await;
        dial(&mut anna, &server, "672").await;
        bob.event("CALL_INCOMING").await;
        dial(&mut eve, &server, "*98").await;
        eve.event("CALL_ESTABLISHED").await;
        anna.event("CALL_ESTABLISHED").await;
        bob.event("CALL_CLOSED").await;
        until("both hear each other", || {
            anna.hears(EVE) && eve.hears(ANNA)
        })
        .await;
        eve.command("hangup", "").await;
        for phone in [&mut anna, &mut eve] {
            phone.event("CALL_CLOSED").await;
        }
        until("recorded", || book.records.lock().unwrap().len() == 1).await;
        dial(&mut eve, &server, "*98").await;
        let closed = eve.event("CALL_CLOSED").await;
        assert!(
            closed["param"].as_str().unwrap().contains("480"),
            "{closed}"
        );
    }
}
