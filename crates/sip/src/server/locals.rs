//! Which of our addresses a peer sees.

use super::socket;
use crate::lock;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Mutex;

const MAX_REMEMBERED: usize = 50_000;

/// Answers from the settings, the socket, or the routing table (remembered for each peer).
pub(super) struct Locals {
    advertised: Option<IpAddr>,
    by_peer: Mutex<HashMap<IpAddr, IpAddr>>,
}

impl Locals {
    pub(super) fn new(advertised: Option<IpAddr>) -> Locals {
        Locals {
            advertised,
            by_peer: Mutex::default(),
        }
    }

    pub(super) fn towards(&self, peer: SocketAddr, bound: SocketAddr) -> SocketAddr {
        if let Some(address) = self
            .advertised
            .filter(|address| address.is_ipv4() == peer.is_ipv4())
        {
            return SocketAddr::new(address, bound.port());
        }
        if !bound.ip().is_unspecified() {
            return bound;
        }
        let mut by_peer = lock(&self.by_peer);
        if let Some(address) = by_peer.get(&peer.ip()) {
            return SocketAddr::new(*address, bound.port());
        }
        if by_peer.len() >= MAX_REMEMBERED {
            by_peer.clear();
        }
        let address = socket::local_towards(peer).unwrap_or(bound.ip());
        by_peer.insert(peer.ip(), address);
        SocketAddr::new(address, bound.port())
    }
}
