//! What the branches say, and how an offer ends.

use super::leg::LegState;
use super::prack::Heard;
use super::reliable::{Behind, Progress};
use super::state::{CallState, Miss};
use super::{Engine, leg_of};
use crate::message::{Message, Method};
use crate::time::Time;
use crate::transaction::TransactionId;

impl Engine {
    /// A response to a request of ours.
    pub(super) fn response(&mut self, now: Time, id: TransactionId, user: u64, message: &Message) {
        let leg = leg_of(user);
        if matches!(message.code(), 401 | 407) && self.prove(now, id, leg, message) {
            return;
        }
        if self.relays.contains_key(&id) {
            return self.relayed(now, id, message);
        }
        // A late response may find another leg at the place of its own.
        let is_ours = |found: &super::Leg| found.dialog.call_id == message.get(message.call_id);
        let Some(found) = self.legs.get(leg).filter(|found| is_ours(found)) else {
            return;
        };
        self.handling = Some(leg);
        if found.bye == Some(id) {
            if message.code() >= 200 {
                self.remove_leg(leg);
            }
            return;
        }
        if self.is_refresh(leg, id) {
            return self.refreshed(now, leg, Some(message));
        }
        if message.cseq_method != Method::Invite || self.is_repeated_accept(now, leg, message) {
            return;
        }
        if self.legs[leg].is_asking_with(id) {
            self.invite_response(now, leg, message);
        }
    }

    fn invite_response(&mut self, now: Time, leg: usize, message: &Message) {
        let found = &self.legs[leg];
        let (is_up, is_cancelled) = (
            found.state == LegState::Up,
            found.asking.as_ref().is_some_and(|a| a.is_cancelled),
        );
        match message.code() {
            ..200 if is_cancelled => self.cancel_asking(now, leg),
            100 => {}
            ..200 if is_up => self.reinvite_progressed(now, leg, message),
            ..200 => self.progressed(now, leg, message),
            _ if is_up => self.reinvite_ended(now, leg, message),
            200..300 => {
                self.legs[leg].dialog.confirm(message);
                self.accepted_by_peer(now, leg, message);
                self.answered(now, leg, message);
            }
            _ if self.is_invited_again(now, leg, message) => {}
            code => self.branch_failed(now, leg, code),
        }
    }

    /// Sends the CANCEL that had to wait for a provisional response.
    fn cancel_asking(&mut self, now: Time, leg: usize) {
        if let Some(asking) = self.legs[leg].asking.as_ref() {
            let (id, reason) = (asking.id, asking.cancel_reason());
            self.transactions.cancel(now, id, reason);
        }
    }

    /// A 2xx that comes again is acknowledged again; one of another fork is acknowledged and ended.
    fn is_repeated_accept(&mut self, now: Time, leg: usize, message: &Message) -> bool {
        let found = &self.legs[leg];
        let acknowledged = found
            .acknowledged
            .as_ref()
            .filter(|a| a.cseq == message.cseq);
        let Some(acknowledged) = acknowledged.filter(|_| (200..300).contains(&message.code()))
        else {
            return false;
        };
        if found.dialog.remote_tag == message.get(message.to.tag) {
            let (flow, packet) = (acknowledged.flow, acknowledged.packet.clone());
            self.transactions.send(flow, packet);
        } else {
            self.end_fork(now, leg, message);
        }
        true
    }

    /// Nothing of it is passed on, but a reliable one wants its PRACK.
    fn reinvite_progressed(&mut self, now: Time, leg: usize, message: &Message) {
        if let Heard::Fresh(rseq) = self.hear(leg, message) {
            self.prack(now, leg, rseq, None);
        }
    }

    /// 18x: a reliable one is acknowledged here, unless the caller has to say something to it.
    fn progressed(&mut self, now: Time, leg: usize, message: &Message) {
        let rseq = match self.hear(leg, message) {
            Heard::Old => return,
            Heard::Fresh(rseq) => Some(rseq),
            Heard::Plain => None,
        };
        self.legs[leg].state = LegState::Early;
        let is_waiting = self.pass_progress(now, leg, rseq, message);
        if let Some(rseq) = rseq.filter(|_| !is_waiting) {
            let answer = self.quiet_answer(leg, message);
            self.prack(now, leg, rseq, answer.as_ref());
        }
    }

    /// The caller hears it; early media only while a single phone rings, else it is unclear whose it is, and reliably only
    /// when no other phone can follow with another description. True when the caller's PRACK is awaited.
    fn pass_progress(
        &mut self,
        now: Time,
        leg: usize,
        rseq: Option<u32>,
        message: &Message,
    ) -> bool {
        let call = self.legs[leg].call;
        if !self.call_in(call, CallState::Ringing) {
            return false;
        }
        self.calls[call].record.rang = true;
        let is_single = self.calls[call].branches.len() == 1;
        let caller = self.calls[call].caller;
        let Some(asker) = self.legs.get_mut(caller).filter(|asker| asker.is_asked()) else {
            return false;
        };
        asker.state = LegState::Early;
        let is_promise = self.calls[call].is_last_route();
        let code = if is_single && message.code() == 183 {
            183
        } else {
            180
        };
        let asker = &self.legs[caller];
        let is_said = message.body().is_empty() || is_promise || !asker.requires_prack();
        let source = Some(message).filter(|_| is_single && message.code() == code && is_said);
        let is_described = source.is_some_and(|source| !source.body().is_empty());
        let is_end_to_end = asker.reliable.is_some() && is_described && is_promise;
        let branch = self.leg_ref(leg).filter(|_| is_end_to_end);
        let behind = branch
            .zip(rseq)
            .map(|(branch, rseq)| Behind { branch, rseq });
        let progress = Progress {
            code,
            source: source.cloned(),
            behind,
        };
        self.progress(now, caller, progress);
        behind.is_some()
    }

    pub(super) fn branch_failed(&mut self, now: Time, leg: usize, code: u16) {
        let removed = self.legs.remove(leg);
        let (call, is_outside) = (removed.call, removed.login.is_none());
        let Some(found) = self.calls.get_mut(call) else {
            return;
        };
        let code = if is_outside {
            found.refused_outside(code)
        } else {
            code
        };
        let ringing = found.branches.len();
        found.branches.retain(|branch| *branch != leg);
        found.closing.retain(|branch| *branch != leg);
        if found.state != CallState::Ringing || found.branches.len() == ringing {
            return self.reap(call);
        }
        found.note_refusal(code);
        let is_hunting = self.note_declined(now, call, (removed.login.as_deref(), code));
        let found = &mut self.calls[call];
        if found.branches.is_empty() || code >= 600 && !is_hunting {
            let miss = found.miss();
            self.cancel_branches(now, call);
            self.missed(now, call, miss);
        }
    }

    pub(super) fn ring_ended(&mut self, now: Time, at: Time, call: usize) {
        let is_due = self
            .calls
            .get(call)
            .is_some_and(|c| c.ring_end == Some(at) && c.state == CallState::Ringing);
        if is_due {
            self.note_unanswered(now, call);
            self.cancel_branches(now, call);
            self.missed(now, call, Miss::NoAnswer);
        }
    }

    /// The offer came to nothing: the next route, or the end.
    pub(super) fn missed(&mut self, now: Time, call: usize, miss: Miss) {
        self.calls[call].ring_end = None;
        if self.is_hunted_on(now, call, miss) {
            return;
        }
        let found = &mut self.calls[call];
        match found.next_route(miss) {
            (Some(route), _) => self.follow(now, call, route),
            (None, code) => {
                self.note_missed(call, miss);
                self.give_up(now, call, code);
            }
        }
    }

    /// Ends all branches that ring.
    pub(super) fn cancel_branches(&mut self, now: Time, call: usize) {
        let branches = std::mem::take(&mut self.calls[call].branches);
        for branch in &branches {
            self.cancel_branch(now, *branch);
        }
        self.calls[call].closing.extend(branches);
    }
}
