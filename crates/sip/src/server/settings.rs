//! What a server has to be told.

use crate::attend::Attendants;
use crate::call::CallSettings;
use crate::media::Media;
use crate::stateless::Settings;
use crate::trunk::TrunkSettings;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Sockets and bounds of a server.
#[derive(Clone)]
pub struct ServerSettings {
    /// Addresses for datagrams; port 0 takes any free one.
    pub udp: Vec<SocketAddr>,
    /// Addresses for TCP.
    pub tcp: Vec<SocketAddr>,
    /// The address phones reach us at, when it is not the bound one (port forwarding, `0.0.0.0` on several networks).
    pub advertised: Option<IpAddr>,
    /// Sockets for each datagram address, each served by a task of its own.
    pub sockets_per_address: usize,
    /// TCP connections at once.
    pub max_connections: usize,
    /// TCP connections of one address at once.
    pub max_connections_per_source: usize,
    /// A TCP connection that says nothing for so long is closed.
    pub idle_connection: Duration,
    /// Requests that may wait for the directory at once; further ones get 503.
    pub max_waiting: usize,
    /// Secret and random, new at every start: nonces and identifiers grow from it.
    pub secret: [u8; 32],
    /// Parts the calls are spread over, each with a task of its own; at most 255. An attended transfer joins only calls
    /// of the same part, so the default is one.
    pub shards: u8,
    /// Bounds of each part.
    pub calls: CallSettings,
    /// SIP over TLS.
    pub tls: Option<TlsSettings>,
    /// How long a TLS handshake may take.
    pub handshake: Duration,
    /// The engine's own audio; without it nothing is attended or parked.
    pub media: Option<Arc<dyn Media>>,
    /// Who attends calls.
    pub attendants: Option<Arc<dyn Attendants>>,
    /// The way to the telephone network.
    pub trunk: Option<TrunkSettings>,
    /// Realm, registrar, guard.
    pub stateless: Settings,
}

/// Where we speak TLS, and with which certificate.
#[derive(Clone, Debug)]
pub struct TlsSettings {
    /// Addresses; port 0 takes any free one.
    pub addresses: Vec<SocketAddr>,
    /// Our certificate and those between it and its root, PEM.
    pub certificate: PathBuf,
    /// Its key, PEM.
    pub key: PathBuf,
    /// How often the files are looked at; changed ones are read again.
    pub check_every: Duration,
}

impl TlsSettings {
    /// One address, files looked at every few seconds.
    #[must_use]
    pub fn new(address: SocketAddr, certificate: PathBuf, key: PathBuf) -> TlsSettings {
        TlsSettings {
            addresses: vec![address],
            certificate,
            key,
            check_every: Duration::from_secs(5),
        }
    }
}

impl ServerSettings {
    /// UDP and TCP on one address, usual bounds.
    #[must_use]
    pub fn new(address: SocketAddr, realm: &str, secret: [u8; 32]) -> ServerSettings {
        ServerSettings {
            udp: vec![address],
            tcp: vec![address],
            advertised: None,
            sockets_per_address: 2,
            max_connections: 20_000,
            max_connections_per_source: 500,
            idle_connection: Duration::from_secs(1800),
            max_waiting: 10_000,
            secret,
            shards: 1,
            calls: CallSettings::default(),
            tls: None,
            handshake: Duration::from_secs(10),
            media: None,
            attendants: None,
            trunk: None,
            stateless: Settings::new(realm),
        }
    }
}
