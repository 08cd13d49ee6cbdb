//! UPDATE (RFC 3311): without a description it concerns this leg alone, with one it is passed on to the other.

use super::Engine;
use super::leg::{Leg, LegState};
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
        self.offered.is_some() || self.is_asked()
    }

    /// An offer of ours waits for the peer's answer.
    fn awaits_answer(&self) -> bool {
        let is_late = |asked: &super::leg::Asked| {
            asked
                .accepted
                .as_ref()
                .is_some_and(|accepted| accepted.awaits_answer)
        };
        self.offering.is_some() || self.asking.is_some() || self.asked.as_ref().is_some_and(is_late)
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
        let is_up = |leg: &usize| self.legs[*leg].state == LegState::Up;
        let Some(peer) = self.peer(leg).filter(|peer| is_up(&leg) && is_up(peer)) else {
            return self.answer(now, leg, (id, &request), 481);
        };
        match self.glare(leg, peer) {
            Some(Glare::Theirs) => self.answer_later(now, leg, (id, &request)),
            Some(Glare::Ours) => self.answer(now, leg, (id, &request), 491),
            None => {
                self.legs[leg].dialog.retarget(&request);
                self.relay(now, (leg, peer), id, request);
            }
        }
    }

    /// Whether an offer from `leg` to `peer` would meet another one, on either leg.
    pub(super) fn glare(&self, leg: usize, peer: usize) -> Option<Glare> {
        let (own, other) = (&self.legs[leg], &self.legs[peer]);
        if own.owes_answer() {
            Some(Glare::Theirs)
        } else if own.awaits_answer() || other.owes_answer() || other.awaits_answer() {
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
