//! The caller's PRACK (RFC 3262 §3), and what it sets free: the phone's own PRACK, the next response, the 2xx.

use super::Engine;
use super::leg::LegState;
use super::reliable::Behind;
use crate::message::Message;
use crate::time::Time;
use crate::transaction::TransactionId;

impl Engine {
    /// The caller's PRACK.
    pub(super) fn pracked(&mut self, now: Time, leg: usize, id: TransactionId, request: Message) {
        let reliable = self.legs[leg].reliable.as_mut();
        let Some(sent) = reliable.and_then(|reliable| reliable.take(&request)) else {
            return self.answer(now, leg, (id, &request), 481);
        };
        let is_open = |behind: &Behind| {
            self.is_there(behind.branch) && self.legs[behind.branch.leg].state == LegState::Early
        };
        match (sent.behind.filter(is_open), request.body().is_empty()) {
            (Some(behind), true) => {
                self.answer(now, leg, (id, &request), 200);
                self.prack(now, behind.branch.leg, behind.rseq, None);
            }
            (Some(behind), false) => {
                let branch = behind.branch.leg;
                if let Some(sent) = self.prack(now, branch, behind.rseq, Some(&request)) {
                    self.await_answer(sent, (leg, branch), id, request);
                }
            }
            (None, true) => self.answer(now, leg, (id, &request), 200),
            // Nobody is left who could answer the offer.
            (None, false) => self.answer(now, leg, (id, &request), 488),
        }
        self.go_on(now, leg);
    }

    /// What had to wait for the PRACK.
    fn go_on(&mut self, now: Time, leg: usize) {
        let Some(reliable) = self.legs[leg].reliable.as_mut() else {
            return;
        };
        if let Some(held) = reliable.held.take() {
            self.accept(now, leg, &held);
        } else if let Some(next) = reliable.waiting.pop_front() {
            self.send_reliable(now, leg, &next);
        }
    }
}
