//! Calls between two legs (B2BUA), without IO.
//!
//! Each leg is a dialog of its own; nothing of one leg's identifiers reaches the other. In: [`Engine::receive`],
//! [`Engine::decided`], [`Engine::timeout`]. Out: [`Engine::poll_transmit`], [`Engine::poll_question`],
//! [`Engine::poll_record`].
//!
//! | state | on | becomes |
//! |---|---|---|
//! | Routing | decision: offer or trunk | Ringing |
//! | Routing, Ringing | refusal, nobody left, CANCEL | Ended |
//! | Ringing | 2xx of a branch | Up |
//! | Up | BYE of either side, a failed refresh, no ACK | Ended |

mod abandon;
mod again;
mod answer;
mod attended;
mod bounds;
mod branch;
mod due;
mod ending;
mod entering;
mod hunting;
mod inside;
mod join;
mod leg;
mod legs;
mod limit;
mod looped;
mod offering;
mod ordering;
mod outcome;
mod own;
mod own_call;
mod parking;
mod parting;
mod pickup;
mod prack;
mod pracked;
mod privacy;
mod quiet;
mod recall;
mod refresh;
mod relay;
mod reliable;
mod replaces;
mod retrieve;
mod session;
mod settings;
mod setup;
mod state;
mod tag;
mod transfer;
mod trunk;
mod update;
mod visiting;
mod write;

pub use settings::CallSettings;
pub use tag::shard_of;

use crate::attend::Notice;
use crate::directory::{Attempt, CallRecord, Caller, EnterpriseId, HuntAnswer};
use crate::flow::{Flow, Transmit};
use crate::location::Location;
use crate::media::Media;
use crate::message::Message;
use crate::metrics::Metrics;
use crate::own_calls::OwnCalls;
use crate::time::Time;
use crate::timer::Timers;
use crate::transaction::{Event, Kinds, TransactionId, Transactions};
use due::Timer;
use leg::Leg;
use legs::Legs;
use rand::rngs::StdRng;
use relay::Relay;
use slab::Slab;
use state::{Call, CallState};
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

/// A call that waits for its decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CallId {
    index: usize,
    number: u64,
}

/// For the directory; the answer comes back through [`Engine::decided`].
#[derive(Clone, Debug)]
pub struct Question {
    /// Which call asks.
    pub call: CallId,
    /// What it asks.
    pub attempt: Attempt,
}

/// How many of everything live; all zero when no call is left.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Sizes {
    pub transactions: usize,
    pub legs: usize,
    pub calls: usize,
    pub relays: usize,
    pub timers: usize,
    pub callers: usize,
    pub enterprises: usize,
    pub ports: usize,
    pub parked: usize,
    pub logins: usize,
    pub in_own_calls: usize,
}

/// The calls of one shard.
pub struct Engine {
    settings: CallSettings,
    location: Arc<Location>,
    metrics: Arc<Metrics>,
    media: Option<Arc<dyn Media>>,
    transactions: Transactions,
    legs: Legs,
    calls: Slab<Call>,
    relays: HashMap<TransactionId, Relay>,
    timers: Timers<Timer>,
    calls_by_login: HashMap<String, usize>,
    calls_by_enterprise: HashMap<EnterpriseId, usize>,
    questions: VecDeque<Question>,
    records: VecDeque<CallRecord>,
    taken: VecDeque<HuntAnswer>,
    last_number: u64,
    /// Calls that are not over; those that are may still wait for phones that say nothing.
    running: usize,
    /// Calls that serve a transfer, or ring for one whom the engine attends to.
    transfers: BTreeSet<usize>,
    /// Where a call is parked, by member: the parked one's call.
    parked: HashMap<u128, usize>,
    notices: VecDeque<Notice>,
    /// The leg whose message is being handled, for a panic.
    handling: Option<usize>,
}

impl Engine {
    /// An engine without calls; `rng` makes its identifiers.
    #[must_use]
    pub fn new(
        settings: CallSettings,
        rng: StdRng,
        location: Arc<Location>,
        metrics: Arc<Metrics>,
    ) -> Engine {
        Engine {
            transactions: Transactions::new(settings.intervals, settings.shard, rng),
            settings,
            location,
            metrics,
            media: None,
            legs: Legs::default(),
            calls: Slab::new(),
            relays: HashMap::new(),
            timers: Timers::default(),
            calls_by_login: HashMap::new(),
            calls_by_enterprise: HashMap::new(),
            questions: VecDeque::new(),
            records: VecDeque::new(),
            taken: VecDeque::new(),
            last_number: 0,
            running: 0,
            transfers: BTreeSet::new(),
            parked: HashMap::new(),
            notices: VecDeque::new(),
            handling: None,
        }
    }

    /// The same with audio of its own; without it nothing is attended or parked.
    #[must_use]
    pub fn with_media(mut self, media: Option<Arc<dyn Media>>) -> Engine {
        self.media = media;
        self
    }

    /// The same counting the calls of logins here, together with other shards.
    #[must_use]
    pub fn with_own_calls(mut self, own_calls: Arc<OwnCalls>) -> Engine {
        self.legs.share(own_calls);
        self
    }

    /// Takes a message the stateless part let through; `caller` is who it proved to be from.
    pub fn receive(&mut self, now: Time, flow: Flow, message: Message, caller: Option<Caller>) {
        self.handling = None;
        if let Some(code) = self.refusal(&message) {
            return self.refuse_outright(&message, flow, code);
        }
        let event = match message.method() {
            Some(_) => self.transactions.request(now, flow, message),
            None => self.transactions.response(now, message),
        };
        if let Some(event) = event {
            self.handle(now, flow, event, caller);
        }
    }

    /// A connection is lost: what waits on it fails now.
    pub fn flow_lost(&mut self, now: Time, flow: Flow) {
        self.handling = None;
        for event in self.transactions.flow_lost(flow) {
            self.expired(now, &event);
        }
    }

    /// The next message to be sent.
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        self.transactions.poll()
    }

    /// The next question for the directory.
    pub fn poll_question(&mut self) -> Option<Question> {
        self.questions.pop_front()
    }

    /// The next call that is over.
    pub fn poll_record(&mut self) -> Option<CallRecord> {
        self.records.pop_front()
    }

    /// The next thing that happened to an attended call, or to a login that is watched.
    pub fn poll_notice(&mut self) -> Option<Notice> {
        let told = self.notices.pop_front();
        told.or_else(|| {
            let login = self.legs.poll_told()?.into();
            Some(Notice::OwnCalls { login })
        })
    }

    /// How much lives.
    #[must_use]
    pub fn sizes(&self) -> Sizes {
        Sizes {
            transactions: self.transactions.len(),
            legs: self.legs.len(),
            calls: self.calls.len(),
            relays: self.relays.len(),
            timers: self.timers.len(),
            callers: self.calls_by_login.len(),
            enterprises: self.calls_by_enterprise.len(),
            ports: self
                .legs
                .iter()
                .filter(|(_, leg)| leg.port.is_some())
                .count(),
            parked: self.parked.len(),
            logins: self.legs.logins(),
            in_own_calls: self.legs.in_own_calls(),
        }
    }

    /// How many transactions of each kind live.
    #[must_use]
    pub fn transactions(&self) -> Kinds {
        self.transactions.kinds()
    }

    /// Messages sent again so far.
    #[must_use]
    pub fn retransmitted(&self) -> u64 {
        self.transactions.retransmitted()
    }

    fn handle(&mut self, now: Time, flow: Flow, event: Event, caller: Option<Caller>) {
        match event {
            Event::Request { id, message } if message.to.tag.is_empty() => {
                self.begin(now, flow, id, message, caller);
            }
            Event::Request { id, message } => self.request_inside(now, flow, id, message),
            Event::Ack { message } => self.acknowledged(now, flow, &message),
            Event::Cancel { invite, user } => self.cancelled(now, invite, user),
            Event::Response { id, user, message } if message.fault.is_none() => {
                self.response(now, id, user, &message);
            }
            Event::Response { .. } => {}
            Event::Timeout { .. } => self.expired(now, &event),
        }
    }

    fn expired(&mut self, now: Time, event: &Event) {
        if let Event::Timeout { id, user } = event {
            self.failed(now, *id, leg_of(*user));
        }
    }

    /// The other leg of the call, once there is one.
    fn peer(&self, leg: usize) -> Option<usize> {
        let call = self.calls.get(self.legs.get(leg)?.call)?;
        let peer = if call.caller == leg {
            call.winner
        } else {
            Some(call.caller)
        };
        peer.filter(|peer| self.legs.contains(*peer))
    }

    fn call_in(&self, call: usize, state: CallState) -> bool {
        self.calls.get(call).is_some_and(|call| call.state == state)
    }
}

/// Transactions carry the place of their leg.
fn leg_of(user: u64) -> usize {
    usize::try_from(user).unwrap_or(usize::MAX)
}

fn user_of(leg: usize) -> u64 {
    u64::try_from(leg).unwrap_or(u64::MAX)
}
