//! What all sockets share: a message comes in, its answer goes out.

use super::clock::Clock;
use super::connections::{Connections, Sent};
use super::locals::Locals;
use super::outgoing::{self, Carrier};
use super::settings::ServerSettings;
use super::shard::Shards;
use super::trunk::TrunkInput;
use crate::directory::{CallRecord, Directory, Events, Login, Unavailable};
use crate::flow::{Flow, Transmit, Transport};
use crate::location::Location;
use crate::message::{Message, Method, Wire};
use crate::metrics::Metrics;
use crate::own_calls::OwnCalls;
use crate::stateless::{Stateless, Step};
use crate::transaction::Branch;
use crate::trunk::{REGISTRATION_SHARD, Trunk};
use bytes::BytesMut;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::sync::{Notify, Semaphore, mpsc, watch};
use tokio::time::Instant;

/// Shorter datagrams are keep-alives.
const SHORTEST: usize = 20;
/// Much longer than looking a login up takes.
const DENIAL: Duration = Duration::from_millis(50);
/// So many registrations may be lost with the process.
const MOST_UNSTORED: usize = 50;
/// Before the phone asks again (RFC 3261 §17.1.2.1: T1).
const LONGEST_WAIT: Duration = Duration::from_millis(400);
/// A proof and its registration are never further apart.
const STRAGGLERS: Duration = Duration::from_millis(500);

pub(super) struct Core {
    pub(super) clock: Clock,
    pub(super) stateless: Stateless,
    pub(super) location: Arc<Location>,
    pub(super) metrics: Arc<Metrics>,
    pub(super) own_calls: Arc<OwnCalls>,
    pub(super) directory: Arc<dyn Directory>,
    pub(super) events: Arc<dyn Events>,
    pub(super) udp: Vec<(SocketAddr, UdpSocket)>,
    pub(super) connections: Connections,
    pub(super) locals: Locals,
    pub(super) shards: Shards,
    /// Calls that are over and not stored yet.
    pub(super) records: Mutex<Vec<CallRecord>>,
    /// Wakes who stores registrations.
    pub(super) to_store: Notify,
    /// Wakes who stores call records.
    pub(super) to_record: Notify,
    /// A connection that says nothing for so long is closed.
    pub(super) idle: Duration,
    /// How long a TLS handshake may take.
    pub(super) handshake: Duration,
    /// Changes when we stop.
    pub(super) stop: watch::Receiver<bool>,
    /// Room for connections that are being opened.
    pub(super) connecting: Arc<Semaphore>,
    pub(super) bound: Bound,
    pub(super) trunk: Option<Arc<Trunk>>,
    /// The carrier, where it is reached over TLS.
    pub(super) carrier: Option<Carrier>,
    to_trunk: Option<mpsc::Sender<TrunkInput>>,
    /// Registrations that are being stored.
    pub(super) storing: AtomicUsize,
    /// Tells that a batch of them is stored.
    pub(super) stored: Notify,
    waiting: AtomicUsize,
    max_waiting: usize,
}

/// The addresses we listen on.
#[derive(Default, Clone)]
pub(super) struct Bound {
    pub(super) udp: Vec<SocketAddr>,
    pub(super) tcp: Vec<SocketAddr>,
    pub(super) tls: Vec<SocketAddr>,
}

/// What the trunk's task shares with everybody.
pub(super) struct ToTrunk {
    pub(super) trunk: Arc<Trunk>,
    pub(super) carrier: Option<Carrier>,
    pub(super) inputs: mpsc::Sender<TrunkInput>,
}

impl Core {
    pub(super) fn new(
        settings: &ServerSettings,
        (udp, bound): (Vec<(SocketAddr, UdpSocket)>, Bound),
        shards: Shards,
        (directory, events): (Arc<dyn Directory>, Arc<dyn Events>),
        to_trunk: Option<ToTrunk>,
        stop: watch::Receiver<bool>,
    ) -> Core {
        let (mut trunk, mut carrier, mut inputs) = (None, None, None);
        if let Some(to) = to_trunk {
            (trunk, carrier, inputs) = (Some(to.trunk), to.carrier, Some(to.inputs));
        }
        let (location, metrics) = (Arc::new(Location::default()), Arc::new(Metrics::default()));
        let stateless = Stateless::new(
            settings.stateless.clone(),
            &settings.secret,
            Arc::clone(&location),
            Arc::clone(&metrics),
        );
        Core {
            clock: Clock::start(),
            stateless,
            location,
            metrics,
            own_calls: Arc::default(),
            directory,
            events,
            udp,
            connections: Connections::new(settings),
            locals: Locals::new(settings.advertised),
            shards,
            records: Mutex::default(),
            to_store: Notify::new(),
            to_record: Notify::new(),
            idle: settings.idle_connection,
            handshake: settings.handshake,
            stop,
            connecting: Arc::new(Semaphore::new(outgoing::MAX_CONNECTING)),
            bound,
            trunk,
            carrier,
            to_trunk: inputs,
            storing: AtomicUsize::new(0),
            stored: Notify::new(),
            waiting: AtomicUsize::new(0),
            max_waiting: settings.max_waiting,
        }
    }

    pub(super) fn datagram(self: &Arc<Self>, bytes: &[u8], peer: SocketAddr, bound: SocketAddr) {
        if bytes.len() < SHORTEST {
            return;
        }
        let flow = Flow {
            transport: Transport::Udp,
            local: self.locals.towards(peer, bound),
            peer,
        };
        match Message::parse(BytesMut::from(bytes), Wire::Datagram) {
            Ok(message) => self.message(message, flow),
            Err(_) => self.metrics.unreadable.add(),
        }
    }

    pub(super) fn message(self: &Arc<Self>, message: Message, flow: Flow) {
        match self.stateless.receive(message, flow, self.clock.now()) {
            Step::LookUp { login, request } => self.look_up(login, request, flow),
            step => self.finish(step, flow),
        }
    }

    /// Asks the directory; an answer from memory is used at once, another one continues in a task of its own.
    fn look_up(self: &Arc<Self>, login: String, request: Message, flow: Flow) {
        if self.waiting.load(Ordering::Relaxed) >= self.max_waiting {
            return self.finish(self.stateless.overloaded(&request, flow), flow);
        }
        let (core, arrived) = (Arc::clone(self), Instant::now());
        let mut work = Box::pin(async move {
            let found = core.directory.login(&login).await;
            core.found(found, request, flow, arrived);
        });
        if work.as_mut().poll(&mut Context::from_waker(Waker::noop())) == Poll::Ready(()) {
            return;
        }
        let core = Arc::clone(self);
        self.waiting.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(async move {
            work.await;
            core.waiting.fetch_sub(1, Ordering::Relaxed);
        });
    }

    fn found(
        self: &Arc<Self>,
        found: Result<Option<Arc<Login>>, Unavailable>,
        request: Message,
        flow: Flow,
        arrived: Instant,
    ) {
        let is_register = request.method() == Some(Method::Register);
        let step = match found {
            Ok(login) => self
                .stateless
                .proven(request, flow, self.clock.now(), login),
            Err(Unavailable) => self.stateless.overloaded(&request, flow),
        };
        if is_register && !self.location.changes().is_empty() {
            self.to_store.notify_one();
        }
        match step {
            Step::Deny(out) => self.deny(out, arrived),
            Step::Answer(out) if is_register && self.unstored() > MOST_UNSTORED => {
                self.answer_once_stored(out);
            }
            step => self.finish(step, flow),
        }
    }

    /// Registrations that would be lost with the process.
    fn unstored(&self) -> usize {
        self.location.changes().len() + self.storing.load(Ordering::Relaxed)
    }

    /// The store lags: few phones are told that they are logged in before it knows, unless it takes too long.
    fn answer_once_stored(self: &Arc<Self>, out: Transmit) {
        if self.waiting.load(Ordering::Relaxed) >= self.max_waiting {
            self.send(&out);
            return;
        }
        let core = Arc::clone(self);
        self.waiting.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(async move {
            let _ = tokio::time::timeout(LONGEST_WAIT, core.few_unstored()).await;
            core.send(&out);
            core.waiting.fetch_sub(1, Ordering::Relaxed);
        });
    }

    async fn few_unstored(&self) {
        loop {
            let mut stored = std::pin::pin!(self.stored.notified());
            stored.as_mut().enable();
            if self.unstored() <= MOST_UNSTORED {
                return;
            }
            stored.await;
        }
    }

    /// The answer to a wrong proof goes out at the next full step after the request: a login that must be looked up and one
    /// that is known take the same time.
    fn deny(self: &Arc<Self>, out: Transmit, arrived: Instant) {
        if self.waiting.load(Ordering::Relaxed) >= self.max_waiting {
            return;
        }
        let steps = arrived.elapsed().as_millis() / DENIAL.as_millis() + 1;
        let at = arrived + DENIAL * u32::try_from(steps).unwrap_or(1);
        let core = Arc::clone(self);
        self.waiting.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(async move {
            tokio::time::sleep_until(at).await;
            core.send(&out);
            core.waiting.fetch_sub(1, Ordering::Relaxed);
        });
    }

    fn finish(self: &Arc<Self>, step: Step, flow: Flow) {
        match step {
            Step::Answer(out) | Step::Deny(out) => {
                self.send(&out);
            }
            Step::Pass { message, .. } if is_for_registration(&message) => {
                self.tell_trunk(TrunkInput::Answer(Box::new(message)));
            }
            Step::Pass { message, caller } => {
                if let Err(message) = self.shards.pass(message, flow, caller)
                    && matches!(message.method(), Some(method) if method != Method::Ack)
                {
                    self.finish(self.stateless.overloaded(&message, flow), flow);
                }
            }
            Step::Drop | Step::LookUp { .. } => {}
        }
    }

    /// False when it certainly does not arrive.
    pub(super) fn send(self: &Arc<Self>, out: &Transmit) -> bool {
        self.metrics.note_sent(&out.bytes);
        let is_sent = match out.flow.transport {
            Transport::Udp => self.send_datagram(out),
            Transport::Tcp(id) | Transport::Tls(id) => self.send_on(id, out),
        };
        let counter = if is_sent {
            &self.metrics.sent
        } else {
            &self.metrics.unsent
        };
        counter.add();
        is_sent
    }

    /// A request whose connection is gone gets a new one, where there is somebody to connect to.
    fn send_on(self: &Arc<Self>, id: u64, out: &Transmit) -> bool {
        match self.connections.send(id, out.bytes.clone()) {
            Sent::Queued => true,
            Sent::Stuck => false,
            Sent::Gone => outgoing::connect(self, out),
        }
    }

    /// A connection has ended: its place is free, and whoever waits on it is told.
    pub(super) fn lost(&self, flow: Flow) {
        if let Some(id) = flow.transport.connection() {
            self.connections.close(id);
        }
        self.shards.flow_lost(flow);
        let trunk = self.trunk.as_ref().and_then(|trunk| trunk.flow());
        if trunk.is_some_and(|trunk| trunk.transport == flow.transport) {
            self.tell_trunk(TrunkInput::FlowLost(flow));
        }
    }

    fn tell_trunk(&self, input: TrunkInput) {
        if let Some(to_trunk) = &self.to_trunk {
            // A task without room finds out by its timers.
            let _ = to_trunk.try_send(input);
        }
    }

    /// A full buffer loses the datagram, as the network might; timers repair it.
    fn send_datagram(&self, out: &Transmit) -> bool {
        let local = out.flow.local;
        let fits =
            |bound: &SocketAddr| bound.is_ipv4() == local.is_ipv4() && bound.port() == local.port();
        let exact = self.udp.iter().find(|(bound, _)| *bound == local);
        let socket = exact.or_else(|| self.udp.iter().find(|(bound, _)| fits(bound)));
        socket.is_some_and(|(_, socket)| socket.try_send_to(&out.bytes, out.flow.peer).is_ok())
    }

    /// A REGISTER that was proven just before its login ended may have slipped in after it: asks the directory again.
    pub(super) async fn end_stragglers(&self, login: &str) {
        tokio::time::sleep(STRAGGLERS).await;
        if self.location.get(login, self.clock.now()).is_empty() {
            return;
        }
        if let Ok(found) = self.directory.login(login).await {
            let generation = found.map(|login| login.generation);
            if self.location.end_others(login, generation) > 0 {
                self.to_store.notify_one();
            }
        }
    }
}

/// An answer to what the registration at the carrier asked.
fn is_for_registration(message: &Message) -> bool {
    let branch = Branch::read(message.get(message.via.branch));
    message.method().is_none() && branch.is_some_and(|(shard, _)| shard == REGISTRATION_SHARD)
}
