//! Broken messages through the whole engine: nothing panics, nothing stays. `SIP_MUTATIONS` sets how many.

use crate::desk::{Desk, Proof, flow};
use crate::network::offer;
use bytes::BytesMut;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sip::call::{CallSettings, Engine, Sizes};
use sip::directory::{Caller, Decision, Party, Sides};
use sip::message::{Message, Wire};
use sip::metrics::Metrics;
use sip::stateless::Step;
use std::sync::Arc;
use std::time::Duration;

fn seeds(desk: &mut Desk) -> Vec<String> {
    let nonce = desk.nonce();
    let contact = "Contact: <sip:100@10.0.0.1:5062;transport=udp>;expires=600;+sip.instance=\"<urn:uuid:1>\"\r\n";
    let modern = "Supported: 100rel, timer\r\nSession-Expires: 90;refresher=uac\r\nMin-SE: 90\r\nRSeq: 7\r\n\
        RAck: 7 1 INVITE\r\n";
    let mut proof = Proof::new("100", "secret", &nonce);
    let register = proof.header("Authorization", "REGISTER");
    proof.uri = "sip:200@klinke.example".into();
    let invite = proof.header("Proxy-Authorization", "INVITE");
    let mut seeds = vec![desk.register_text("100", &format!("{register}{contact}"))];
    for method in [
        "INVITE", "CANCEL", "ACK", "BYE", "OPTIONS", "REFER", "INFO", "UPDATE", "PRACK",
    ] {
        let to = if matches!(method, "INVITE" | "CANCEL") {
            ""
        } else {
            ";tag=0000000000aaaaaaaaaaaaaaaa"
        };
        seeds.push(format!(
            "{method} sip:200@klinke.example SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1:5062;branch=z9hG4bKm;rport\r\n\
             From: \"A\" <sip:100@klinke.example>;tag=f\r\nTo: <sip:200@klinke.example>{to}\r\nCall-ID: m\r\n\
             CSeq: 9 {method}\r\n{contact}{invite}Refer-To: <sip:x@y?Replaces=a%3Bto-tag%3D1>\r\n\
             Record-Route: <sip:p;lr>, <sip:q;lr>\r\n{modern}Content-Type: application/sdp\r\nContent-Length: 5\r\n\r\nv=0\r\n"
        ));
    }
    for code in [100, 180, 200, 302, 486] {
        seeds.push(format!(
            "SIP/2.0 {code} X\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK00bcb2c4d8519a7d93;rport=5\r\n\
             From: <sip:1@h>;tag=0000000001265adb1d7330dbff\r\nTo: <sip:2@h>;tag=z\r\nCall-ID: m\r\nCSeq: 1 INVITE\r\n\
             {contact}{modern}Content-Length: 0\r\n\r\n"
        ));
    }
    seeds
}

fn mutate(bytes: &mut Vec<u8>, rng: &mut StdRng) {
    const PIECES: [&[u8]; 12] = [
        b"\r\n",
        b";",
        b",",
        b"\"",
        b"<",
        b">",
        b"%",
        b"\xff",
        b"\0",
        b":",
        b"99999999999",
        b"\r\n ",
    ];
    let mut below = |limit: usize| usize::try_from(rng.next_u64()).unwrap() % limit.max(1);
    for _ in 0..=below(3) {
        let at = below(bytes.len());
        let piece = PIECES[below(PIECES.len())];
        match below(4) {
            0 => bytes[at] = u8::try_from(below(256)).unwrap(),
            1 => drop(bytes.splice(at..at, piece.iter().copied())),
            2 => drop(bytes.drain(at..(at + below(20)).min(bytes.len()))),
            _ => drop(bytes.splice(at..=at, piece.iter().copied())),
        }
        if bytes.is_empty() {
            return;
        }
    }
}

#[test]
fn mutated_messages_neither_panic_nor_stay() {
    let count: u64 = std::env::var("SIP_MUTATIONS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(20_000);
    let mut desk = Desk::new();
    let seeds = seeds(&mut desk);
    let location = Arc::clone(desk.stateless.location());
    let metrics = Arc::new(Metrics::default());
    let mut engine = Engine::new(
        CallSettings::default(),
        StdRng::from_seed([3; 32]),
        location,
        metrics,
    );
    let mut rng = StdRng::seed_from_u64(1);
    let mut accepted = 0;
    for n in 0..count {
        let mut bytes = seeds[usize::try_from(n).unwrap() % seeds.len()]
            .clone()
            .into_bytes();
        mutate(&mut bytes, &mut rng);
        // Another source each time, so that the guard does not hide the rest.
        desk.flow = flow(&format!(
            "10.{}.{}.{}:5062",
            n >> 16 & 255,
            n >> 8 & 255,
            n & 255
        ));
        desk.now = desk.now + Duration::from_millis(1);
        let Ok(message) = Message::parse(BytesMut::from(&bytes[..]), Wire::Datagram) else {
            continue;
        };
        let mut step = desk.stateless.receive(message, desk.flow, desk.now);
        if let Step::LookUp { login, request } = step {
            let found = desk.logins.get(&login).cloned();
            let caller = found.clone().map(Caller::Phone);
            // As if proven, so that the calls see it too.
            engine.receive(desk.now, desk.flow, request.clone(), caller);
            step = desk.stateless.proven(request, desk.flow, desk.now, found);
        }
        if let Step::Pass { message, caller } = step {
            accepted += 1;
            engine.receive(desk.now, desk.flow, message, caller);
        }
        while let Some(question) = engine.poll_question() {
            let decision = Decision {
                sides: Sides::default(),
                presented: Party::default(),
                route: offer(&["100", "200"], 5),
                limit: None,
            };
            engine.decided(desk.now, question.call, Ok(decision));
        }
        while engine.poll_transmit().is_some() {}
        while engine.poll_record().is_some() {}
        engine.timeout(desk.now);
    }
    assert!(
        accepted > count / 10,
        "most messages never came this far: {accepted}"
    );
    for _ in 0..2000 {
        desk.wait(1);
        engine.timeout(desk.now);
        while engine.poll_transmit().is_some() {}
    }
    assert_eq!(engine.sizes(), Sizes::default());
}

#[test]
fn strangers_cannot_fill_the_memory() {
    let desk = Desk::new();
    let metrics = Arc::new(Metrics::default());
    let location = Arc::clone(desk.stateless.location());
    let mut engine = Engine::new(
        CallSettings::default(),
        StdRng::from_seed([3; 32]),
        location,
        metrics,
    );
    for n in 0..1000 {
        for (method, to) in [
            ("BYE", ";tag=0000000000aaaaaaaaaaaaaaaa"),
            ("CANCEL", ""),
            ("ACK", ";tag=x"),
            ("INFO", ";tag=x"),
        ] {
            let text = format!(
                "{method} sip:x SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK{n}\r\nFrom: <sip:a@b>;tag=1\r\n\
                 To: <sip:c@d>{to}\r\nCall-ID: {n}\r\nCSeq: 1 {method}\r\nContent-Length: 0\r\n\r\n"
            );
            let message = Message::parse(BytesMut::from(text.as_bytes()), Wire::Datagram).unwrap();
            engine.receive(desk.now, desk.flow, message, None);
        }
    }
    assert_eq!(engine.sizes(), Sizes::default());
    let mut answers = 0;
    while engine.poll_transmit().is_some() {
        answers += 1;
    }
    assert_eq!(answers, 3000);
}
