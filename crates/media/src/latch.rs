//! Where a phone behind NAT really is: where its first packet came from, and from then on nowhere else.
//!
//! Packets count only from the address that the description names, or the one its SIP comes from: whoever guesses a
//! port cannot draw the audio to themselves. A new description begins anew (RFC 7362 §4).

use std::net::{IpAddr, SocketAddr};

pub(crate) struct Latch {
    signalling: IpAddr,
    at: Option<SocketAddr>,
}

impl Latch {
    pub(crate) fn new(signalling: IpAddr) -> Latch {
        Latch {
            signalling,
            at: None,
        }
    }

    pub(crate) fn forget(&mut self) {
        self.at = None;
    }

    /// Where packets go, when the description says `to`.
    pub(crate) fn target(&self, to: SocketAddr) -> SocketAddr {
        self.at.unwrap_or(to)
    }

    /// True when a packet from there is the peer's.
    pub(crate) fn takes(&mut self, source: SocketAddr, described: Option<SocketAddr>) -> bool {
        if let Some(at) = self.at {
            return at == source;
        }
        let is_peer = source.ip() == self.signalling
            || described.is_some_and(|described| described.ip() == source.ip());
        if is_peer {
            self.at = Some(source);
        }
        is_peer
    }
}
