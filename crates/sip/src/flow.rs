//! Between which two sockets messages travel.

use bytes::Bytes;
use std::net::SocketAddr;

/// What carries the messages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Transport {
    /// Datagrams.
    Udp,
    /// One TCP connection, by the number the server gave it.
    Tcp(u64),
    /// One TLS connection, likewise.
    Tls(u64),
}

impl Transport {
    /// A stored one by its [name](Transport::name); a connection does not outlive its process.
    #[must_use]
    pub fn stored(name: &str) -> Transport {
        match name {
            "TCP" => Transport::Tcp(0),
            "TLS" => Transport::Tls(0),
            _ => Transport::Udp,
        }
    }

    /// The number of its connection, if it is one.
    #[must_use]
    pub fn connection(self) -> Option<u64> {
        match self {
            Transport::Udp => None,
            Transport::Tcp(id) | Transport::Tls(id) => Some(id),
        }
    }

    /// As a parameter of an address; datagrams need none.
    #[must_use]
    pub fn parameter(self) -> &'static str {
        match self {
            Transport::Udp => "",
            Transport::Tcp(_) => ";transport=tcp",
            Transport::Tls(_) => ";transport=tls",
        }
    }

    /// As written in Via.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Transport::Udp => "UDP",
            Transport::Tcp(_) => "TCP",
            Transport::Tls(_) => "TLS",
        }
    }
}

/// A way to a peer: what RFC 5626 calls a flow.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Flow {
    /// What carries it.
    pub transport: Transport,
    /// Our address, as the peer reaches it.
    pub local: SocketAddr,
    /// The peer's address, as we see it (behind NAT: the NAT's).
    pub peer: SocketAddr,
}

impl Flow {
    /// True when the transport neither loses nor reorders, so that nothing is retransmitted.
    #[must_use]
    pub fn is_reliable(&self) -> bool {
        match self.transport {
            Transport::Udp => false,
            Transport::Tcp(_) | Transport::Tls(_) => true,
        }
    }

    /// The same flow towards another address.
    #[must_use]
    pub fn towards(self, peer: SocketAddr) -> Flow {
        Flow { peer, ..self }
    }
}

/// Bytes to be sent.
#[derive(Clone, Debug)]
pub struct Transmit {
    /// Where to.
    pub flow: Flow,
    /// What.
    pub bytes: Bytes,
}
