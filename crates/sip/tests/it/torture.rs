//! The classes of RFC 4475, in our own words: valid but odd, and invalid. Each comes in a datagram and, byte by byte, in a
//! stream.

mod invalid;
mod valid;

use crate::desk::{Desk, flow, lines};
use bytes::BytesMut;
use sip::Transport;
use sip::message::{Frame, Framer, FramingError, Message, Wire};
use sip::stateless::Step;

/// What the first answer says. Who passes the grammar is asked for a password (401, 407).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Answer {
    Code(u16),
    Silence,
    /// The engine gets it: a response, or a request inside a dialog.
    Passed,
    /// The stream is refused with 400 and closed.
    Closed,
    /// The stream is closed, there is nothing to answer.
    Unreadable,
}
use Answer::{Closed, Code, Passed, Silence, Unreadable};

/// One message, with Content-Length where `lines` has none.
fn message(start: &str, lines: &[&str], body: &str) -> Vec<u8> {
    let has_length = |line: &&str| {
        let name = line
            .split(':')
            .next()
            .unwrap_or("")
            .trim()
            .to_ascii_lowercase();
        name == "content-length" || name == "l"
    };
    let mut text = format!("{start}\r\n{}\r\n", lines.join("\r\n"));
    if !lines.iter().any(has_length) {
        text += &format!("Content-Length: {}\r\n", body.len());
    }
    format!("{text}\r\n{body}").into_bytes()
}

const VIA: &str = "Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK-t;rport";
const FROM: &str = "From: <sip:100@klinke.example>;tag=1";
const TO: &str = "To: <sip:200@klinke.example>";
const ID: &str = "Call-ID: torture";
const CONTACT: &str = "Contact: <sip:100@192.0.2.10>";

/// A plain request with some lines more; a line replaces the usual one of its name.
fn request(method: &str, uri: &str, more: &[&str], body: &str) -> Vec<u8> {
    let cseq = format!("CSeq: 8 {method}");
    let usual = [VIA, FROM, TO, ID, &cseq, CONTACT, "Max-Forwards: 70"];
    let name = |line: &str| {
        line.split([':', ' '])
            .next()
            .unwrap_or("")
            .to_ascii_lowercase()
    };
    let is_replaced = |line: &&&str| more.iter().any(|own| name(own) == name(line));
    let kept = usual.iter().filter(|line| !is_replaced(line));
    let lines: Vec<&str> = kept.copied().chain(more.iter().copied()).collect();
    message(&format!("{method} {uri} SIP/2.0"), &lines, body)
}

fn invite(more: &[&str]) -> Vec<u8> {
    request("INVITE", "sip:200@klinke.example", more, "")
}

fn options(more: &[&str]) -> Vec<u8> {
    request("OPTIONS", "sip:klinke.example", more, "")
}

fn answer_of(desk: &Desk, message: Message) -> Answer {
    match desk.stateless.receive(message, desk.flow, desk.now) {
        Step::Answer(out) | Step::Deny(out) => {
            let bytes = BytesMut::from(&out.bytes[..]);
            let answer = Message::parse(bytes, Wire::Datagram).unwrap();
            Code(answer.code())
        }
        Step::Drop => Silence,
        Step::Pass { .. } => Passed,
        Step::LookUp { .. } => Code(200),
    }
}

fn datagram(bytes: &[u8]) -> Answer {
    match Message::parse(BytesMut::from(bytes), Wire::Datagram) {
        Ok(message) => answer_of(&Desk::new(), message),
        Err(_) => Silence,
    }
}

/// In pieces of one byte; the first answer.
fn stream(bytes: &[u8]) -> Answer {
    let mut desk = Desk::new();
    desk.flow.transport = Transport::Tcp(1);
    let mut framer = Framer::default();
    for byte in bytes {
        framer.buffer().extend_from_slice(&[*byte]);
        match framer.next_frame() {
            Ok(Some(Frame::Message(bytes))) => {
                let message = Message::parse(bytes, Wire::Stream);
                return message.map_or(Unreadable, |message| answer_of(&desk, message));
            }
            Ok(None | Some(Frame::Ping)) => {}
            Err(FramingError::BadLength(_)) => return Closed,
            Err(FramingError::Garbage) => return Unreadable,
        }
    }
    Silence
}

fn check(cases: &[(&str, Vec<u8>, Answer, Answer)]) {
    let check = |(class, bytes, in_datagram, in_stream): &(&str, Vec<u8>, Answer, Answer)| {
        let found = (datagram(bytes), stream(bytes));
        let text = String::from_utf8_lossy(bytes);
        (found != (*in_datagram, *in_stream)).then(|| format!("{class}: {found:?} for\n{text}"))
    };
    let wrong: Vec<String> = cases.iter().filter_map(check).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same answer either way.
fn check_alike(cases: Vec<(&'static str, Vec<u8>, Answer)>) {
    let both = |(class, bytes, answer)| (class, bytes, answer, answer);
    check(&cases.into_iter().map(both).collect::<Vec<_>>());
}

#[test]
fn unsupported_extensions_are_named() {
    let desk = Desk::new();
    let text = String::from_utf8(options(&["Require: oneThing, path, other"])).unwrap();
    let answer = desk.send(&text).unwrap();
    assert_eq!(lines(&answer, "Unsupported"), ["oneThing", "other"]);
}

/// The port of a Via decides where the answer goes, never its host: a broadcast address gets nothing.
#[test]
fn an_answer_goes_to_whoever_asked() {
    let desk = Desk::new();
    let bytes = options(&["Via: SIP/2.0/UDP 255.255.255.255:4000;branch=z9hG4bK1"]);
    let message = Message::parse(BytesMut::from(&bytes[..]), Wire::Datagram).unwrap();
    let Step::Answer(out) = desk.stateless.receive(message, desk.flow, desk.now) else {
        panic!("no answer")
    };
    assert_eq!(out.flow, flow("192.0.2.10:4000"));
}
