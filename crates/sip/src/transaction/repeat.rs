//! A request said again with a proof (RFC 3261 §22.2): another branch, another CSeq, but for its user the same transaction.

use super::branch::Branch;
use super::key::ClientKey;
use super::state::{Kind, State, Timer};
use super::{TransactionId, Transactions};
use crate::message::Message;
use crate::time::Time;
use bytes::Bytes;

impl Transactions {
    /// Keeps the request that is being refused for want of a proof.
    pub(super) fn note_refused(&mut self, index: usize, message: &Message) {
        let transaction = &self.transactions[index];
        let is_challenge = matches!(message.code(), 401 | 407) && transaction.state.is_open();
        self.refused = is_challenge.then(|| match transaction.kind {
            Kind::InviteClient => transaction.invite.clone(),
            Kind::OtherClient | Kind::InviteServer | Kind::OtherServer => {
                transaction.packet.clone()
            }
        });
    }

    /// The request whose refusal was handled last.
    pub fn take_refused(&mut self) -> Option<Bytes> {
        self.refused.take().filter(|packet| !packet.is_empty())
    }

    /// How often it was said again.
    #[must_use]
    pub fn proofs(&self, id: TransactionId) -> u8 {
        self.get(id).map_or(0, |transaction| transaction.proofs)
    }

    /// Sends a refused request again; false when its transaction is gone.
    pub fn repeat(
        &mut self,
        now: Time,
        id: TransactionId,
        (branch, packet): (Branch, Bytes),
    ) -> bool {
        let is_refused =
            |t: &&super::state::Transaction| t.is_client() && t.state == State::Completed;
        if self.get(id).filter(is_refused).is_none() {
            return false;
        }
        self.leave_behind(now, id.index);
        let key = ClientKey {
            random: branch.random,
            is_cancel: false,
        };
        self.client.insert(key, id.index);
        let t1 = self.intervals.t1;
        let transaction = &mut self.transactions[id.index];
        transaction.client_key = Some(key);
        transaction.state = State::Trying;
        transaction.interval = t1;
        transaction.proofs += 1;
        if transaction.kind == Kind::InviteClient {
            transaction.invite = packet.clone();
        }
        transaction.packet = packet;
        transaction.ack = Bytes::new();
        let is_reliable = transaction.flow.is_reliable();
        self.send_packet(id.index);
        if !is_reliable {
            self.arm(id.index, Timer::Retransmit, now + t1);
        }
        self.arm(id.index, Timer::Expire, now + self.intervals.patience());
        true
    }

    /// What was refused stays under its old branch, to acknowledge a refusal that comes again (timer D).
    fn leave_behind(&mut self, now: Time, index: usize) {
        let old = &mut self.transactions[index];
        let (kind, flow, ack, key) = (old.kind, old.flow, old.ack.clone(), old.client_key.take());
        let Some(key) = key else { return };
        self.client.remove(&key);
        if kind != Kind::InviteClient || flow.is_reliable() {
            return;
        }
        let rest = self.insert(kind, flow);
        let transaction = &mut self.transactions[rest];
        transaction.state = State::Completed;
        transaction.ack = ack;
        transaction.user = u64::MAX;
        transaction.client_key = Some(key);
        self.client.insert(key, rest);
        self.arm(rest, Timer::Expire, now + self.intervals.patience());
    }
}
