//! The driver: sockets, tasks and the clock around the engine.

mod clock;
mod connections;
mod core;
mod locals;
mod settings;
mod shard;
mod socket;
mod storing;
mod tcp;
mod udp;

pub use settings::ServerSettings;

use crate::directory::{Directory, Events};
use crate::location::{Binding, Registration};
use crate::metrics::Counts;
use core::Core;
use shard::{Shard, Shards};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, UdpSocket};
use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;

/// A running engine.
pub struct Server {
    core: Arc<Core>,
    tcp: Vec<SocketAddr>,
    stop: watch::Sender<bool>,
    tasks: Mutex<JoinSet<()>>,
}

impl Server {
    /// Opens the sockets and serves them; call it inside a tokio runtime. `stored` are the registrations of the last
    /// run, as [`Events::location_changed`] reported them.
    ///
    /// # Errors
    /// When an address cannot be bound.
    pub fn bind(
        settings: &ServerSettings,
        directory: Arc<dyn Directory>,
        events: Arc<dyn Events>,
        stored: Vec<Registration>,
    ) -> io::Result<Server> {
        let (udp, listeners) = open(settings)?;
        let tcp = listeners
            .iter()
            .filter_map(|listener| listener.local_addr().ok())
            .collect();
        let (shards, inputs) = Shards::new(settings.shards.into());
        let core = Arc::new(Core::new(settings, udp, shards, directory, events));
        core.location.restore(stored, core.clock.now());
        let (stop, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        for index in 0..core.udp.len() {
            tasks.spawn(udp::serve(Arc::clone(&core), index, stopped.clone()));
        }
        for listener in listeners {
            tasks.spawn(tcp::listen(
                Arc::clone(&core),
                listener,
                settings.idle_connection,
                stopped.clone(),
            ));
        }
        for (number, inputs) in (0..).zip(inputs) {
            let shard = Shard::new(&core, settings, number, inputs);
            tasks.spawn(shard.run(stopped.clone()));
        }
        tasks.spawn(storing::sweep(Arc::clone(&core), stopped.clone()));
        tasks.spawn(storing::write_behind(Arc::clone(&core), stopped));
        Ok(Server {
            core,
            tcp,
            stop,
            tasks: Mutex::new(tasks),
        })
    }

    /// The first datagram address, or the first TCP address when there is none.
    #[must_use]
    pub fn local_addr(&self) -> Option<SocketAddr> {
        self.core
            .udp
            .first()
            .map(|(address, _)| *address)
            .or_else(|| self.tcp.first().copied())
    }

    /// Addresses of the TCP listeners.
    #[must_use]
    pub fn tcp_addrs(&self) -> &[SocketAddr] {
        &self.tcp
    }

    /// Ends all registrations of a login at once (user deleted, login details renewed); calls go on. Gives their number.
    /// Call it inside a tokio runtime, after the change is committed.
    pub fn end_registrations(&self, login: &str) -> usize {
        let count = self.core.location.end(login);
        self.core.to_store.notify_one();
        let (core, login) = (Arc::clone(&self.core), login.to_owned());
        tokio::spawn(async move { core.end_stragglers(&login).await });
        count
    }

    /// The contacts of a login that are valid now.
    #[must_use]
    pub fn registrations(&self, login: &str) -> Vec<Binding> {
        self.core.location.get(login, self.core.clock.now())
    }

    /// Everything registered now.
    #[must_use]
    pub fn snapshot(&self) -> Vec<Registration> {
        self.core.location.snapshot(self.core.clock.now())
    }

    /// Number of registered contacts.
    #[must_use]
    pub fn registration_count(&self) -> usize {
        self.core.location.len()
    }

    /// The counters now.
    #[must_use]
    pub fn metrics(&self) -> Counts {
        self.core.metrics.counts()
    }

    /// Stops serving and stores what is not stored yet. A second call waits for the first.
    pub async fn stop(&self) {
        let _ = self.stop.send(true);
        let mut tasks = self.tasks.lock().await;
        while tasks.join_next().await.is_some() {}
    }
}

type Sockets = (Vec<(SocketAddr, UdpSocket)>, Vec<TcpListener>);

/// Tries to find one port that is free for both transports.
const PORT_ATTEMPTS: usize = 20;

/// Port 0 means one free port for both transports.
fn open(settings: &ServerSettings) -> io::Result<Sockets> {
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
    let mut listeners = Vec::new();
    for address in &settings.tcp {
        let same = udp
            .iter()
            .map(|(bound, _)| *bound)
            .find(|bound| bound.ip() == address.ip());
        let address = same.filter(|_| address.port() == 0).unwrap_or(*address);
        listeners.push(socket::tcp(address)?);
    }
    Ok((udp, listeners))
}
