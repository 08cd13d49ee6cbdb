//! Requests passed through to the other leg: INFO, UPDATE, MESSAGE.

use super::Engine;
use super::leg::{Leg, LegState};
use crate::message::{Message, Method};
use crate::time::Time;
use crate::transaction::TransactionId;

/// A request whose answer is on its way; kept by the transaction on the other leg.
pub(super) struct Relay {
    id: TransactionId,
    request: Message,
    leg: usize,
    random: u64,
}

impl Engine {
    pub(super) fn relay(&mut self, now: Time, leg: usize, id: TransactionId, request: Message) {
        let is_up = |leg: &usize| self.legs[*leg].state == LegState::Up;
        let Some(peer) = self.peer(leg).filter(|peer| is_up(&leg) && is_up(peer)) else {
            return self.answer(now, leg, (id, &request), 481);
        };
        let is_busy = |leg: &Leg| leg.asking.is_some() || leg.is_asked();
        let is_update = request.method() == Some(Method::Update);
        if is_update && (is_busy(&self.legs[leg]) || is_busy(&self.legs[peer])) {
            return self.answer(now, leg, (id, &request), 491);
        }
        if is_update {
            self.legs[leg].dialog.retarget(&request);
        }
        let method = request.method_name().to_vec();
        let sent = self.send(now, peer, &method, Some(&request));
        let random = self.legs[leg].random;
        self.relays.insert(
            sent,
            Relay {
                id,
                request,
                leg,
                random,
            },
        );
    }

    /// The other leg's answer; provisional ones stay there.
    pub(super) fn relayed(&mut self, now: Time, sent: TransactionId, message: &Message) {
        if message.code() < 200 {
            return;
        }
        if let Some(relay) = self.take_relay(sent) {
            self.respond(
                now,
                relay.leg,
                (relay.id, &relay.request),
                message.code(),
                Some(message),
            );
        }
    }

    pub(super) fn relay_failed(&mut self, now: Time, sent: TransactionId) {
        if let Some(relay) = self.take_relay(sent) {
            self.answer(now, relay.leg, (relay.id, &relay.request), 408);
        }
    }

    fn take_relay(&mut self, sent: TransactionId) -> Option<Relay> {
        let relay = self.relays.remove(&sent)?;
        self.legs
            .get(relay.leg)
            .is_some_and(|leg| leg.random == relay.random)
            .then_some(relay)
    }
}
