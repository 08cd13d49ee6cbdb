//! By what a message finds its transaction (RFC 3261 §17.1.3, §17.2.3).

use super::branch::COOKIE;
use crate::message::{Message, Method};

pub(super) type ServerKey = Box<[u8]>;

/// The random part of our branch; a CANCEL shares it with its INVITE.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct ClientKey {
    pub(super) random: u64,
    pub(super) is_cancel: bool,
}

/// The key of a request; an ACK finds its INVITE, and so does a CANCEL asked as `INVITE`.
pub(super) fn server_key(request: &Message, method: &[u8]) -> ServerKey {
    let mut key = method.to_vec();
    key.push(0);
    let branch = request.get(request.via.branch);
    if branch.len() > COOKIE.len() && branch[..COOKIE.len()].eq_ignore_ascii_case(COOKIE) {
        key.extend_from_slice(branch);
        key.push(0);
        key.extend(request.get(request.via.host).to_ascii_lowercase());
        key.extend_from_slice(&request.via.port.unwrap_or(5060).to_be_bytes());
    } else {
        // A client of RFC 2543: everything that identifies the transaction.
        let parts = [request.call_id, request.from.tag, request.via.value];
        for part in parts {
            key.extend_from_slice(request.get(part));
            key.push(0);
        }
        key.extend_from_slice(request.uri());
        key.extend_from_slice(&request.cseq.to_be_bytes());
    }
    key.into()
}

/// ACK belongs to the INVITE's transaction.
pub(super) fn method_of(request: &Message) -> &[u8] {
    if request.method() == Some(Method::Ack) {
        b"INVITE"
    } else {
        request.method_name()
    }
}
