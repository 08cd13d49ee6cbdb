//! Requests of others and our responses.

use super::key::{method_of, server_key};
use super::state::{Kind, State, Timer};
use super::{Event, TransactionId, Transactions, hex};
use crate::flow::Flow;
use crate::message::{Message, Method, reason};
use crate::stateless::reply_flow;
use crate::time::Time;
use bytes::Bytes;
use std::time::Duration;

impl Transactions {
    /// Takes a request that passed the message checks, as it came on `flow`.
    pub fn request(&mut self, now: Time, flow: Flow, message: Message) -> Option<Event> {
        let method = message.method()?;
        let key = server_key(&message, method_of(&message));
        let found = self.server.get(&key).copied();
        match (method, found) {
            (Method::Ack, None) => return Some(Event::Ack { message }),
            (Method::Ack, Some(index)) => return self.acknowledged(now, index, message),
            (_, Some(index)) => {
                if matches!(
                    self.transactions[index].state,
                    State::Proceeding | State::Completed
                ) {
                    self.resend_packet(index);
                }
                return None;
            }
            (_, None) => {}
        }
        let kind = if method == Method::Invite {
            Kind::InviteServer
        } else {
            Kind::OtherServer
        };
        let index = self.insert(kind, reply_flow(&message, flow));
        self.transactions[index].server_key = Some(key.clone());
        self.transactions[index].unanswered_since = Some(now);
        self.server.insert(key, index);
        let id = self.id(index);
        if method == Method::Cancel {
            return self.cancelled(now, id, &message, flow);
        }
        Some(Event::Request { id, message })
    }

    /// True when this request belongs to a transaction already: it is a retransmission.
    #[must_use]
    pub fn knows(&self, request: &Message) -> bool {
        self.server
            .contains_key(&server_key(request, method_of(request)))
    }

    /// True when the INVITE this CANCEL is for has a transaction.
    #[must_use]
    pub fn knows_invite_of(&self, cancel: &Message) -> bool {
        self.server.contains_key(&server_key(cancel, b"INVITE"))
    }

    /// Drops the requests of others that this user has not answered and never will, but for those in `kept`.
    pub fn forget_unanswered(&mut self, user: u64, kept: &[TransactionId]) {
        let is_lost = |index: &usize| {
            let found = &self.transactions[*index];
            found.user == user
                && found.state.is_open()
                && !found.is_client()
                && !kept.contains(&self.id(*index))
        };
        let lost = self.transactions.iter().map(|(index, _)| index);
        for index in lost.filter(is_lost).collect::<Vec<_>>() {
            self.remove(index);
        }
    }

    fn acknowledged(&mut self, now: Time, index: usize, message: Message) -> Option<Event> {
        let transaction = &mut self.transactions[index];
        match transaction.state {
            State::Accepted => Some(Event::Ack { message }),
            State::Completed => {
                transaction.state = State::Confirmed;
                transaction.retransmit_at = None;
                transaction.packet = Bytes::new();
                let wait = if transaction.flow.is_reliable() {
                    Duration::ZERO
                } else {
                    self.intervals.t4
                };
                self.arm(index, Timer::Expire, now + wait); // I
                None
            }
            State::Trying | State::Proceeding | State::Confirmed => None,
        }
    }

    fn cancelled(
        &mut self,
        now: Time,
        id: TransactionId,
        cancel: &Message,
        flow: Flow,
    ) -> Option<Event> {
        let invite = self.server.get(&server_key(cancel, b"INVITE")).copied();
        let code = if invite.is_some() { 200 } else { 481 };
        let tag = hex(self.random(), 16);
        let answer = cancel.response(code, reason(code).as_bytes(), Some(&tag), flow.peer);
        self.respond(now, id, code, answer.finish(None, b""));
        let invite = invite?;
        let transaction = &self.transactions[invite];
        let user = transaction.user;
        transaction.state.is_open().then(|| Event::Cancel {
            invite: self.id(invite),
            user,
        })
    }

    /// How long the request had to wait for this answer, if it is the first that says more than 100.
    pub(crate) fn waited(&mut self, now: Time, id: TransactionId, code: u16) -> Option<Duration> {
        let transaction = self.get_mut(id).filter(|_| code > 100)?;
        let since = transaction.unanswered_since.take()?;
        Some(now.since(since))
    }

    /// Sends a response; false when the transaction already has its final one. A 2xx to INVITE is sent again by the
    /// caller (RFC 3261 §13.3.1.4).
    pub fn respond(&mut self, now: Time, id: TransactionId, code: u16, packet: Bytes) -> bool {
        let Some(transaction) = self.get_mut(id).filter(|t| t.state.is_open()) else {
            return false;
        };
        transaction.packet = packet;
        transaction.state = match (transaction.kind, code) {
            (_, ..200) => State::Proceeding,
            (Kind::InviteServer, 200..300) => State::Accepted,
            _ => State::Completed,
        };
        self.send_packet(id.index);
        if code >= 200 {
            self.completed(now, id.index);
        }
        true
    }

    fn completed(&mut self, now: Time, index: usize) {
        let (patience, t1) = (self.intervals.patience(), self.intervals.t1);
        let transaction = &mut self.transactions[index];
        let is_reliable = transaction.flow.is_reliable();
        match (transaction.kind, transaction.state) {
            (Kind::InviteServer, State::Accepted) => transaction.packet = Bytes::new(), // L
            (Kind::InviteServer, _) if !is_reliable => self.arm(index, Timer::Retransmit, now + t1), // G, H
            (Kind::InviteServer, _) => {} // H
            _ if is_reliable => return self.remove(index),
            _ => {} // J
        }
        self.arm(index, Timer::Expire, now + patience);
    }
}
