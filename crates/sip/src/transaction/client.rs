//! Our requests and the responses of others.

use super::branch::Branch;
use super::derived::from_invite;
use super::key::ClientKey;
use super::state::{Kind, State, Timer};
use super::{Event, TransactionId, Transactions};
use crate::flow::{Flow, Transmit};
use crate::message::{Message, Method, Name};
use crate::time::Time;
use bytes::Bytes;
use std::time::Duration;

impl Transactions {
    /// Sends a request; its topmost Via has this `branch`.
    pub fn start(
        &mut self,
        now: Time,
        flow: Flow,
        method: Method,
        user: u64,
        (branch, packet): (Branch, Bytes),
    ) -> TransactionId {
        let kind = if method == Method::Invite {
            Kind::InviteClient
        } else {
            Kind::OtherClient
        };
        let key = ClientKey {
            random: branch.random,
            is_cancel: false,
        };
        self.begin(now, (kind, flow), key, user, packet)
    }

    fn begin(
        &mut self,
        now: Time,
        (kind, flow): (Kind, Flow),
        key: ClientKey,
        user: u64,
        packet: Bytes,
    ) -> TransactionId {
        let index = self.insert(kind, flow);
        let transaction = &mut self.transactions[index];
        transaction.user = user;
        transaction.client_key = Some(key);
        if kind == Kind::InviteClient {
            transaction.invite = packet.clone();
        }
        transaction.packet = packet;
        self.client.insert(key, index);
        self.send_packet(index);
        if !flow.is_reliable() {
            self.arm(index, Timer::Retransmit, now + self.intervals.t1); // A, E
        }
        self.arm(index, Timer::Expire, now + self.intervals.patience()); // B, F
        self.id(index)
    }

    /// Sends CANCEL for an INVITE that has a provisional response; does nothing after its final one. Before any response
    /// it may not be sent (RFC 3261 §9.1): then the INVITE is given up a little later, so that phones which are gone do
    /// not fill the memory. One that is there has answered by then, after four repetitions.
    /// `reason` is the value of a Reason header (RFC 3326).
    pub fn cancel(&mut self, now: Time, id: TransactionId, reason: Option<&str>) {
        let Some(invite) = self.get(id) else { return };
        let soon = now + self.intervals.t1 * 16;
        let (Some(key), Kind::InviteClient) = (invite.client_key, invite.kind) else {
            return;
        };
        match invite.state {
            State::Proceeding => {}
            State::Trying if invite.expire_at.is_some_and(|end| end > soon) => {
                return self.arm(id.index, Timer::Expire, soon);
            }
            State::Trying | State::Completed | State::Accepted | State::Confirmed => return,
        }
        let (flow, user) = (invite.flow, invite.user);
        let Some(packet) = from_invite(&invite.invite, "CANCEL", None, reason) else {
            return;
        };
        let key = ClientKey {
            is_cancel: true,
            ..key
        };
        if self.client.contains_key(&key) {
            return;
        }
        // The INVITE ends even when its peer never answers it again.
        self.arm(id.index, Timer::Expire, now + self.intervals.patience());
        self.begin(now, (Kind::OtherClient, flow), key, user, packet);
    }

    /// The INVITE of ours with this branch that waits for its final response, and its user.
    #[must_use]
    pub fn invite_with(&self, branch: &[u8]) -> Option<(TransactionId, u64)> {
        let (_, random) = Branch::read(branch).filter(|(shard, _)| *shard == self.shard)?;
        let key = ClientKey {
            random,
            is_cancel: false,
        };
        let index = *self.client.get(&key)?;
        let found = &self.transactions[index];
        let is_open = found.kind == Kind::InviteClient && found.state.is_open();
        is_open.then(|| (self.id(index), found.user))
    }

    /// Takes a response.
    pub fn response(&mut self, now: Time, message: Message) -> Option<Event> {
        let (shard, random) = Branch::read(message.get(message.via.branch))?;
        if shard != self.shard || message.via.has_more {
            return None;
        }
        let key = ClientKey {
            random,
            is_cancel: message.cseq_method == Method::Cancel,
        };
        let index = self.client.get(&key).copied()?;
        self.note_refused(index, &message);
        let is_for_invite = message.cseq_method == Method::Invite;
        match self.transactions[index].kind {
            Kind::InviteClient if is_for_invite => self.invite_response(now, index, message),
            Kind::OtherClient if !is_for_invite => self.other_response(now, index, message),
            Kind::InviteClient | Kind::OtherClient | Kind::InviteServer | Kind::OtherServer => None,
        }
    }

    fn invite_response(&mut self, now: Time, index: usize, message: Message) -> Option<Event> {
        match (self.transactions[index].state, message.code()) {
            (State::Trying, ..200) => {
                let transaction = &mut self.transactions[index];
                transaction.state = State::Proceeding;
                transaction.retransmit_at = None;
                transaction.expire_at = None;
                transaction.packet = Bytes::new();
            }
            (State::Proceeding, ..200) | (State::Accepted, 200..300) => {}
            (State::Trying | State::Proceeding, 200..300) => {
                self.stop_sending(index, State::Accepted);
                self.arm(index, Timer::Expire, now + self.intervals.patience()); // M
            }
            (State::Trying | State::Proceeding, _) => self.invite_refused(now, index, &message),
            (State::Completed, 300..) => {
                self.resend_ack(index);
                return None;
            }
            _ => return None,
        }
        Some(self.heard(index, message))
    }

    fn invite_refused(&mut self, now: Time, index: usize, message: &Message) {
        let ack = from_invite(
            &self.transactions[index].invite,
            "ACK",
            message.header(Name::To),
            None,
        );
        self.stop_sending(index, State::Completed);
        let transaction = &mut self.transactions[index];
        transaction.ack = ack.unwrap_or_default();
        self.out.push_back(Transmit {
            flow: transaction.flow,
            bytes: transaction.ack.clone(),
        });
        let wait = if transaction.flow.is_reliable() {
            Duration::ZERO
        } else {
            self.intervals.patience()
        };
        self.arm(index, Timer::Expire, now + wait); // D
    }

    fn resend_ack(&mut self, index: usize) {
        self.retransmitted += 1;
        let transaction = &self.transactions[index];
        self.out.push_back(Transmit {
            flow: transaction.flow,
            bytes: transaction.ack.clone(),
        });
    }

    fn other_response(&mut self, now: Time, index: usize, message: Message) -> Option<Event> {
        let (t2, t4) = (self.intervals.t2, self.intervals.t4);
        let transaction = &mut self.transactions[index];
        if !transaction.state.is_open() {
            return None;
        }
        if message.code() < 200 {
            transaction.state = State::Proceeding;
            transaction.interval = t2;
            return Some(self.heard(index, message));
        }
        let is_reliable = transaction.flow.is_reliable();
        self.stop_sending(index, State::Completed);
        let is_challenge = matches!(message.code(), 401 | 407);
        let event = self.heard(index, message);
        if is_reliable && is_challenge {
            self.arm(index, Timer::Expire, now); // It may be said again with a proof.
        } else if is_reliable {
            self.remove(index);
        } else {
            self.arm(index, Timer::Expire, now + t4); // K
        }
        Some(event)
    }

    fn stop_sending(&mut self, index: usize, state: State) {
        let transaction = &mut self.transactions[index];
        transaction.state = state;
        transaction.retransmit_at = None;
        transaction.packet = Bytes::new();
        transaction.invite = Bytes::new();
    }

    fn heard(&self, index: usize, message: Message) -> Event {
        Event::Response {
            id: self.id(index),
            user: self.transactions[index].user,
            message,
        }
    }
}
