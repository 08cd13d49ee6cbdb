//! One transaction.

use super::key::{ClientKey, ServerKey};
use crate::flow::Flow;
use crate::time::Time;
use bytes::Bytes;
use std::time::Duration;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    InviteServer,
    OtherServer,
    InviteClient,
    OtherClient,
}

/// How many transactions of each kind live.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Kinds {
    pub invite_servers: usize,
    pub other_servers: usize,
    pub invite_clients: usize,
    pub other_clients: usize,
}

impl Kinds {
    pub(super) fn of(&mut self, kind: Kind) -> &mut usize {
        match kind {
            Kind::InviteServer => &mut self.invite_servers,
            Kind::OtherServer => &mut self.other_servers,
            Kind::InviteClient => &mut self.invite_clients,
            Kind::OtherClient => &mut self.other_clients,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    /// Calling, in the INVITE client's diagram.
    Trying,
    Proceeding,
    Completed,
    /// RFC 6026: a 2xx is through; retransmissions are the user's.
    Accepted,
    Confirmed,
}

impl State {
    pub(super) fn is_open(self) -> bool {
        matches!(self, State::Trying | State::Proceeding)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub(super) enum Timer {
    /// A, E, G.
    Retransmit,
    /// B, D, F, H, I, J, K, L, M.
    Expire,
}

pub(super) struct Transaction {
    pub(super) generation: u64,
    pub(super) kind: Kind,
    pub(super) state: State,
    pub(super) flow: Flow,
    pub(super) user: u64,
    /// When the request came, until it is answered with more than 100.
    pub(super) unanswered_since: Option<Time>,
    /// What is sent again: our request, or our last response.
    pub(super) packet: Bytes,
    /// Our INVITE, to make ACK and CANCEL from.
    pub(super) invite: Bytes,
    /// The ACK of a final response other than 2xx.
    pub(super) ack: Bytes,
    pub(super) interval: Duration,
    /// How often it was said again with a proof.
    pub(super) proofs: u8,
    pub(super) retransmit_at: Option<Time>,
    pub(super) expire_at: Option<Time>,
    pub(super) server_key: Option<ServerKey>,
    pub(super) client_key: Option<ClientKey>,
}

impl Transaction {
    pub(super) fn new(generation: u64, kind: Kind, flow: Flow, interval: Duration) -> Transaction {
        Transaction {
            generation,
            kind,
            state: State::Trying,
            flow,
            user: 0,
            unanswered_since: None,
            packet: Bytes::new(),
            invite: Bytes::new(),
            ack: Bytes::new(),
            interval,
            proofs: 0,
            retransmit_at: None,
            expire_at: None,
            server_key: None,
            client_key: None,
        }
    }

    pub(super) fn is_client(&self) -> bool {
        matches!(self.kind, Kind::InviteClient | Kind::OtherClient)
    }

    pub(super) fn deadline(&self, timer: Timer) -> Option<Time> {
        match timer {
            Timer::Retransmit => self.retransmit_at,
            Timer::Expire => self.expire_at,
        }
    }
}
