//! An answer in which nothing flows (RFC 3264 §6.1), for a phone that will be offered somebody's media right after.

use std::fmt::Write;
use std::net::IpAddr;

/// Where nothing is ever sent: the discard port.
const NOWHERE: u16 = 9;

/// One `m=` line with what belongs to it.
struct Media<'a> {
    kind: &'a str,
    is_refused: bool,
    protocol: &'a str,
    formats: Vec<&'a str>,
    attributes: Vec<&'a str>,
}

/// Takes the first audio of the offer with its first codec and its key presses, and refuses everything else; `None` when
/// there is no audio. One codec only, or a phone would ask at once which of them is meant.
pub(super) fn quiet(offer: &[u8], local: IpAddr) -> Option<String> {
    let offer = std::str::from_utf8(offer).ok()?;
    let media = read(offer);
    let taken = media.iter().position(Media::is_audio)?;
    let version = if local.is_ipv4() { 4 } else { 6 };
    let at = format!("IN IP{version} {local}");
    let mut answer = format!("v=0\r\no=- 1 1 {at}\r\ns=-\r\nc={at}\r\nt=0 0\r\n");
    for (place, media) in media.iter().enumerate() {
        if place == taken {
            media.take(&mut answer);
        } else {
            let first = media.formats.first().unwrap_or(&"0");
            let _ = write!(answer, "m={} 0 {} {first}\r\n", media.kind, media.protocol);
        }
    }
    Some(answer)
}

fn read(offer: &str) -> Vec<Media<'_>> {
    let mut all: Vec<Media<'_>> = Vec::new();
    for line in offer.lines() {
        if let Some(line) = line.strip_prefix("m=") {
            let mut fields = line.split_ascii_whitespace();
            let (kind, port) = (fields.next().unwrap_or(""), fields.next().unwrap_or("0"));
            all.push(Media {
                kind,
                is_refused: port == "0",
                protocol: fields.next().unwrap_or("RTP/AVP"),
                formats: fields.collect(),
                attributes: Vec::new(),
            });
        } else if let (Some(media), Some(attribute)) = (all.last_mut(), line.strip_prefix("a=")) {
            media.attributes.push(attribute);
        }
    }
    all
}

impl Media<'_> {
    fn is_audio(&self) -> bool {
        let is_plain = self.protocol.starts_with("RTP/");
        self.kind == "audio" && !self.is_refused && is_plain && !self.formats.is_empty()
    }

    fn take(&self, answer: &mut String) {
        let is_keys = |format: &str| {
            let map = format!("rtpmap:{format} telephone-event/");
            self.attributes.iter().any(|line| line.starts_with(&map))
        };
        let codec = self.formats.iter().find(|format| !is_keys(format));
        let keys = self.formats.iter().find(|format| is_keys(format));
        let formats: Vec<&str> = codec.into_iter().chain(keys).copied().collect();
        let (protocol, list) = (self.protocol, formats.join(" "));
        let _ = write!(answer, "m=audio {NOWHERE} {protocol} {list}\r\n");
        for line in &self.attributes {
            let about = line.strip_prefix("rtpmap:").or(line.strip_prefix("fmtp:"));
            let format = about.and_then(|about| about.split(' ').next());
            if format.is_some_and(|format| formats.contains(&format)) {
                let _ = write!(answer, "a={line}\r\n");
            }
        }
        // Its own key is as good as any where nothing flows (RFC 4568).
        let crypto = self
            .attributes
            .iter()
            .find(|line| line.starts_with("crypto:"));
        if let Some(crypto) = crypto {
            let _ = write!(answer, "a={crypto}\r\n");
        }
        answer.push_str("a=sendrecv\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_codec_and_key_presses_are_taken_and_nothing_flows() {
        let offer = b"v=0\r\no=a 1 1 IN IP4 10.0.0.2\r\ns=-\r\nc=IN IP4 10.0.0.2\r\nt=0 0\r\nm=video 0 RTP/AVP 31\r\n\
            m=audio 4000 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n\
            a=fmtp:101 0-15\r\na=sendrecv\r\nm=image 4002 udptl t38\r\n";
        let answer = quiet(offer, "192.0.2.1".parse().unwrap()).unwrap();
        let media = answer.split_once("t=0 0\r\n").unwrap().1;
        let expected = "m=video 0 RTP/AVP 31\r\nm=audio 9 RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\n\
            a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=sendrecv\r\nm=image 0 udptl t38\r\n";
        assert_eq!(media, expected);
    }

    #[test]
    fn an_encrypted_offer_keeps_its_suite_and_what_is_no_audio_is_no_answer() {
        let offer = b"m=audio 4000 RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\r\na=crypto:2 y inline:z\r\n";
        let answer = quiet(offer, "::1".parse().unwrap()).unwrap();
        assert!(answer.contains("c=IN IP6 ::1\r\n"));
        assert!(
            answer.ends_with(
                "SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\r\na=sendrecv\r\n"
            )
        );
        for offer in [
            "",
            "offer",
            "m=audio 0 RTP/AVP 8\r\n",
            "m=audio",
            "m=audio 1 UDP/TLS/RTP/SAVPF 8\r\n",
            "\u{0}",
        ] {
            assert_eq!(
                quiet(offer.as_bytes(), "::1".parse().unwrap()),
                None,
                "{offer}"
            );
        }
        assert_eq!(
            quiet(b"m=audio 1 RTP/AVP \xff", "::1".parse().unwrap()),
            None
        );
    }
}
