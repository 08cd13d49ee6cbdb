//! A call is answered: 2xx to the caller until its ACK, ACK to the phone, CANCEL to all others.

use super::leg::{Accepted, Asked, Leg, LegState};
use super::state::CallState;
use super::{Engine, Timer};
use crate::dialog::Dialog;
use crate::flow::Flow;
use crate::message::Message;
use crate::time::Time;
use bytes::Bytes;

impl Engine {
    /// The first 2xx of a branch.
    pub(super) fn answered(&mut self, now: Time, leg: usize, message: &Message) {
        let call = self.legs[leg].call;
        let is_late =
            self.legs[leg].state == LegState::Closing || !self.call_in(call, CallState::Ringing);
        self.legs[leg].state = LegState::Up;
        let Some(mut asking) = self.legs[leg].asking.take() else {
            return;
        };
        if is_late {
            self.acknowledge(leg, asking.cseq, None);
            return self.hang_up(now, leg);
        }
        self.metrics.answered.add();
        let found = &mut self.calls[call];
        found.winner = Some(leg);
        found.state = CallState::Up;
        found.ring_end = None;
        found.record.answered = Some(now);
        found.record.answered_by = self.legs[leg].login.as_ref().map(ToString::to_string);
        found.branches.retain(|branch| *branch != leg);
        let (caller, transfer) = (found.caller, found.transfer);
        self.note_taken(now, call);
        self.recount(leg);
        self.cancel_branches(now, call);
        if let Some(transfer) = transfer {
            self.withdraw_others(now, transfer.kept, call);
            if asking.is_described {
                return self.ask_anew(now, leg, asking.cseq, transfer);
            }
            asking.awaits_answer = true;
            self.legs[leg].asking = Some(asking);
            return self.offered(now, leg, transfer, message);
        }
        let said = asking.said.take();
        if asking.has_offer || message.body().is_empty() {
            self.acknowledge(leg, asking.cseq, None);
        } else {
            asking.awaits_answer = true;
            self.legs[leg].asking = Some(asking);
        }
        let reliable = self.legs.get(caller).and_then(|leg| leg.reliable.as_ref());
        let is_described = reliable.is_some_and(|reliable| reliable.is_described);
        let answer = said.filter(|_| message.body().is_empty() && !is_described);
        self.accept(now, caller, answer.as_ref().unwrap_or(message));
    }

    /// Passes a 2xx on to the INVITE this leg waits with, and keeps sending it until its ACK (RFC 3261 §13.3.1.4).
    pub(super) fn accept(&mut self, now: Time, leg: usize, source: &Message) {
        if !self.legs[leg].is_asked() || self.is_held(leg, source) {
            return;
        }
        let Some(asked) = self.legs[leg].take_asked() else {
            return;
        };
        let packet = self.respond(now, leg, (asked.id, &asked.request), 200, Some(source));
        let interval = self.settings.intervals.t1;
        let accepted = Accepted {
            packet,
            interval,
            give_up: now + self.settings.intervals.patience(),
            awaits_answer: asked.request.body().is_empty() && !source.body().is_empty(),
        };
        let leg_now = &mut self.legs[leg];
        leg_now.state = LegState::Up;
        leg_now.asked = Some(Asked {
            accepted: Some(accepted),
            ..asked
        });
        self.timers
            .add(now + interval, Timer::Accepted(leg, leg_now.random));
    }

    pub(super) fn repeat_accepted(&mut self, now: Time, at: Time, leg: usize, random: u64) {
        let Some(found) = self
            .legs
            .get_mut(leg)
            .filter(|found| found.random == random)
        else {
            return;
        };
        let Some(asked) = found.asked.as_mut() else {
            return;
        };
        let id = asked.id;
        let Some(accepted) = asked.accepted.as_mut() else {
            return;
        };
        if at >= accepted.give_up {
            return self.never_acknowledged(now, leg);
        }
        accepted.interval = (accepted.interval * 2).min(self.settings.intervals.t2);
        let (packet, next) = (
            accepted.packet.clone(),
            (at + accepted.interval).min(accepted.give_up),
        );
        self.timers.add(next, Timer::Accepted(leg, random));
        if let Some(flow) = self.transactions.flow(id) {
            self.metrics.retransmitted.add();
            self.transactions.send(flow, packet);
        }
    }

    fn never_acknowledged(&mut self, now: Time, leg: usize) {
        let found = &mut self.legs[leg];
        found.asked = None;
        let (call, is_over) = (found.call, found.is_bye_due);
        if is_over {
            self.hang_up(now, leg);
        } else {
            self.end_call(now, call, None, 408);
        }
    }

    /// The ACK of a 2xx.
    pub(super) fn acknowledged(&mut self, now: Time, flow: Flow, message: &Message) {
        let Some(leg) = self.find(message) else {
            return;
        };
        self.handling = Some(leg);
        let found = &mut self.legs[leg];
        note_flow(&mut found.dialog, flow);
        let is_awaited =
            |asked: &&mut Asked| asked.accepted.is_some() && asked.request.cseq == message.cseq;
        if found.asked.as_mut().filter(is_awaited).is_none() {
            return;
        }
        let is_bye_due = found.is_bye_due;
        let accepted = found.asked.take().and_then(|asked| asked.accepted);
        let has_picked_up = std::mem::take(&mut found.has_picked_up);
        if accepted.is_some_and(|accepted| accepted.awaits_answer) {
            self.pass_answer(leg, message);
        }
        if is_bye_due {
            self.hang_up(now, leg);
        } else if has_picked_up {
            self.connect(now, leg);
        }
    }

    /// The answer to a late offer goes out in the other leg's ACK.
    fn pass_answer(&mut self, leg: usize, message: &Message) {
        let Some(peer) = self.peer(leg) else {
            return self.own_accepted(leg, message);
        };
        let is_waiting = self.legs[peer]
            .asking
            .as_ref()
            .is_some_and(|asking| asking.awaits_answer);
        if is_waiting && let Some(asking) = self.legs[peer].asking.take() {
            self.acknowledge(peer, asking.cseq, Some(message));
        }
    }

    /// A second 2xx with another tag, from behind a forking proxy: ACK and BYE in a dialog that lives only for that.
    pub(super) fn end_fork(&mut self, now: Time, leg: usize, message: &Message) {
        let known = &self.legs[leg].dialog;
        let dialog = Dialog {
            call_id: known.call_id.clone(),
            local: known.local.clone(),
            remote: Bytes::new(),
            remote_tag: Bytes::new(),
            target: Bytes::new(),
            routes: Vec::new(),
            local_cseq: message.cseq,
            remote_cseq: None,
            flow: known.flow,
            is_call_id_ours: known.is_call_id_ours,
        };
        let random = self.transactions.random();
        let fork = self.legs.insert(Leg::new(usize::MAX, random, dialog, None));
        self.legs[fork].state = LegState::Up;
        self.legs[fork].dialog.confirm(message);
        self.acknowledge(fork, message.cseq, None);
        self.hang_up(now, fork);
    }
}

/// The peer is where it was heard last; a datagram does not move it off its connection.
pub(super) fn note_flow(dialog: &mut Dialog, flow: Flow) {
    if flow.is_reliable() || !dialog.flow.is_reliable() {
        dialog.flow = flow;
    }
}
