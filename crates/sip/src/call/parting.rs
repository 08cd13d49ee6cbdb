//! Who leaves a transfer when, and who must not stay alone.

use super::Engine;
use super::state::{Call, CallState};
use super::transfer::Transfer;
use crate::time::Time;

impl Engine {
    /// The call no longer serves a transfer.
    pub(super) fn take_transfer(&mut self, now: Time, call: usize) -> Option<Transfer> {
        let transfer = self.calls[call].transfer.take();
        if let Some(transfer) = &transfer {
            self.hand_over_visits(now, call, transfer);
            self.transfers.remove(&call);
        }
        transfer
    }

    /// Nothing came of it: the partners stay as they were; one whose partner has left is hung up.
    pub(super) fn transfer_ended(&mut self, now: Time, transfer: Transfer, code: u16) {
        if let Some(ours) = transfer.ours {
            return self.offer_failed(now, transfer, ours, code);
        }
        self.notify(now, transfer, code);
        for leg in [Some(transfer.transferor), transfer.consulting]
            .into_iter()
            .flatten()
        {
            if self.is_there(leg) {
                self.legs[leg.leg].transfer = None;
            }
        }
        let pairs = [
            (Some(transfer.kept), Some(transfer.transferor)),
            (transfer.partner, transfer.consulting),
        ];
        for pair in pairs {
            let (Some(stays), Some(left)) = pair else {
                continue;
            };
            if self.is_there(stays) && !self.is_there(left) {
                let call = self.legs[stays.leg].call;
                self.end_call(now, call, None, code);
            }
        }
    }

    /// The transferor says BYE before it is done, in either call: its partner stays for the new one.
    pub(super) fn leave_early(&mut self, leg: usize) {
        let call = self.legs.remove(leg).call;
        let Some(found) = self.calls.get_mut(call) else {
            return;
        };
        if found.caller == leg {
            found.caller = usize::MAX;
        } else {
            found.winner = None;
        }
        self.reap(call);
    }

    /// Blind transfers whose staying partner has hung up ring for nobody.
    pub(super) fn abandon_transfers(&mut self, now: Time) {
        let is_lost = |call: &Call| {
            call.state != CallState::Ended && call.transfer.is_some_and(|t| !self.is_up(t.kept))
        };
        let calls = self.transfers.iter().copied();
        let lost: Vec<usize> = calls.filter(|at| is_lost(&self.calls[*at])).collect();
        for call in lost {
            match self.calls.get(call).map(|call| call.state) {
                Some(CallState::Up) => self.end_call(now, call, None, 487),
                Some(CallState::Routing | CallState::Ringing) => self.give_up(now, call, 487),
                Some(CallState::Ended) | None => {}
            }
        }
    }
}
