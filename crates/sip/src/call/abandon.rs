//! After a panic: the call whose message was being handled ends, all others go on.

use super::leg::LegState;
use super::relay::Relay;
use super::state::CallState;
use super::{Engine, user_of};
use crate::time::Time;
use crate::transaction::TransactionId;

/// A leg of no call any more.
const NO_CALL: usize = usize::MAX;

impl Engine {
    /// Ends the call whose message was being handled. Nothing is believed of it but what each leg knows of its peer.
    pub fn abandon(&mut self, now: Time) {
        let handled = self.handling.take().and_then(|leg| self.legs.get(leg));
        let Some(call) = handled.map(|leg| leg.call) else {
            return;
        };
        let legs = self.legs.iter().filter(|(_, leg)| leg.call == call);
        let legs: Vec<usize> = legs.map(|(at, _)| at).collect();
        self.refuse_unanswered(now, &legs);
        for leg in legs {
            self.part(now, leg);
        }
        if self.calls.contains(call) {
            self.take_transfer(now, call);
            if self.calls[call].state != CallState::Ended {
                self.note_end(now, call, 500);
            }
            self.calls.remove(call);
        }
        self.abandon_transfers(now);
    }

    /// What these legs asked for and nobody will answer any more.
    fn refuse_unanswered(&mut self, now: Time, legs: &[usize]) {
        let is_theirs = |relay: &Relay| legs.contains(&relay.from.leg);
        let sent = self.relays.iter().filter(|(_, relay)| is_theirs(relay));
        let sent: Vec<TransactionId> = sent.map(|(id, _)| *id).collect();
        for id in sent {
            self.relay_failed(now, id);
        }
        let kept = legs.iter().filter_map(|leg| self.legs[*leg].asked.as_ref());
        let kept: Vec<TransactionId> = kept.map(|asked| asked.id).collect();
        for leg in legs {
            self.transactions.forget_unanswered(user_of(*leg), &kept);
        }
    }

    /// Tells the leg's peer that it is over.
    fn part(&mut self, now: Time, leg: usize) {
        let found = &mut self.legs[leg];
        found.call = NO_CALL;
        found.transfer = None;
        match found.state {
            LegState::Up => self.hang_up(now, leg),
            LegState::Trying | LegState::Early if found.asking.is_some() => {
                self.cancel_branch(now, leg);
            }
            LegState::Trying | LegState::Early => {
                if let Some(asked) = found.take_asked() {
                    self.answer(now, leg, (asked.id, &asked.request), 500);
                }
                self.legs.remove(leg);
            }
            LegState::Closing => {}
        }
    }
}
