//! How calls and legs end, and that nothing is left of them.

use super::leg::LegState;
use super::state::CallState;
use super::{Engine, leg_of};
use crate::message::Message;
use crate::time::Time;
use crate::transaction::TransactionId;

impl Engine {
    /// Refuses a call that nobody answered; whoever still rings is cancelled.
    pub(super) fn give_up(&mut self, now: Time, call: usize, code: u16) {
        self.cancel_branches(now, call);
        let found = &mut self.calls[call];
        found.state = CallState::Ended;
        found.ring_end = None;
        let caller = found.caller;
        if let Some(asked) = self.legs[caller].take_asked() {
            self.answer(now, caller, (asked.id, &asked.request), code);
        }
        self.legs.remove(caller);
        let transfer = self.take_transfer(now, call);
        self.note_end(now, call, code);
        self.reap(call);
        if let Some(transfer) = transfer {
            self.transfer_ended(now, transfer, code);
        }
    }

    /// Ends an answered call; `from` has said BYE already.
    pub(super) fn end_call(&mut self, now: Time, call: usize, from: Option<usize>, code: u16) {
        let Some(found) = self
            .calls
            .get_mut(call)
            .filter(|found| found.state != CallState::Ended)
        else {
            return;
        };
        found.state = CallState::Ended;
        found.left_by = from;
        let (caller, winner) = (found.caller, found.winner);
        if self.take_transfer(now, call).is_some() {
            // It only stood for a caller.
            self.legs.try_remove(caller);
        }
        let both = [Some(caller), winner].into_iter().flatten();
        for leg in both.filter(|leg| Some(*leg) != from) {
            self.hang_up(now, leg);
        }
        self.note_end(now, call, code);
        if let Some(leg) = from {
            self.remove_leg(leg);
        }
        self.reap(call);
        self.abandon_transfers(now);
    }

    pub(super) fn note_end(&mut self, now: Time, call: usize, code: u16) {
        self.release(call);
        self.running -= 1;
        self.attendance_ended(call, code);
        self.calls[call].leave_all(now, code);
        let mut record = self.calls[call].record.clone();
        record.ended = now;
        record.code = code;
        if record.answered.is_some() {
            record.why.clear();
        }
        self.metrics.ended.add();
        if self.calls[call].is_over_trunk {
            self.metrics.trunk_ended.add();
        }
        if self.calls[call].is_ours {
            return;
        }
        if record.answered.is_none() {
            self.metrics.note_refused(code);
        }
        self.records.push_back(record);
    }

    /// Forgets a call that is over once its last leg is gone.
    pub(super) fn reap(&mut self, call: usize) {
        let Some(found) = self.calls.get(call) else {
            return;
        };
        let is_alive = |leg: &usize| self.legs.get(*leg).is_some_and(|leg| leg.call == call);
        let mut legs = found
            .branches
            .iter()
            .chain(&found.closing)
            .chain(&found.winner);
        if found.state == CallState::Ended && !is_alive(&found.caller) && !legs.any(is_alive) {
            self.calls.remove(call);
        }
    }

    pub(super) fn remove_leg(&mut self, leg: usize) {
        let call = self.legs.remove(leg).call;
        if let Some(found) = self.calls.get_mut(call) {
            found.branches.retain(|branch| *branch != leg);
            found.closing.retain(|branch| *branch != leg);
            self.reap(call);
        }
    }

    /// Says BYE, as soon as it may be said.
    pub(super) fn hang_up(&mut self, now: Time, leg: usize) {
        self.legs.count(leg, false);
        let Some(found) = self.legs.get_mut(leg).filter(|found| found.bye.is_none()) else {
            return;
        };
        if found.is_unacknowledged() {
            found.is_bye_due = true;
            return;
        }
        if let Some(asked) = found.take_asked() {
            self.answer(now, leg, (asked.id, &asked.request), 487);
            if self.legs[leg].state != LegState::Up {
                return self.remove_leg(leg);
            }
        }
        let join = self.take_join(leg);
        if let Some(asking) = self.legs[leg].asking.take() {
            self.transactions.cancel(now, asking.id, None);
            if asking.awaits_answer {
                self.acknowledge(leg, asking.cseq, None);
            }
        }
        self.legs[leg].state = LegState::Closing;
        let bye = self.send(now, leg, b"BYE", None);
        self.legs[leg].bye = Some(bye);
        self.join_lost(now, join);
    }

    /// The peer says BYE.
    pub(super) fn bye(&mut self, now: Time, leg: usize, id: TransactionId, message: &Message) {
        if self.is_ringing(leg) {
            // Who is called says no with a response (RFC 3261 §15).
            return self.answer(now, leg, (id, message), 481);
        }
        if let Some(asked) = self.legs[leg].take_asked() {
            self.answer(now, leg, (asked.id, &asked.request), 487);
        }
        self.answer(now, leg, (id, message), 200);
        if self.legs[leg].transfer.is_some() || self.is_parker(leg) {
            return self.leave_early(leg);
        }
        let join = self.take_join(leg);
        let call = self.legs[leg].call;
        let found = self.calls.get(call);
        let is_caller = found.is_some_and(|found| found.caller == leg);
        let is_winner = found.is_some_and(|found| found.winner == Some(leg));
        match found.map(|found| found.state) {
            Some(CallState::Up) if is_caller || is_winner => {
                self.end_call(now, call, Some(leg), 200);
            }
            Some(CallState::Ringing | CallState::Routing) if is_caller => {
                self.give_up(now, call, 487);
            }
            // Ours is under way too, or it is a branch that came too late.
            Some(CallState::Up | CallState::Ringing | CallState::Routing | CallState::Ended)
            | None => {
                self.remove_leg(leg);
            }
        }
        self.join_lost(now, join);
    }

    /// The caller cancels, or takes back a re-INVITE.
    pub(super) fn cancelled(&mut self, now: Time, invite: TransactionId, user: u64) {
        let leg = leg_of(user);
        let is_open = |found: &&super::Leg| {
            found.is_asked() && found.asked.as_ref().is_some_and(|a| a.id == invite)
        };
        let Some(found) = self.legs.get(leg).filter(is_open) else {
            return;
        };
        self.handling = Some(leg);
        let (call, is_up) = (found.call, found.state == LegState::Up);
        if !is_up && !self.call_in(call, CallState::Up) {
            return self.give_up(now, call, 487);
        }
        if let Some(asked) = self.legs[leg].take_asked() {
            self.answer(now, leg, (asked.id, &asked.request), 487);
        }
        if !is_up {
            // Its 2xx waits for a PRACK.
            return self.end_call(now, call, Some(leg), 487);
        }
        let peer = self
            .peer(leg)
            .and_then(|peer| self.legs[peer].asking.as_mut());
        if let Some(asking) = peer.filter(|asking| !asking.is_cancelled) {
            asking.is_cancelled = true;
            let id = asking.id;
            self.transactions.cancel(now, id, None);
        }
    }

    /// A request of ours got no answer.
    pub(super) fn failed(&mut self, now: Time, id: TransactionId, leg: usize) {
        if self.relays.contains_key(&id) {
            return self.relay_failed(now, id);
        }
        let Some(found) = self.legs.get(leg) else {
            return;
        };
        self.handling = Some(leg);
        if found.bye == Some(id) {
            return self.remove_leg(leg);
        }
        if self.is_refresh(leg, id) {
            return self.refreshed(now, leg, None);
        }
        if !found.is_asking_with(id) {
            return;
        }
        if found.state != LegState::Up {
            let code = self.silence_code(leg);
            return self.branch_failed(now, leg, code);
        }
        let call = found.call;
        if let Some(join) = found
            .asking
            .as_ref()
            .and_then(|asking| asking.purpose.join())
        {
            self.join_answered(now, leg, join, None);
            return self.end_call(now, call, None, 408);
        }
        self.legs[leg].asking = None;
        if let Some(peer) = self.peer(leg)
            && let Some(asked) = self.legs[peer].take_asked()
        {
            self.answer(now, peer, (asked.id, &asked.request), 408);
            if self.legs[peer].state != LegState::Up {
                return self.connect_failed(now, peer, 408);
            }
        }
        self.end_call(now, call, None, 408);
    }
}
