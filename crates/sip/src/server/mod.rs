//! The driver: sockets, tasks and the clock around the engine.

mod clock;
mod connections;
mod core;
mod locals;
mod outgoing;
mod settings;
mod shard;
mod socket;
mod sockets;
mod storing;
mod stream;
mod tcp;
mod tls;
mod trunk;
mod udp;

pub use settings::{ServerSettings, TlsSettings};

use crate::attend::{Order, Orders};
use crate::directory::{Directory, Events};
use crate::location::{Binding, Registration};
use crate::media::{Heard, PortKey};
use crate::metrics::Counts;
use crate::trunk::{Trunk, TrunkTransport};
use core::{Bound, Core, ToTrunk};
use outgoing::Carrier;
use shard::{Shard, Shards};
use sockets::open;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use storing::Stored;
use tls::Certificates;
use tokio::sync::{Mutex, mpsc, watch};
use tokio::task::JoinSet;
use trunk::{Leaving, TrunkInput};

/// A running engine.
pub struct Server {
    core: Arc<Core>,
    bound: Bound,
    leaving: Leaving,
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
        let (stop, stopped) = watch::channel(false);
        let (mut settings, sockets) = (settings.clone(), open(settings)?);
        let certificates = settings.tls.as_ref().map(Certificates::load).transpose()?;
        let (to_trunk, trunk_inputs) = to_trunk(&mut settings)?;
        let bound = sockets.bound();
        let (shards, inputs) = Shards::new(settings.shards.into());
        let core = Arc::new(Core::new(
            &settings,
            (sockets.udp, bound.clone()),
            shards,
            (directory, events),
            to_trunk,
            stopped.clone(),
        ));
        let stored = stored
            .into_iter()
            .map(|stored| core.connections.renumbered(stored));
        core.location.restore(stored, core.clock.now());
        let mut tasks = JoinSet::new();
        for index in 0..core.udp.len() {
            tasks.spawn(udp::serve(Arc::clone(&core), index, stopped.clone()));
        }
        for listener in sockets.tcp {
            tasks.spawn(tcp::listen(
                Arc::clone(&core),
                listener,
                None,
                stopped.clone(),
            ));
        }
        if let Some(certificates) = certificates.map(Arc::new) {
            for listener in sockets.tls {
                let certificates = Some(Arc::clone(&certificates));
                tasks.spawn(tcp::listen(
                    Arc::clone(&core),
                    listener,
                    certificates,
                    stopped.clone(),
                ));
            }
            let every = settings
                .tls
                .as_ref()
                .map_or(Duration::MAX, |tls| tls.check_every);
            tasks.spawn(certificates.watch(every, stopped.clone()));
        }
        for (number, inputs) in (0..).zip(inputs) {
            let shard = Shard::new(&core, &settings, number, inputs);
            tasks.spawn(shard.run(stopped.clone()));
        }
        tasks.spawn(storing::sweep(Arc::clone(&core), stopped.clone()));
        for what in [Stored::Registrations, Stored::Calls] {
            tasks.spawn(storing::write_behind(
                Arc::clone(&core),
                what,
                stopped.clone(),
            ));
        }
        Ok(Server {
            leaving: Leaving::start(&core, &settings, trunk_inputs),
            core,
            bound,
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
            .or_else(|| self.bound.tcp.first().copied())
    }

    /// Addresses of the TCP listeners.
    #[must_use]
    pub fn tcp_addrs(&self) -> &[SocketAddr] {
        &self.bound.tcp
    }

    /// Addresses of the TLS listeners.
    #[must_use]
    pub fn tls_addrs(&self) -> &[SocketAddr] {
        &self.bound.tls
    }

    /// Whether the carrier knows us now; `None` without a trunk, or where it does not want us to register.
    #[must_use]
    pub fn is_trunk_registered(&self) -> Option<bool> {
        let trunk = self.core.trunk.as_ref()?;
        trunk.settings().registration.as_ref()?;
        Some(trunk.is_registered())
    }

    /// The trunk as it stands now; `None` without one.
    #[must_use]
    pub fn trunk_state(&self) -> Option<&Trunk> {
        self.core.trunk.as_deref()
    }

    /// Calls over the trunk that are under way now.
    #[must_use]
    pub fn trunk_calls(&self) -> u64 {
        self.core.metrics.counts().trunk_calls_now()
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

    /// Something was heard at a port of the engine's own media.
    pub fn heard(&self, key: PortKey, heard: Heard) {
        self.core.shards.heard(key, heard);
    }

    /// The counters now.
    #[must_use]
    pub fn metrics(&self) -> Counts {
        Counts {
            registrations: self.core.location.len() as u64,
            ..self.core.metrics.counts()
        }
    }

    /// Takes our leave of the carrier, stops serving and stores what is not stored yet. A second call waits for the first.
    pub async fn stop(&self) {
        self.leaving.leave().await;
        let _ = self.stop.send(true);
        let mut tasks = self.tasks.lock().await;
        while tasks.join_next().await.is_some() {}
    }
}

impl Orders for Server {
    fn order(&self, order: Order) -> bool {
        self.core.shards.order(order)
    }

    fn watch(&self, login: &str) -> bool {
        self.core.own_calls.watch(login)
    }

    fn forget(&self, login: &str) {
        self.core.own_calls.forget(login);
    }
}

/// Makes the trunk known to all parts.
fn to_trunk(
    settings: &mut ServerSettings,
) -> io::Result<(Option<ToTrunk>, Option<mpsc::Receiver<TrunkInput>>)> {
    let Some(wanted) = settings.trunk.take() else {
        return Ok((None, None));
    };
    let carrier = match wanted.transport {
        TrunkTransport::Tls => Some(Carrier::new(&wanted)?),
        TrunkTransport::Udp | TrunkTransport::Tcp => None,
    };
    let trunk = Arc::new(Trunk::new(wanted));
    settings.calls.trunk = Some(Arc::clone(&trunk));
    settings.stateless.trunk = Some(Arc::clone(&trunk));
    let (inputs, taken) = mpsc::channel(trunk::QUEUE);
    let to_trunk = ToTrunk {
        trunk,
        carrier,
        inputs,
    };
    Ok((Some(to_trunk), Some(taken)))
}
