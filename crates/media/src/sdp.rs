//! Session descriptions with one line of G.711 audio: what a peer offers or answers, and what we say (RFC 3264).

use crate::listener::Aim;
use crate::sound::Codec;
use sdp_types::{Media, Session};
use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};

/// Payload type of telephone-event in our own offers.
const KEYS: u8 = 101;
/// Descriptions with more lines are nonsense.
const MOST_LINES: usize = 16;

/// Why a description is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// It cannot be read.
    #[error("the session description cannot be read")]
    Unreadable,
    /// It has no plain G.711 audio.
    #[error("the session description has no G.711 audio")]
    NoCodec,
}

/// Which ways audio goes, seen from who says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Way {
    Both,
    Send,
    Receive,
    None,
}

impl Way {
    fn of(session: &Session, media: &Media) -> Way {
        let says = |name: &str| media.has_attribute(name);
        let own = [
            ("sendrecv", Way::Both),
            ("sendonly", Way::Send),
            ("recvonly", Way::Receive),
            ("inactive", Way::None),
        ];
        let found = own.iter().find(|(name, _)| says(name));
        let found = found.or_else(|| own.iter().find(|(name, _)| session.has_attribute(name)));
        found.map_or(Way::Both, |(_, way)| *way)
    }

    fn reply(self) -> &'static str {
        match self {
            Way::Both => "sendrecv",
            Way::Send => "recvonly",
            Way::Receive => "sendonly",
            Way::None => "inactive",
        }
    }
}

/// Our side of a session.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// Where we take packets.
    pub at: SocketAddr,
    /// Identifier of the session.
    pub id: u64,
    /// Rises with each description we send.
    pub version: u64,
}

/// What a peer's description says, as far as it concerns us.
struct Described {
    aim: Aim,
    way: Way,
    /// Which of its lines is ours.
    line: usize,
    /// Each line's kind and protocol, for the answer.
    lines: Vec<(String, String, String)>,
}

fn read(text: &[u8]) -> Result<Described, Unusable> {
    let session = Session::parse(text).map_err(|_| Unusable::Unreadable)?;
    if session.medias.len() > MOST_LINES {
        return Err(Unusable::Unreadable);
    }
    let found = session.medias.iter().enumerate();
    let mut found = found.filter_map(|(line, media)| Some((line, media, codec(media)?)));
    let (line, media, codec) = found.next().ok_or(Unusable::NoCodec)?;
    let way = Way::of(&session, media);
    let connection = media.connections.first().or(session.connection.as_ref());
    let ip = connection.and_then(|connection| connection.try_address().ok());
    let ip = ip.ok_or(Unusable::Unreadable)?.ip;
    let is_heard = matches!(way, Way::Both | Way::Receive) && !ip.is_unspecified();
    let to = SocketAddr::new(ip, media.port);
    let keys = keys(media);
    Ok(Described {
        aim: Aim {
            to: is_heard.then_some(to),
            codec,
            keys,
        },
        way,
        line,
        lines: session
            .medias
            .iter()
            .map(|media| (media.media.clone(), media.proto.clone(), media.fmt.clone()))
            .collect(),
    })
}

/// A-law where it is offered, whatever the order (ours is the choice, RFC 3264 §6.1).
fn codec(media: &Media) -> Option<Codec> {
    let is_plain = media.media == "audio" && media.proto == "RTP/AVP" && media.port != 0;
    let offers = |codec: Codec| {
        let kind = codec.payload_type().to_string();
        media.fmt.split_ascii_whitespace().any(|fmt| fmt == kind)
    };
    [Codec::Alaw, Codec::Ulaw]
        .into_iter()
        .find(|codec| is_plain && offers(*codec))
}

/// The payload type of telephone-event at 8 kHz.
fn keys(media: &Media) -> Option<u8> {
    let mut maps = media.get_attribute_values("rtpmap").flatten();
    maps.find_map(|map| {
        let (kind, name) = map.split_once(' ')?;
        let is_keys = name.trim().eq_ignore_ascii_case("telephone-event/8000");
        kind.parse().ok().filter(|kind| is_keys && *kind < 128)
    })
}

/// The answer to a peer's offer, and where the audio goes then.
///
/// # Errors
/// When it has no plain G.711 audio, or cannot be read.
pub fn answer(own: Own, offer: &[u8]) -> Result<(String, Aim), Unusable> {
    let described = read(offer)?;
    let mut text = head(own);
    for (at, (media, proto, fmt)) in described.lines.iter().enumerate() {
        if at == described.line {
            line(
                &mut text,
                own,
                &[described.aim.codec],
                described.aim.keys,
                described.way.reply(),
            );
        } else {
            // A line that is refused is named all the same (RFC 3264 §6).
            let _ = write!(text, "m={media} 0 {proto} {fmt}\r\n");
        }
    }
    Ok((text, described.aim))
}

/// Our offer.
#[must_use]
pub fn offer(own: Own) -> String {
    let mut text = head(own);
    let codecs = [Codec::Alaw, Codec::Ulaw];
    line(&mut text, own, &codecs, Some(KEYS), "sendrecv");
    text
}

/// What a peer's answer to our offer says.
///
/// # Errors
/// When it accepts no codec of ours, or cannot be read.
pub fn accept(answer: &[u8]) -> Result<Aim, Unusable> {
    read(answer).map(|described| described.aim)
}

fn family(ip: IpAddr) -> &'static str {
    if ip.is_ipv4() { "IP4" } else { "IP6" }
}

fn head(own: Own) -> String {
    let (ip, Own { id, version, .. }) = (own.at.ip(), own);
    let family = family(ip);
    format!("v=0\r\no=- {id} {version} IN {family} {ip}\r\ns=-\r\nc=IN {family} {ip}\r\nt=0 0\r\n")
}

fn line(text: &mut String, own: Own, codecs: &[Codec], keys: Option<u8>, way: &str) {
    let _ = write!(text, "m=audio {} RTP/AVP", own.at.port());
    for kind in codecs.iter().map(|codec| codec.payload_type()).chain(keys) {
        let _ = write!(text, " {kind}");
    }
    text.push_str("\r\n");
    for codec in codecs {
        let name = match codec {
            Codec::Alaw => "PCMA",
            Codec::Ulaw => "PCMU",
        };
        let _ = write!(text, "a=rtpmap:{} {name}/8000\r\n", codec.payload_type());
    }
    if let Some(keys) = keys {
        let _ = write!(
            text,
            "a=rtpmap:{keys} telephone-event/8000\r\na=fmtp:{keys} 0-15\r\n"
        );
    }
    let _ = write!(text, "a=ptime:20\r\na={way}\r\n");
}
