//! The client's side of digest authentication (RFC 7616), and the request that carries it.

use super::challenge::Challenge;
use super::settings::TrunkCredentials;
use crate::digest::{Algorithm, joined};
use crate::message::{Header, Message, Name, Span, Wire, Writer};
use crate::transaction::hex;
use bytes::{Bytes, BytesMut};

/// A refused request and the proof it lacked.
pub struct Proof {
    request: Message,
    header: &'static str,
    value: Vec<u8>,
}

impl Proof {
    pub(super) fn new(
        challenge: &Challenge,
        credentials: &TrunkCredentials,
        refused: Bytes,
        cnonce: u64,
        count: u32,
    ) -> Option<Proof> {
        let request = Message::parse(BytesMut::from(refused), Wire::Datagram).ok()?;
        let value = value(challenge, credentials, &request, cnonce, count);
        Some(Proof {
            header: challenge.header,
            value,
            request,
        })
    }
}

/// The header's value.
fn value(
    challenge: &Challenge,
    credentials: &TrunkCredentials,
    request: &Message,
    cnonce: u64,
    count: u32,
) -> Vec<u8> {
    let (cnonce, nc) = (hex(cnonce, 16), hex(count.into(), 8));
    let (username, password) = (&credentials.username, &credentials.password);
    let algorithm = challenge.algorithm;
    let ha1 = joined(
        algorithm,
        &[username.as_bytes(), &challenge.realm, password.as_bytes()],
    );
    let ha2 = joined(algorithm, &[request.method_name(), request.uri()]);
    let response = if challenge.has_auth {
        joined(
            algorithm,
            &[&ha1, &challenge.nonce, &nc, &cnonce, b"auth", &ha2],
        )
    } else {
        joined(algorithm, &[&ha1, &challenge.nonce, &ha2])
    };
    let name: &[u8] = match algorithm {
        Algorithm::Md5 => b"MD5",
        Algorithm::Sha256 => b"SHA-256",
    };
    let mut out = b"Digest username=\"".to_vec();
    let mut put = |parts: &[&[u8]]| out.extend(parts.concat());
    put(&[username.as_bytes(), b"\", realm=\""]);
    put(&[&challenge.realm, b"\", nonce=\"", &challenge.nonce]);
    put(&[b"\", uri=\"", request.uri(), b"\", response=\"", &response]);
    put(&[b"\", algorithm=", name]);
    if challenge.has_auth {
        put(&[b", qop=auth, nc=", &nc, b", cnonce=\"", &cnonce, b"\""]);
    }
    if let Some(opaque) = &challenge.opaque {
        put(&[b", opaque=\"", opaque, b"\""]);
    }
    out
}

/// The request again, with the proof, another CSeq and another branch.
#[must_use]
pub fn repeated(proof: &Proof, cseq: u32, branch: &[u8]) -> Bytes {
    let request = &proof.request;
    let mut out = Writer::request(request.method_name(), request.uri());
    for header in request.headers() {
        match header.name {
            Name::Via => rebranch(&mut out, request, header, branch),
            Name::CSeq => {
                out.put(b"CSeq: ").number(cseq.into()).put(b" ");
                out.put(request.method_name()).put(b"\r\n");
            }
            Name::ContentLength | Name::ContentType => {}
            Name::Authorization | Name::ProxyAuthorization if is_older(proof, header) => {}
            _ => {
                out.copy(request, header);
            }
        }
    }
    out.header(proof.header, &proof.value);
    out.finish(request.header(Name::ContentType), request.body())
}

/// An earlier proof of the same kind.
fn is_older(proof: &Proof, header: &Header) -> bool {
    let written = proof.request.get(header.written);
    written.eq_ignore_ascii_case(proof.header.as_bytes())
}

fn rebranch(out: &mut Writer, request: &Message, header: &Header, branch: &[u8]) {
    let (value, old) = (header.value, request.via.branch);
    out.put(b"Via: ")
        .put(request.get(Span::new(value.start(), old.start())))
        .put(branch)
        .put(request.get(Span::new(old.end(), value.end())))
        .put(b"\r\n");
}
