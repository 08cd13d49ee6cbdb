//! All sockets of a server.

use super::core::Bound;
use super::settings::ServerSettings;
use super::socket;
use std::io;
use std::net::SocketAddr;
use tokio::net::{TcpListener, UdpSocket};

/// Tries to find one port that is free for both transports.
const PORT_ATTEMPTS: usize = 20;

pub(super) struct Sockets {
    pub(super) udp: Vec<(SocketAddr, UdpSocket)>,
    pub(super) tcp: Vec<TcpListener>,
    pub(super) tls: Vec<TcpListener>,
}

impl Sockets {
    pub(super) fn bound(&self) -> Bound {
        let of = |listeners: &[TcpListener]| {
            let addresses = listeners
                .iter()
                .filter_map(|listener| listener.local_addr().ok());
            addresses.collect()
        };
        Bound {
            udp: self.udp.iter().map(|(bound, _)| *bound).collect(),
            tcp: of(&self.tcp),
            tls: of(&self.tls),
        }
    }
}

/// Port 0 means one free port for both transports.
pub(super) fn open(settings: &ServerSettings) -> io::Result<Sockets> {
    for _ in 1..PORT_ATTEMPTS {
        match open_once(settings) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && asks_for_any(settings) => {}
            result => return result,
        }
    }
    open_once(settings)
}

fn asks_for_any(settings: &ServerSettings) -> bool {
    settings
        .udp
        .iter()
        .chain(&settings.tcp)
        .any(|address| address.port() == 0)
}

fn open_once(settings: &ServerSettings) -> io::Result<Sockets> {
    let mut udp = Vec::new();
    for address in &settings.udp {
        let first = socket::udp(*address)?;
        let bound = first.local_addr()?;
        udp.push((bound, first));
        for _ in 1..settings.sockets_per_address.max(1) {
            udp.push((bound, socket::udp(bound)?));
        }
    }
    let mut tcp = Vec::new();
    for address in &settings.tcp {
        let same = udp
            .iter()
            .map(|(bound, _)| *bound)
            .find(|bound| bound.ip() == address.ip());
        let address = same.filter(|_| address.port() == 0).unwrap_or(*address);
        tcp.push(socket::tcp(address)?);
    }
    let addresses = settings.tls.iter().flat_map(|tls| &tls.addresses);
    let tls = addresses
        .map(|address| socket::tcp(*address))
        .collect::<io::Result<_>>()?;
    Ok(Sockets { udp, tcp, tls })
}
