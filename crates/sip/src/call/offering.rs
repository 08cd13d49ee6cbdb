//! Ringing for one whom the engine attends to: a call of its own, as for a blind transfer, whose winner is joined with
//! the one who listens.

use super::Engine;
use super::attended::By;
use super::state::{CallState, Miss};
use super::transfer::{LegRef, Ours, Transfer};
use crate::attend::{Missed, Notice, OfferId};
use crate::directory::{Party, Route};
use crate::time::Time;
use crate::visit::Deed;

impl Engine {
    pub(super) fn offer_to(
        &mut self,
        now: Time,
        call: usize,
        ours: Ours,
        shown: (Party, bool),
        route: Route,
    ) {
        if let Some(ringing) = self.ring_for(now, call, ours, shown) {
            self.follow(now, ringing, route);
        }
    }

    /// A call that rings for the one whom `call` attends to.
    pub(super) fn ring_for(
        &mut self,
        now: Time,
        call: usize,
        ours: Ours,
        shown: (Party, bool),
    ) -> Option<usize> {
        let client = self.calls[call].attended.as_ref()?.client;
        self.is_there(client).then(|| {
            let transfer = Transfer {
                transferor: LegRef::NOBODY,
                kept: client,
                consulting: None,
                partner: None,
                ours: Some(ours),
                missed: Missed::Unreachable,
            };
            self.stand_in(now, transfer, shown, "")
        })
    }

    /// A call at the door goes its way like any other; an answered one hears us until somebody answers.
    pub(super) fn send_on(&mut self, now: Time, call: usize, offer: OfferId, route: Route) {
        if self.calls[call].state == CallState::Ringing {
            self.calls[call].note_ordered();
            self.calls[call].ring_end = None;
            self.attendance_ended(call, 200);
            return self.follow(now, call, route);
        }
        let found = &self.calls[call];
        let shown = (found.presented.clone(), found.is_withheld);
        self.offer_to(now, call, Ours::Sent(offer), shown, route);
    }

    pub(super) fn withdraw(&mut self, now: Time, call: usize, offer: OfferId) {
        let Some(attended) = &self.calls[call].attended else {
            return;
        };
        let client = attended.client;
        let is_it = |transfer: Transfer| {
            let is_named = [Ours::Offer(offer), Ours::Sent(offer)].map(Some);
            transfer.kept == client && is_named.contains(&transfer.ours)
        };
        self.drop_offers(now, None, is_it);
    }

    /// Somebody answered: all others who ring for the same one stop.
    pub(super) fn withdraw_others(&mut self, now: Time, kept: LegRef, answered: usize) {
        let is_other = |transfer: Transfer| transfer.kept == kept && transfer.ours.is_some();
        self.drop_offers(now, Some(answered), is_other);
    }

    /// Nobody rings for this one any more.
    pub(super) fn withdraw_all(&mut self, now: Time, kept: LegRef) {
        let is_theirs = |transfer: Transfer| transfer.kept == kept && transfer.ours.is_some();
        self.drop_offers(now, None, is_theirs);
    }

    /// Offers that were answered already stay.
    fn drop_offers(&mut self, now: Time, but: Option<usize>, is_meant: impl Fn(Transfer) -> bool) {
        let is_open = |call: &usize| {
            let found = &self.calls[*call];
            found.transfer.is_some_and(&is_meant)
                && matches!(found.state, CallState::Routing | CallState::Ringing)
        };
        let calls = self.transfers.iter().copied().filter(is_open);
        let calls: Vec<usize> = calls.filter(|call| Some(*call) != but).collect();
        for call in calls {
            self.calls[call].is_taken_elsewhere = but.is_some();
            if let Some(transfer) = self.calls.get_mut(call).and_then(|c| c.transfer.as_mut()) {
                transfer.missed = Missed::Withdrawn;
                self.give_up(now, call, 487);
            }
        }
    }

    pub(super) fn note_missed(&mut self, call: usize, miss: Miss) {
        if let Some(transfer) = self.calls[call].transfer.as_mut() {
            transfer.missed = match miss {
                Miss::Busy => Missed::Busy,
                Miss::NoAnswer => Missed::NoAnswer,
                Miss::Unreachable => Missed::Unreachable,
            };
        }
    }

    /// An offer came to nothing.
    pub(super) fn offer_failed(&mut self, now: Time, transfer: Transfer, ours: Ours, code: u16) {
        if !self.is_there(transfer.kept) {
            return;
        }
        let call = self.legs[transfer.kept.leg].call;
        let Some(attended) = self.calls.get(call).and_then(|call| call.attended.as_ref()) else {
            return;
        };
        match (&attended.by, ours) {
            (By::Desk { .. }, Ours::Offer(offer) | Ours::Sent(offer)) => {
                let call = self.attended_call(call);
                let why = match (transfer.missed, code) {
                    (Missed::Unreachable, 486 | 600 | 603) => Missed::Busy,
                    (why, _) => why,
                };
                self.notices
                    .push_back(Notice::OfferFailed { call, offer, why });
            }
            (By::Park(_), Ours::Recall) => self.recall_failed(now, call),
            (By::Desk { .. }, Ours::Recall) | (By::Park(_), Ours::Offer(_) | Ours::Sent(_)) => {}
        }
    }

    /// A call that was sent on has come to another attendant.
    pub(super) fn offer_served(&mut self, transfer: Transfer, ours: Ours) {
        let call = self.legs.get(transfer.kept.leg).map(|leg| leg.call);
        if let (Some(call), Ours::Recall) = (call, ours) {
            self.unpark(call);
        }
    }

    /// The two are joined: our audio is no longer wanted.
    pub(super) fn connected(&mut self, now: Time, transfer: Transfer, partner: LegRef) {
        let Some(ours) = transfer.ours else {
            return;
        };
        self.legs[transfer.kept.leg].port = None;
        let call = self.legs[transfer.kept.leg].call;
        let login = self.legs[partner.leg]
            .login
            .as_ref()
            .map(ToString::to_string);
        self.calls[call].record.answered_by.clone_from(&login);
        match ours {
            Ours::Recall => {
                if let Some(login) = &login {
                    self.calls[call].note_step(now, login, Deed::Answered);
                }
                self.unpark(call);
            }
            Ours::Offer(offer) | Ours::Sent(offer) => {
                if let Ours::Offer(_) = ours {
                    self.calls[call].note_served(partner);
                }
                let call = self.attended_call(call);
                self.notices
                    .push_back(Notice::Connected { call, offer, login });
            }
        }
    }

    /// A partner found otherwise than by transfer is worth a little patience.
    pub(super) fn is_wait_worth(&self, transfer: Transfer) -> bool {
        let is_free = |leg: usize| self.legs[leg].again.is_none();
        transfer.ours.is_some() && self.is_up(transfer.kept) && is_free(transfer.kept.leg)
    }

    /// Nobody else has come to the one who listens meanwhile.
    pub(super) fn is_alone(&self, transfer: Transfer) -> bool {
        transfer.ours.is_none() || self.peer(transfer.kept.leg).is_none()
    }

    /// The dialog of the one who listens is gone (RFC 3261 §12.2.1.2).
    pub(super) fn end_if_gone(&mut self, now: Time, leg: usize, transfer: Transfer, code: u16) {
        if transfer.ours.is_some() && matches!(code, 408 | 481) {
            self.end_call(now, self.legs[leg].call, None, 408);
        }
    }
}
