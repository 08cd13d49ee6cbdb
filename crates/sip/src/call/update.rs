//! UPDATE (RFC 3311): without a description it concerns this leg alone, with one it is passed on to the other.

use super::Engine;
use super::leg::{Leg, LegState};
use super::state::CallState;
use crate::message::Message;
use crate::time::Time;
use crate::transaction::TransactionId;

/// Why an offer cannot be taken now (RFC 3311 §5.2, RFC 3261 §14.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Glare {
    /// An offer of the peer's is unanswered: 500, come back later.
    Theirs,
    /// An offer of ours is: 491.
    Ours,
}

impl Leg {
    /// An offer of the peer's waits for our answer.
    fn owes_answer(&self) -> bool {
        let is_described = self.reliable.as_ref().is_some_and(|r| r.is_described);
        let is_early = self.state != LegState::Up && is_described;
        self.offered.is_some() || self.is_asked() && !is_early
    }

    /// An offer of ours waits for the peer's answer.
    fn awaits_answer(&self) -> bool {
        let is_late = |asked: &super::leg::Asked| {
            asked
                .accepted
                .as_ref()
                .is_some_and(|accepted| accepted.awaits_answer)
        };
        let is_open = |asking: &super::leg::Asking| !asking.is_described;
        self.offering.is_some()
            || self.asking.as_ref().is_some_and(is_open)
            || self.asked.as_ref().is_some_and(is_late)
    }
}

impl Engine {
    pub(super) fn update(&mut self, now: Time, leg: usize, id: TransactionId, request: Message) {
        if self.is_too_brief(&request) {
            return self.answer(now, leg, (id, &request), 422);
        }
        if self.legs[leg].offered.is_some() {
            return self.answer_later(now, leg, (id, &request));
        }
        if request.body().is_empty() {
            self.legs[leg].dialog.retarget(&request);
            return self.answer(now, leg, (id, &request), 200);
        }
        let peer = self.partner(leg);
        let glare = self.glare(leg, peer);
        match (glare, peer) {
            (Some(Glare::Theirs), _) => self.answer_later(now, leg, (id, &request)),
            (Some(Glare::Ours), _) => self.answer(now, leg, (id, &request), 491),
            (None, None) => self.updated_own(now, leg, (id, &request)),
            (None, Some(peer)) => {
                self.legs[leg].dialog.retarget(&request);
                self.relay(now, (leg, peer), id, request);
            }
        }
    }

    /// The other leg, both up or both early: before the answer only while a single phone rings.
    pub(super) fn partner(&self, leg: usize) -> Option<usize> {
        let is_up = |leg: &usize| self.legs[*leg].state == LegState::Up;
        let up = self.peer(leg).filter(|peer| is_up(&leg) && is_up(peer));
        up.or_else(|| self.early_peer(leg))
    }

    fn early_peer(&self, leg: usize) -> Option<usize> {
        let call = self.calls.get(self.legs[leg].call)?;
        let [branch] = call.branches[..] else {
            return None;
        };
        let peer = if leg == branch { call.caller } else { branch };
        let is_early = |leg: usize| {
            let found = self.legs.get(leg);
            found.is_some_and(|found| found.state == LegState::Early)
        };
        (call.state == CallState::Ringing && is_early(leg) && is_early(peer)).then_some(peer)
    }

    /// A branch that has not answered.
    pub(super) fn is_ringing(&self, leg: usize) -> bool {
        let found = &self.legs[leg];
        found.asking.is_some() && matches!(found.state, LegState::Trying | LegState::Early)
    }

    /// Whether an offer from `leg` to `peer` would meet another one, on either leg.
    pub(super) fn glare(&self, leg: usize, peer: Option<usize>) -> Option<Glare> {
        let own = &self.legs[leg];
        let other = peer.map(|peer| &self.legs[peer]);
        let is_open = |other: &Leg| other.owes_answer() || other.awaits_answer();
        if own.owes_answer() {
            Some(Glare::Theirs)
        } else if own.awaits_answer() || other.is_some_and(is_open) {
            Some(Glare::Ours)
        } else {
            None
        }
    }

    /// 500: the request before this one is not answered yet (RFC 3311 §5.2, RFC 3261 §14.2).
    pub(super) fn answer_later(&mut self, now: Time, leg: usize, asked: (TransactionId, &Message)) {
        let seconds = self.transactions.random() % 11;
        self.respond_with(now, leg, asked, (500, None), |out| {
            out.number_header("Retry-After", seconds);
        });
    }
}
