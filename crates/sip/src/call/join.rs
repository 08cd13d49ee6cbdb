//! Joining the two who stay: the new partner's offer goes to the other, the answer back in the ACK.

use super::Engine;
use super::leg::Purpose;
use super::state::CallState;
use super::transfer::{Join, LegRef, Transfer};
use crate::attend::Missed;
use crate::message::Message;
use crate::time::Time;

impl Engine {
    /// The new partner's offer is here: it goes to the one who stays.
    pub(super) fn offered(&mut self, now: Time, leg: usize, transfer: Transfer, message: &Message) {
        let Some(partner) = self.leg_ref(leg) else {
            return;
        };
        let join = Join::Answer(transfer, partner);
        if !self.is_there(transfer.kept) || !self.is_idle(transfer.kept.leg) {
            if self.is_wait_worth(transfer) {
                return self.put_off(now, transfer.kept.leg, Some(message.clone()), join, 0);
            }
            return self.join_failed(now, transfer, partner, 491);
        }
        let purpose = Purpose::Transfer(join);
        self.invite_with(now, transfer.kept.leg, Some(message), purpose);
    }

    /// The one who stays has answered.
    pub(super) fn joined(
        &mut self,
        now: Time,
        transfer: Transfer,
        partner: LegRef,
        message: &Message,
    ) {
        if !self.is_there(partner) {
            let missed = Missed::NotJoined;
            self.transfer_ended(now, Transfer { missed, ..transfer }, 487);
            return self.come_back(now, transfer.kept);
        }
        if let Some(asking) = self.legs[partner.leg].asking.take() {
            self.acknowledge(partner.leg, asking.cseq, Some(message));
        } else {
            // It has picked the call up, and waits for the answer to its own INVITE.
            self.accept(now, partner.leg, message);
        }
        let (stays, left) = (
            self.legs[transfer.kept.leg].call,
            self.legs[partner.leg].call,
        );
        self.legs[partner.leg].call = stays;
        let call = &mut self.calls[stays];
        if call.caller == transfer.kept.leg {
            call.winner = Some(partner.leg);
        } else {
            call.caller = partner.leg;
        }
        self.end_left_call(now, left);
        self.notify(now, transfer, 200);
        for leaving in [Some(transfer.transferor), transfer.consulting]
            .into_iter()
            .flatten()
        {
            if self.is_there(leaving) {
                self.legs[leaving.leg].call = usize::MAX;
                self.hang_up(now, leaving.leg);
            }
        }
        self.reap(left);
        if transfer.ours.is_none() {
            self.attendance_left(stays, transfer.transferor.leg);
        }
        self.connected(now, transfer, partner);
        if transfer.ours.is_some() {
            // What was ordered after the answer came too late.
            self.withdraw_all(now, transfer.kept);
        }
        self.recount(partner.leg);
        self.recount(transfer.kept.leg);
    }

    /// The call the new partner came from has nobody left.
    fn end_left_call(&mut self, now: Time, left: usize) {
        self.calls[left].state = CallState::Ended;
        self.calls[left].winner = None;
        let caller = self.calls[left].caller;
        if self.take_transfer(now, left).is_some() {
            self.legs.try_remove(caller);
        }
        self.note_end(now, left, 200);
    }

    /// An INVITE that served a transfer is abandoned with its leg.
    pub(super) fn join_lost(&mut self, now: Time, join: Option<Join>) {
        match join {
            Some(Join::Offer(transfer)) => self.transfer_ended(now, transfer, 487),
            Some(Join::Answer(transfer, partner)) => self.join_failed(now, transfer, partner, 487),
            Some(Join::Own(own)) => self.not_taken(now, None, own, 480),
            Some(Join::Fetch(asking)) => self.not_fetched(now, asking, 480),
            None => {}
        }
    }

    /// The offer could not be brought to the one who stays.
    pub(super) fn join_failed(
        &mut self,
        now: Time,
        transfer: Transfer,
        partner: LegRef,
        code: u16,
    ) {
        let transfer = Transfer {
            missed: Missed::NotJoined,
            ..transfer
        };
        if self.is_there(partner) {
            let call = self.legs[partner.leg].call;
            if transfer.consulting.is_some() {
                if let Some(asking) = self.legs[partner.leg].asking.take() {
                    self.acknowledge(partner.leg, asking.cseq, None);
                }
            } else {
                self.end_call(now, call, None, code);
            }
        }
        self.transfer_ended(now, transfer, code);
    }

    /// The final answer to an INVITE that serves a transfer; `None` when none came.
    pub(super) fn join_answered(
        &mut self,
        now: Time,
        leg: usize,
        join: Join,
        message: Option<&Message>,
    ) {
        let code = message.map_or(408, Message::code);
        let accepted = message.filter(|message| message.code() < 300);
        match (join, accepted) {
            (Join::Offer(transfer), Some(message)) => {
                self.legs[leg].dialog.retarget(message);
                if let Some(asking) = self.legs[leg].asking.as_mut() {
                    asking.awaits_answer = true;
                    asking.purpose = Purpose::Passed;
                }
                self.offered(now, leg, transfer, message);
            }
            (Join::Answer(transfer, partner), Some(message)) => {
                self.legs[leg].dialog.retarget(message);
                if let Some(asking) = self.legs[leg].asking.take() {
                    self.acknowledge(leg, asking.cseq, None);
                }
                self.joined(now, transfer, partner, message);
            }
            (Join::Offer(transfer), None) => {
                self.legs[leg].asking = None;
                match self.leg_ref(leg).filter(|_| transfer.consulting.is_none()) {
                    // It was rung for one who waits, and is in no other call.
                    Some(partner) => self.join_failed(now, transfer, partner, code),
                    None => self.transfer_ended(now, transfer, code),
                }
            }
            (Join::Answer(transfer, partner), None) => {
                self.legs[leg].asking = None;
                self.join_failed(now, transfer, partner, code);
                self.end_if_gone(now, leg, transfer, code);
            }
            (Join::Own(own), accepted) => self.own_answered(now, leg, own, accepted, code),
            (Join::Fetch(asking), accepted) => {
                self.fetch_answered(now, leg, asking, accepted, code);
            }
        }
    }
}
