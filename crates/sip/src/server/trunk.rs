//! One task for the trunk: where the carrier is, our registration there, and keeping the way open.

use super::core::Core;
use super::settings::ServerSettings;
use crate::flow::{Flow, Transmit, Transport};
use crate::message::Message;
use crate::trunk::{REGISTRATION_SHARD, Registration, Trunk, TrunkTransport};
use bytes::Bytes;
use rand::rngs::StdRng;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::lookup_host;
use tokio::sync::{Mutex, mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, sleep_until, timeout};

/// How often the carrier's name is looked up.
const LOOK_UP_EVERY: Duration = Duration::from_secs(60);
/// The same after a failure.
const LOOK_UP_SOON: Duration = Duration::from_secs(5);
const LOOK_UP_TIMEOUT: Duration = Duration::from_secs(10);
/// Shorter than what NATs remember.
const KEEP_ALIVE: Duration = Duration::from_secs(25);
/// How long taking our leave may take.
const LEAVING: Duration = Duration::from_secs(2);
/// Answers that may wait.
pub(super) const QUEUE: usize = 64;

/// What the task is told.
pub(super) enum TrunkInput {
    Answer(Box<Message>),
    FlowLost(Flow),
}

pub(super) struct TrunkTask {
    core: Arc<Core>,
    trunk: Arc<Trunk>,
    registration: Option<Registration>,
    look_up: Instant,
    keep_alive: Instant,
    /// The way failed since the last look-up: another address may do better.
    has_failed: bool,
    last_said: String,
}

impl TrunkTask {
    pub(super) fn new(core: Arc<Core>, trunk: Arc<Trunk>, rng: StdRng) -> TrunkTask {
        let registration = Registration::new(core.clock.now(), Arc::clone(&trunk), rng);
        TrunkTask {
            core,
            trunk,
            registration,
            look_up: Instant::now(),
            keep_alive: Instant::now() + KEEP_ALIVE,
            has_failed: false,
            last_said: String::new(),
        }
    }

    /// Runs until `stop` changes, then takes our leave.
    pub(super) async fn run(
        mut self,
        mut inputs: mpsc::Receiver<TrunkInput>,
        mut stop: watch::Receiver<bool>,
    ) {
        while !*stop.borrow() {
            if self.look_up <= Instant::now() {
                self.look_up().await;
            }
            self.advance();
            let next = self.next_moment();
            tokio::select! {
                _ = stop.changed() => break,
                () = sleep_until(next) => {}
                input = inputs.recv() => match input {
                    Some(input) => self.take(input),
                    None => break,
                },
            }
        }
        let _ = timeout(LEAVING, self.leave(&mut inputs)).await;
    }

    async fn leave(&mut self, inputs: &mut mpsc::Receiver<TrunkInput>) {
        let now = self.core.clock.now();
        if let Some(registration) = &mut self.registration {
            registration.stop(now);
        }
        loop {
            self.advance();
            if self.registration.as_ref().is_none_or(Registration::is_gone) {
                return;
            }
            tokio::select! {
                () = sleep(Duration::from_millis(100)) => {}
                Some(input) = inputs.recv() => self.take(input),
            }
        }
    }

    fn next_moment(&mut self) -> Instant {
        let now = self.core.clock.now();
        let timer = self
            .registration
            .as_mut()
            .and_then(Registration::next_timeout);
        let timer = timer.map(|at| Instant::now() + at.since(now));
        let first = self.look_up.min(self.keep_alive);
        timer.map_or(first, |timer| timer.min(first))
    }

    fn take(&mut self, input: TrunkInput) {
        let now = self.core.clock.now();
        match input {
            TrunkInput::Answer(message) => {
                if let Some(registration) = &mut self.registration {
                    registration.receive(now, *message);
                }
            }
            TrunkInput::FlowLost(flow) => self.flow_lost(flow),
        }
    }

    fn flow_lost(&mut self, flow: Flow) {
        let own = self.trunk.flow().map(|own| own.transport);
        if own != Some(flow.transport) {
            return;
        }
        self.failed();
        if let Some(registration) = &mut self.registration {
            registration.flow_lost(self.core.clock.now(), flow);
        }
    }

    /// Runs the timers and sends what is to be sent.
    fn advance(&mut self) {
        let now = self.core.clock.now();
        if self.keep_alive <= Instant::now() {
            self.keep_alive = Instant::now() + KEEP_ALIVE;
            self.keep_open();
        }
        let Some(registration) = &mut self.registration else {
            return;
        };
        registration.timeout(now);
        let mut is_lost = false;
        while let Some(out) = registration.poll() {
            if !self.core.send(&out) && out.flow.is_reliable() {
                registration.flow_lost(now, out.flow);
                is_lost = true;
            }
        }
        self.trunk
            .note_registered(registration.is_registered(now), registration.refusal());
        let said = registration.describe(now);
        is_lost |= registration.refusal() == Some(408) && self.last_said != said;
        if self.last_said != said {
            tracing::info!(carrier = self.trunk.domain(), "the trunk is {said}");
            self.last_said = said;
        }
        if is_lost {
            self.failed();
        }
    }

    fn failed(&mut self) {
        self.has_failed = true;
        self.look_up = self.look_up.min(Instant::now() + LOOK_UP_SOON);
    }

    /// An empty line (RFC 5626 §3.5.1) on a way that exists; it opens none.
    fn keep_open(&self) {
        let (Some(flow), Some(_)) = (self.trunk.flow(), &self.registration) else {
            return;
        };
        let bytes = Bytes::from_static(b"\r\n\r\n");
        match flow.transport.connection() {
            Some(id) => {
                self.core.connections.send(id, bytes);
            }
            None => {
                self.core.send(&Transmit { flow, bytes });
            }
        }
    }

    async fn look_up(&mut self) {
        let trunk = Arc::clone(&self.trunk);
        let (host, port) = trunk.settings().host_port();
        let found = timeout(LOOK_UP_TIMEOUT, lookup_host((host, port))).await;
        let usable = |address: &SocketAddr| self.bound(*address).is_some();
        let found: Vec<SocketAddr> = match found {
            Ok(Ok(found)) => found.filter(usable).collect(),
            Ok(Err(_)) | Err(_) => Vec::new(),
        };
        if found.is_empty() {
            tracing::warn!(host, "the carrier's address cannot be looked up");
            self.look_up = Instant::now() + LOOK_UP_SOON;
            return;
        }
        self.look_up = Instant::now() + LOOK_UP_EVERY;
        self.choose(&found);
    }

    /// Stays with an address that works; goes on to the next one after a failure.
    fn choose(&mut self, found: &[SocketAddr]) {
        let current = self.trunk.flow();
        let at = current.and_then(|flow| found.iter().position(|address| *address == flow.peer));
        let chosen = match at {
            Some(at) if self.has_failed => found[(at + 1) % found.len()],
            Some(at) => found[at],
            None => found[0],
        };
        self.has_failed = false;
        let flow = match current.filter(|flow| flow.peer == chosen) {
            Some(flow) => Some(flow),
            None => self.flow(chosen),
        };
        if let Some(flow) = flow {
            let addresses: Vec<IpAddr> = found.iter().map(SocketAddr::ip).collect();
            self.trunk.reach(flow, &addresses);
        }
    }

    fn flow(&self, peer: SocketAddr) -> Option<Flow> {
        let local = self.core.locals.towards(peer, self.bound(peer)?);
        let transport = match self.trunk.settings().transport {
            TrunkTransport::Udp => Transport::Udp,
            TrunkTransport::Tcp => Transport::Tcp(self.core.connections.reserve()),
            TrunkTransport::Tls => Transport::Tls(self.core.connections.reserve()),
        };
        Some(Flow {
            transport,
            local,
            peer,
        })
    }

    /// Our socket that fits.
    fn bound(&self, peer: SocketAddr) -> Option<SocketAddr> {
        let bound = &self.core.bound;
        let of_transport = match self.trunk.settings().transport {
            TrunkTransport::Udp => &bound.udp,
            TrunkTransport::Tcp => &bound.tcp,
            TrunkTransport::Tls => &bound.tls,
        };
        let is_datagram = self.trunk.settings().transport == TrunkTransport::Udp;
        let fits = |address: &&SocketAddr| address.is_ipv4() == peer.is_ipv4();
        // Without a listener of its own the carrier still answers on our connection.
        let others = bound.udp.iter().chain(&bound.tcp).filter(|_| !is_datagram);
        of_transport.iter().chain(others).find(fits).copied()
    }
}

/// The trunk's task, which ends before the sockets do.
pub(super) struct Leaving {
    leave: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Leaving {
    pub(super) fn start(
        core: &Arc<Core>,
        settings: &ServerSettings,
        inputs: Option<mpsc::Receiver<TrunkInput>>,
    ) -> Leaving {
        let (leave, left) = watch::channel(false);
        let task = core.trunk.as_ref().zip(inputs).map(|(trunk, inputs)| {
            let rng = super::shard::rng(&settings.secret, REGISTRATION_SHARD);
            let task = TrunkTask::new(Arc::clone(core), Arc::clone(trunk), rng);
            tokio::spawn(task.run(inputs, left))
        });
        Leaving {
            leave,
            task: Mutex::new(task),
        }
    }

    pub(super) async fn leave(&self) {
        self.leave.send_replace(true);
        if let Some(task) = self.task.lock().await.take() {
            let _ = task.await;
        }
    }
}
