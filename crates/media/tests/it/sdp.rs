//! Descriptions as phones write them.

use media::Codec;
use media::sdp::{Own, Unusable, accept, answer, offer};
use proptest::prelude::*;

const OWN: Own = Own {
    at: std::net::SocketAddr::new(
        std::net::IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1)),
        30_000,
    ),
    id: 7,
    version: 1,
};

fn described(media: &str) -> String {
    format!("v=0\r\no=- 1 1 IN IP4 192.0.2.10\r\ns=-\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\n{media}")
}

const PHONE: &str =
    "m=audio 4000 RTP/AVP 0 9 8 96\r\na=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-16\r\n";

#[test]
fn a_law_is_taken_first_and_the_peers_number_for_keys() {
    let (text, aim) = answer(OWN, described(PHONE).as_bytes()).unwrap();
    assert_eq!(aim.codec, Codec::Alaw);
    assert_eq!(aim.keys, Some(96));
    assert_eq!(aim.to, Some("192.0.2.10:4000".parse().unwrap()));
    assert_eq!(
        text,
        "v=0\r\no=- 7 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 30000 RTP/AVP 8 96\r\n\
         a=rtpmap:8 PCMA/8000\r\na=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-15\r\na=ptime:20\r\na=sendrecv\r\n"
    );
}

#[test]
fn mu_law_is_taken_when_there_is_nothing_better() {
    let media = "m=audio 4000 RTP/AVP 0\r\n";
    let (text, aim) = answer(OWN, described(media).as_bytes()).unwrap();
    assert_eq!((aim.codec, aim.keys), (Codec::Ulaw, None));
    assert!(text.contains("m=audio 30000 RTP/AVP 0\r\n"), "{text}");
}

#[test]
fn holding_stops_our_audio_and_is_answered_as_the_rfc_says() {
    for (way, reply, is_sent) in [
        ("a=sendonly\r\n", "a=recvonly\r\n", false),
        ("a=inactive\r\n", "a=inactive\r\n", false),
        ("a=recvonly\r\n", "a=sendonly\r\n", true),
        ("a=sendrecv\r\n", "a=sendrecv\r\n", true),
    ] {
        let offer = described(&format!("{PHONE}{way}"));
        let (text, aim) = answer(OWN, offer.as_bytes()).unwrap();
        assert!(text.ends_with(reply), "{text}");
        assert_eq!(aim.to.is_some(), is_sent, "{way}");
    }
    let old = described(PHONE).replace("c=IN IP4 192.0.2.10", "c=IN IP4 0.0.0.0");
    assert_eq!(answer(OWN, old.as_bytes()).unwrap().1.to, None);
}

#[test]
fn other_lines_are_refused_in_their_places() {
    let media = format!("m=video 5000 RTP/AVP 97\r\n{PHONE}m=image 6000 udptl t38\r\n");
    let (text, _) = answer(OWN, described(&media).as_bytes()).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("m=")).collect();
    assert_eq!(
        lines,
        [
            "m=video 0 RTP/AVP 97",
            "m=audio 30000 RTP/AVP 8 96",
            "m=image 0 udptl t38"
        ]
    );
}

#[test]
fn without_plain_g711_there_is_no_answer() {
    for media in [
        "m=audio 4000 RTP/AVP 9 18\r\n",
        "m=audio 4000 RTP/SAVP 8\r\n",
        "m=audio 0 RTP/AVP 8\r\n",
        "m=video 4000 RTP/AVP 8\r\n",
        "",
    ] {
        let refused = answer(OWN, described(media).as_bytes()).unwrap_err();
        assert_eq!(refused, Unusable::NoCodec, "{media}");
    }
    assert_eq!(answer(OWN, b"offer").unwrap_err(), Unusable::Unreadable);
}

#[test]
fn our_offer_is_answered_by_ourselves() {
    let text = offer(OWN);
    let (reply, aim) = answer(OWN, text.as_bytes()).unwrap();
    assert_eq!((aim.codec, aim.keys), (Codec::Alaw, Some(101)));
    assert_eq!(accept(reply.as_bytes()).unwrap(), aim);
}

proptest! {
    #[test]
    fn no_description_harms(text in "(v=0\r\n|m=audio [0-9]{1,6} RTP/AVP [0-9 ]{1,6}\r\n|c=IN IP4 [0-9.]{1,9}\r\n|.{0,20})*") {
        let _ = answer(OWN, text.as_bytes());
    }
}
