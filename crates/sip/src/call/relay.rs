//! Requests passed through to the other leg: INFO, MESSAGE, UPDATE with a description.

use super::Engine;
use super::leg::LegState;
use super::session::Description;
use super::transfer::LegRef;
use crate::message::{Message, Method};
use crate::time::Time;
use crate::transaction::TransactionId;

/// A request whose answer is on its way; kept by the transaction on the other leg.
pub(super) struct Relay {
    id: TransactionId,
    request: Message,
    pub(super) from: LegRef,
    to: LegRef,
}

/// In the place of a leg that is gone.
const NO_LEG: usize = usize::MAX;

impl Engine {
    /// INFO and MESSAGE: to the leg the caller talks with, or will talk with.
    pub(super) fn pass(&mut self, now: Time, leg: usize, id: TransactionId, request: Message) {
        match (self.partner(leg), self.legs[leg].state) {
            (Some(peer), _) => self.relay(now, (leg, peer), id, request),
            // A 481 would end the dialog that has just begun (RFC 5057 §5.1).
            (None, LegState::Trying | LegState::Early) => {
                self.answer(now, leg, (id, &request), 480);
            }
            (None, LegState::Up) if self.legs[leg].port.is_some() => {
                self.answer(now, leg, (id, &request), 200);
            }
            (None, LegState::Up | LegState::Closing) => {
                self.answer(now, leg, (id, &request), 481);
            }
        }
    }

    pub(super) fn relay(
        &mut self,
        now: Time,
        (from, to): (usize, usize),
        id: TransactionId,
        request: Message,
    ) {
        let method = request.method_name().to_vec();
        let sent = self.send(now, to, &method, Some(&request));
        self.await_answer(sent, (from, to), id, request);
    }

    /// The answer to `sent` will be the answer to `request`.
    pub(super) fn await_answer(
        &mut self,
        sent: TransactionId,
        (from, to): (usize, usize),
        id: TransactionId,
        request: Message,
    ) {
        let (Some(from), Some(to)) = (self.leg_ref(from), self.leg_ref(to)) else {
            return;
        };
        if carries_offer(&request) {
            self.legs[from.leg].offered = Some(id);
            self.legs[to.leg].offering = Some(sent);
        }
        let relay = Relay {
            id,
            request,
            from,
            to,
        };
        self.relays.insert(sent, relay);
    }

    /// The other leg's answer; provisional ones stay there.
    pub(super) fn relayed(&mut self, now: Time, sent: TransactionId, message: &Message) {
        if message.code() < 200 {
            return;
        }
        let Some(relay) = self.take_relay(sent) else {
            return;
        };
        if self.is_there(relay.to) && message.code() < 300 {
            self.note_answer(now, relay.to.leg, &relay.request, message);
        }
        self.give_back(now, &relay, message.code(), Some(message));
    }

    /// Answers the request; one whose leg is gone meanwhile gets 487 (RFC 3261 §15.1.2).
    fn give_back(&mut self, now: Time, relay: &Relay, code: u16, answer: Option<&Message>) {
        let asked = (relay.id, &relay.request);
        if self.is_there(relay.from) {
            self.respond(now, relay.from.leg, asked, code, answer);
        } else {
            self.answer(now, NO_LEG, asked, 487);
        }
    }

    /// A 2xx to UPDATE refreshes the leg it came on, and may move its peer; the description is in force.
    fn note_answer(&mut self, now: Time, leg: usize, request: &Message, message: &Message) {
        if carries_offer(request) {
            let found = &mut self.legs[leg];
            let offered = Description::of(Some(request));
            match found.state {
                LegState::Up => found.session.agreed = offered,
                LegState::Trying | LegState::Early => found.session.proposed = offered,
                LegState::Closing => {}
            }
        }
        if message.cseq_method == Method::Update {
            self.legs[leg].dialog.retarget(message);
            self.agree(now, leg, message);
        }
    }

    pub(super) fn relay_failed(&mut self, now: Time, sent: TransactionId) {
        if let Some(relay) = self.take_relay(sent) {
            self.give_back(now, &relay, 408, None);
        }
    }

    fn take_relay(&mut self, sent: TransactionId) -> Option<Relay> {
        let relay = self.relays.remove(&sent)?;
        if self.is_there(relay.from) {
            let from = &mut self.legs[relay.from.leg];
            from.offered = from.offered.filter(|id| *id != relay.id);
        }
        if self.is_there(relay.to) {
            let to = &mut self.legs[relay.to.leg];
            to.offering = to.offering.filter(|id| *id != sent);
        }
        Some(relay)
    }
}

/// INFO and MESSAGE have bodies that are no offers.
fn carries_offer(request: &Message) -> bool {
    matches!(request.method(), Some(Method::Update | Method::Prack)) && !request.body().is_empty()
}
