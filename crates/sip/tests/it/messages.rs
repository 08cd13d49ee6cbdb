//! Parser and writer against odd and hostile messages (the classes of RFC 4475).

use bytes::BytesMut;
use proptest::prelude::*;
use sip::message::{Message, Method, Name, Wire};

const GOOD: &str = "INVITE sip:200@example.org SIP/2.0\r\n\
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa;rport, SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKb\r\n\
    Max-Forwards: 70\r\n\
    From: \"A, \\\"B\\\"\" <sip:100@example.org>;tag=1\r\n\
    To: <sip:200@example.org>\r\n\
    Call-ID: c1\r\n\
    CSeq: 7 INVITE\r\n\
    Contact: <sip:100@192.0.2.1>\r\n\
    Content-Length: 0\r\n\r\n";

fn parse(text: impl AsRef<[u8]>) -> Message {
    Message::parse(BytesMut::from(text.as_ref()), Wire::Datagram).unwrap()
}

fn fault(text: impl AsRef<[u8]>) -> Option<(u16, &'static str)> {
    parse(text).fault.map(|f| (f.code, f.why))
}

fn good_with(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    GOOD.replacen(from, to, 1)
}

#[test]
fn a_good_message_is_read() {
    let message = parse(GOOD);
    assert_eq!(message.fault, None);
    assert_eq!(message.method(), Some(Method::Invite));
    assert_eq!(message.get(message.from.uri), b"sip:100@example.org");
    assert_eq!(message.get(message.from.tag), b"1");
    assert_eq!(message.get(message.via.branch), b"z9hG4bKa");
    assert!(message.via.has_more);
    assert_eq!((message.cseq, message.max_forwards), (7, Some(70)));
}

#[test]
fn compact_names_folding_and_odd_case_are_understood() {
    let message = parse(
        "OPTIONS sip:[2001:db8::1]:5070 SIP/2.0\r\nv: SIP / 2.0 / UDP\r\n [2001:db8::2] : 5060 ;branch=z9hG4bK1\r\n\
         f: <sip:a@b>;TAG=x\r\nt:\r\n\tsip:c@d\r\ni: 1\r\ncSEQ: 1\r\n  OPTIONS\r\nl : 0\r\n\r\n",
    );
    assert_eq!(message.fault, None);
    assert_eq!(message.via.port, Some(5060));
    assert_eq!(message.get(message.to.uri), b"sip:c@d");
    assert_eq!(message.cseq_method, Method::Options);
}

#[test]
fn bytes_that_are_not_utf8_hide_nothing_after_them() {
    let mut bytes =
        good_with("Max-Forwards: 70\r\n", "X-Odd: ABC\r\nMax-Forwards: 70\r\n").into_bytes();
    let at = bytes.windows(3).position(|w| w == b"ABC").unwrap();
    bytes[at..at + 3].copy_from_slice(&[0xff, 0xfe, 0x80]);
    let message = parse(&bytes);
    assert_eq!(
        (message.fault, message.max_forwards, message.cseq),
        (None, Some(70), 7)
    );
    let odd = message.headers().find(|h| h.name == Name::Other).unwrap();
    assert_eq!(message.get(odd.value), [0xff, 0xfe, 0x80]);
}

#[test]
fn what_is_missing_or_malformed_is_answered_400_with_a_reason() {
    let cases = [
        ("Call-ID: c1\r\n", "", "Missing Call-ID"),
        ("CSeq: 7 INVITE\r\n", "", "Missing CSeq"),
        ("CSeq: 7 INVITE", "CSeq: 7 BYE", "CSeq Method Mismatch"),
        ("CSeq: 7", "CSeq: 99999999999", "Bad CSeq"),
        (
            "Call-ID: c1\r\n",
            "Call-ID: c1\r\nCall-ID: c2\r\n",
            "Duplicate Call-ID",
        ),
        (";tag=1", "", "Missing From Tag"),
        (
            "To: <sip:200@example.org>",
            "To: \"x <sip:200@example.org>",
            "Bad To",
        ),
        ("Max-Forwards: 70", "Max-Forwards: 300", "Bad Max-Forwards"),
        (
            "Contact: <sip:100@192.0.2.1>",
            "Contact: <sip:100@192.0.2.1",
            "Bad Contact",
        ),
        (
            "Content-Length: 0",
            "Content-Length: 9",
            "Content-Length Too Large",
        ),
        (
            "Content-Length: 0",
            "Content-Length: 0\r\nl: 1",
            "Bad Content-Length",
        ),
        (
            "Content-Length: 0",
            "Content-Length: -5",
            "Bad Content-Length",
        ),
        (
            "Content-Length: 0",
            "Content-Length: 18446744073709551615",
            "Bad Content-Length",
        ),
        ("Max-Forwards: 70", "Nonsense", "Bad Header Line"),
        (
            "sip:200@example.org SIP",
            "sip:200@exa mple.org SIP",
            "Bad Request-URI",
        ),
        ("Max-Forwards: 70\r\n", "Max-Forwards: 70\n", "Bare LF"),
    ];
    for (from, to, why) in cases {
        assert_eq!(
            fault(good_with(from, to)),
            Some((400, why)),
            "{from} -> {to}"
        );
    }
    assert_eq!(
        fault(good_with("SIP/2.0\r\nVia", "SIP/3.0\r\nVia")),
        Some((505, "Version Not Supported"))
    );
}

#[test]
fn a_message_without_via_cannot_be_answered() {
    let start = GOOD.find("Via").unwrap();
    let end = GOOD.find("Max-Forwards").unwrap();
    let message = parse([&GOOD[..start], &GOOD[end..]].concat());
    assert!(message.fault.is_some() && !message.is_answerable);
}

#[test]
fn the_body_of_a_datagram_without_length_is_the_rest() {
    let message = parse(good_with("Content-Length: 0\r\n\r\n", "\r\nv=0\r\n"));
    assert_eq!((message.fault, message.body()), (None, &b"v=0\r\n"[..]));
    let message = parse(good_with(
        "Content-Length: 0\r\n\r\n",
        "Content-Length: 2\r\n\r\nv=0\r\n",
    ));
    assert_eq!(message.body(), b"v=");
    let bytes = good_with("Content-Length: 0\r\n\r\n", "\r\n");
    let message = Message::parse(BytesMut::from(bytes.as_bytes()), Wire::Stream).unwrap();
    assert_eq!(message.fault.map(|f| f.why), Some("Missing Content-Length"));
}

#[test]
fn a_response_gives_back_every_via_in_order_and_says_where_it_came_from() {
    let source = "198.51.100.9:40000".parse().unwrap();
    let bytes = parse(GOOD)
        .response(180, b"Ringing", Some(b"t1"), source)
        .finish(None, b"");
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!(
        text,
        "SIP/2.0 180 Ringing\r\n\
         Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa;rport=40000;received=198.51.100.9, SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKb\r\n\
         From: \"A, \\\"B\\\"\" <sip:100@example.org>;tag=1\r\n\
         To: <sip:200@example.org>;tag=t1\r\n\
         Call-ID: c1\r\n\
         CSeq: 7 INVITE\r\n\
         Content-Length: 0\r\n\r\n"
    );
    assert_eq!(parse(&text).fault, None);
}

#[test]
fn thousands_of_headers_cost_no_more_than_reading_them_once() {
    let many = "X: y\r\n".repeat(10_000);
    assert_eq!(
        fault(good_with("Max-Forwards: 70\r\n", &many)).map(|f| f.1),
        Some("Too Many Headers")
    );
}

#[test]
fn what_is_not_sip_is_unreadable() {
    for bytes in [
        &b"GET / HTTP/1.1\r\n\r\n"[..],
        b"",
        b"\r\n\r\n",
        b"\0\0\0\0",
        b"SIP/2.0 20 OK\r\n\r\n",
        b"A\n",
    ] {
        assert!(Message::parse(BytesMut::from(bytes), Wire::Datagram).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_change_of_a_good_message_is_read_or_refused_and_answerable_ones_answered(
        edits in prop::collection::vec((0usize..400, any::<u8>(), 0u8..4), 1..6),
    ) {
        let mut bytes = GOOD.as_bytes().to_vec();
        for (at, byte, kind) in edits {
            let at = at % bytes.len().max(1);
            match kind {
                0 if !bytes.is_empty() => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 if !bytes.is_empty() => { bytes.remove(at); }
                _ => bytes.truncate(at.max(1)),
            }
        }
        if let Ok(message) = Message::parse(BytesMut::from(&bytes[..]), Wire::Datagram)
            && message.is_answerable
        {
            let source = "[2001:db8::9]:1".parse().unwrap();
            let answer = message.response(400, b"Bad", Some(b"t"), source).finish(None, b"");
            prop_assert!(Message::parse(BytesMut::from(&answer[..]), Wire::Datagram).is_ok());
        }
    }
}
