//! ACK (RFC 3261 §17.1.1.3) and CANCEL (§9.1), made from our own INVITE.

use crate::message::{Message, Name, Wire, Writer};
use bytes::{Bytes, BytesMut};

/// Same URI, Via, Route, From, Call-ID and CSeq number; To as given, or as in the INVITE.
pub(super) fn from_invite(
    invite: &Bytes,
    method: &str,
    to: Option<&[u8]>,
    reason: Option<&str>,
) -> Option<Bytes> {
    let invite = Message::parse(BytesMut::from(&invite[..]), Wire::Datagram).ok()?;
    let mut out = Writer::request(method.as_bytes(), invite.uri());
    for header in invite.headers() {
        match (header.name, to) {
            (Name::To, Some(to)) => out.header("To", to),
            (Name::Via | Name::Route | Name::From | Name::CallId | Name::To, _) => {
                out.copy(&invite, header)
            }
            _ => continue,
        };
    }
    out.header("Max-Forwards", b"70");
    if let Some(reason) = reason {
        out.header("Reason", reason.as_bytes());
    }
    out.put(b"CSeq: ")
        .number(invite.cseq.into())
        .put(b" ")
        .put(method.as_bytes())
        .put(b"\r\n");
    Some(out.finish(None, b""))
}
