//! Answers that need no transaction.

use crate::desk::{Desk, flow, lines};
use bytes::BytesMut;
use sip::directory::Caller;
use sip::message::{Message, Wire};
use sip::stateless::{Settings, Step};
use sip::trunk::{Trunk, TrunkSettings};
use std::sync::Arc;

fn request(method: &str, uri: &str, more: &str) -> String {
    format!(
        "{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\n\
         To: <sip:c@d>\r\nCall-ID: 1\r\nCSeq: 1 {method}\r\n{more}Content-Length: 0\r\n\r\n"
    )
}

#[test]
fn requests_get_the_answer_the_rfc_names() {
    let cases = [
        ("OPTIONS", "sip:x", "", 200),
        ("FROBNICATE", "sip:x", "", 501),
        ("PUBLISH", "sip:x", "", 405),
        ("BYE", "sip:x", "", 481),
        ("INVITE", "sip:x@y", "Max-Forwards: 0\r\n", 483),
        ("INVITE", "mailto:x@y", "", 416),
        ("INVITE", "sip:x@y", "Require: teleport\r\n", 420),
        ("INVITE", "sip:x@y", "", 407),
        ("INVITE", "tel:112", "", 407),
        ("REGISTER", "sip:x", "", 401),
        ("OPTIONS", "sip:x", "Max-Forwards: many\r\n", 400),
    ];
    let desk = Desk::new();
    for (method, uri, more, code) in cases {
        let answer = desk.send(&request(method, uri, more)).unwrap();
        assert_eq!(answer.code(), code, "{method} {uri} {more}");
    }
    assert_eq!(
        lines(&desk.send(&request("FROB", "sip:x", "")).unwrap(), "Allow").len(),
        1
    );
    let answer = desk
        .send(&request("INVITE", "sip:x", "Require: a, path, b\r\n"))
        .unwrap();
    assert_eq!(lines(&answer, "Unsupported"), ["a", "b"]);
}

#[test]
fn an_ack_is_never_answered() {
    let desk = Desk::new();
    assert!(
        desk.send(&request("ACK", "sip:x", "Max-Forwards: many\r\n"))
            .is_none()
    );
    assert!(desk.send(&request("ACK", "sip:x", "")).is_none());
}

#[test]
fn a_request_again_gets_the_same_tag() {
    let desk = Desk::new();
    let to = || lines(&desk.send(&request("OPTIONS", "sip:x", "")).unwrap(), "To").concat();
    assert!(to().contains(";tag="));
    assert_eq!(to(), to());
}

#[test]
fn the_trunk_calls_without_a_password_and_nobody_else_does() {
    let trunk = Trunk::new(TrunkSettings {
        trusted: vec!["203.0.113.5".parse().unwrap()],
        ..TrunkSettings::new("carrier.example")
    });
    let settings = Settings {
        trunk: Some(Arc::new(trunk)),
        ..Settings::new("klinke")
    };
    let mut desk = Desk::with(settings);
    let asserted = "P-Asserted-Identity: <sip:+4915112345@carrier>\r\n";
    let text = request("INVITE", "sip:+492111@us", asserted);
    assert_eq!(desk.send(&text).unwrap().code(), 407);
    desk.flow = flow("203.0.113.5:5060");
    let message = Message::parse(BytesMut::from(text.as_bytes()), Wire::Datagram).unwrap();
    let step = desk.stateless.receive(message, desk.flow, desk.now);
    let Step::Pass {
        caller: Some(Caller::Trunk { number }),
        ..
    } = step
    else {
        panic!("{step:?}")
    };
    assert_eq!(number, "+4915112345");
}
