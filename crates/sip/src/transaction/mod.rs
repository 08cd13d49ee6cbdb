//! The four transaction machines of RFC 3261 §17 with RFC 6026, their timers as data.
//!
//! In: [`Transactions::request`], [`Transactions::response`], [`Transactions::timeout`]. Out: [`Transactions::poll`] and
//! the events these return.
//!
//! | machine | states | waits for |
//! |---|---|---|
//! | INVITE client | Trying → Proceeding → Completed or Accepted | A, B; D, M |
//! | other client | Trying → Proceeding → Completed | E, F; K |
//! | INVITE server | Trying → Proceeding → Completed → Confirmed, or Accepted | G, H; I; L |
//! | other server | Trying → Proceeding → Completed | J |

mod branch;
mod client;
mod derived;
mod expiry;
mod key;
mod repeat;
mod server;
mod state;

pub use branch::Branch;
pub(crate) use branch::{hex, unhex};
pub use state::Kinds;

use crate::flow::{Flow, Transmit};
use crate::message::Message;
use crate::time::Time;
use crate::timer::Timers;
use bytes::Bytes;
use key::{ClientKey, ServerKey};
use rand::Rng;
use rand::rngs::StdRng;
use slab::Slab;
use state::{Kind, Timer, Transaction};
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::time::Duration;

/// The RFC's base times.
#[derive(Clone, Copy, Debug)]
pub struct Intervals {
    /// Round-trip estimate.
    pub t1: Duration,
    /// Longest retransmission interval.
    pub t2: Duration,
    /// How long a message may stay in the network.
    pub t4: Duration,
}

impl Default for Intervals {
    fn default() -> Self {
        Intervals {
            t1: Duration::from_millis(500),
            t2: Duration::from_secs(4),
            t4: Duration::from_secs(5),
        }
    }
}

impl Intervals {
    /// 64·T1: how long anything is retransmitted or waited for.
    #[must_use]
    pub fn patience(&self) -> Duration {
        self.t1 * 64
    }
}

/// A transaction; never reused for another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct TransactionId {
    index: usize,
    generation: u64,
}

/// What the user of the layer has to know. `user` is the value given with `start` or `set_user`.
#[derive(Debug)]
pub enum Event {
    /// A new request; answer with `respond`.
    Request {
        /// Its transaction.
        id: TransactionId,
        /// The request.
        message: Message,
    },
    /// The ACK of a 2xx.
    Ack {
        /// The ACK.
        message: Message,
    },
    /// A CANCEL, already answered 200, for an INVITE without a final response.
    Cancel {
        /// The INVITE's transaction.
        invite: TransactionId,
        /// Its user.
        user: u64,
    },
    /// A response to a request of ours.
    Response {
        /// The request's transaction.
        id: TransactionId,
        /// Its user.
        user: u64,
        /// The response.
        message: Message,
    },
    /// No final response came.
    Timeout {
        /// The request's transaction.
        id: TransactionId,
        /// Its user.
        user: u64,
    },
}

/// All transactions of one shard.
pub struct Transactions {
    intervals: Intervals,
    shard: u8,
    transactions: Slab<Transaction>,
    kinds: Kinds,
    /// Those on connections, by its number.
    on_connection: BTreeSet<(u64, usize)>,
    server: HashMap<ServerKey, usize>,
    client: HashMap<ClientKey, usize>,
    timers: Timers<(usize, u64, Timer)>,
    generation: u64,
    rng: StdRng,
    out: VecDeque<Transmit>,
    retransmitted: u64,
    /// The request that is being refused for want of a proof.
    refused: Option<Bytes>,
}

impl Transactions {
    /// `shard` goes into every branch, so that a response finds its way.
    #[must_use]
    pub fn new(intervals: Intervals, shard: u8, rng: StdRng) -> Transactions {
        Transactions {
            intervals,
            shard,
            transactions: Slab::new(),
            kinds: Kinds::default(),
            on_connection: BTreeSet::new(),
            server: HashMap::new(),
            client: HashMap::new(),
            timers: Timers::default(),
            generation: 0,
            rng,
            out: VecDeque::new(),
            retransmitted: 0,
            refused: None,
        }
    }

    /// A random number, for branches, tags and Call-IDs.
    pub fn random(&mut self) -> u64 {
        self.rng.next_u64()
    }

    /// The next message to be sent.
    pub fn poll(&mut self) -> Option<Transmit> {
        self.out.pop_front()
    }

    /// Sends something that belongs to no transaction (ACK of a 2xx, a 2xx again).
    pub fn send(&mut self, flow: Flow, bytes: Bytes) {
        self.out.push_back(Transmit { flow, bytes });
    }

    /// How many transactions live.
    #[must_use]
    pub fn len(&self) -> usize {
        self.transactions.len()
    }

    /// True when none lives.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.transactions.is_empty()
    }

    /// Messages sent again so far.
    #[must_use]
    pub fn retransmitted(&self) -> u64 {
        self.retransmitted
    }

    /// True until the transaction is forgotten.
    #[must_use]
    pub fn is_alive(&self, id: TransactionId) -> bool {
        self.get(id).is_some()
    }

    /// Where the responses of this server transaction go.
    #[must_use]
    pub fn flow(&self, id: TransactionId) -> Option<Flow> {
        self.get(id).map(|transaction| transaction.flow)
    }

    /// Whose transaction this is, for later events.
    pub fn set_user(&mut self, id: TransactionId, user: u64) {
        if let Some(transaction) = self.get_mut(id) {
            transaction.user = user;
        }
    }

    fn get(&self, id: TransactionId) -> Option<&Transaction> {
        self.transactions
            .get(id.index)
            .filter(|t| t.generation == id.generation)
    }

    fn get_mut(&mut self, id: TransactionId) -> Option<&mut Transaction> {
        self.transactions
            .get_mut(id.index)
            .filter(|t| t.generation == id.generation)
    }

    fn id(&self, index: usize) -> TransactionId {
        TransactionId {
            index,
            generation: self.transactions[index].generation,
        }
    }

    /// How many of each kind live.
    #[must_use]
    pub fn kinds(&self) -> Kinds {
        self.kinds
    }

    fn insert(&mut self, kind: Kind, flow: Flow) -> usize {
        *self.kinds.of(kind) += 1;
        self.generation += 1;
        let index = self.transactions.insert(Transaction::new(
            self.generation,
            kind,
            flow,
            self.intervals.t1,
        ));
        if let Some(connection) = flow.transport.connection() {
            self.on_connection.insert((connection, index));
        }
        index
    }

    fn remove(&mut self, index: usize) {
        let transaction = self.transactions.remove(index);
        *self.kinds.of(transaction.kind) -= 1;
        if let Some(connection) = transaction.flow.transport.connection() {
            self.on_connection.remove(&(connection, index));
        }
        if let Some(key) = transaction.server_key {
            self.server.remove(&key);
        }
        if let Some(key) = transaction.client_key {
            self.client.remove(&key);
        }
    }

    fn arm(&mut self, index: usize, timer: Timer, at: Time) {
        let transaction = &mut self.transactions[index];
        match timer {
            Timer::Retransmit => transaction.retransmit_at = Some(at),
            Timer::Expire => transaction.expire_at = Some(at),
        }
        self.timers.add(at, (index, transaction.generation, timer));
    }

    fn send_packet(&mut self, index: usize) {
        let transaction = &self.transactions[index];
        if !transaction.packet.is_empty() {
            self.out.push_back(Transmit {
                flow: transaction.flow,
                bytes: transaction.packet.clone(),
            });
        }
    }

    fn resend_packet(&mut self, index: usize) {
        self.retransmitted += 1;
        self.send_packet(index);
    }
}
