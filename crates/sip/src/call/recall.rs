//! A parked call that nobody retrieves returns: to who parked it, to an alternate, and in the end it is released.

use super::Engine;
use super::state::{Call, CallState};
use super::transfer::Ours;
use crate::directory::{Otherwise, Route};
use crate::park::RecallTo;
use crate::time::Time;
use crate::visit::Deed;

impl Call {
    pub(super) fn is_recalled(&self, at: Time) -> bool {
        self.parked().is_some_and(|parked| parked.next == Some(at))
    }
}

impl Engine {
    pub(super) fn recall_due(&mut self, now: Time, at: Time, call: usize) {
        if !self
            .calls
            .get(call)
            .is_some_and(|call| call.is_recalled(at))
        {
            return;
        }
        let Some(parked) = self.calls[call].parked_mut() else {
            return;
        };
        parked.next = None;
        let (shown, parker) = (parked.shown.clone(), parked.parker.clone());
        let Some(recall) = parked.recalls.pop_front() else {
            return self.end_call(now, call, None, 480);
        };
        let is_withheld = shown.number.is_empty() && shown.name.is_empty();
        let Some(ringing) = self.ring_for(now, call, Ours::Recall, (shown, is_withheld)) else {
            return self.end_call(now, call, None, 480);
        };
        self.calls[ringing].alert = recall.ring.map(Into::into);
        for who in recall.to.rung() {
            self.calls[call].note_step(now, who, Deed::Offered);
        }
        match (recall.to, parker) {
            (RecallTo::Phones { phones, ring_for }, _) => {
                let otherwise = Otherwise::default();
                let route = Route::Offer {
                    phones,
                    ring_for,
                    otherwise,
                };
                self.follow(now, ringing, route);
            }
            (RecallTo::Dial(number), Some(parker)) => {
                self.calls[ringing].state = CallState::Routing;
                self.ask_for(ringing, parker.to_string(), number);
            }
            // Parked from outside: nobody of ours asks for the way.
            (RecallTo::Dial(_), None) => self.give_up(now, ringing, 480),
        }
    }

    /// The parked one goes on waiting.
    pub(super) fn recall_failed(&mut self, now: Time, call: usize) {
        if self.call_in(call, CallState::Up) {
            self.calls[call].note_last_bounced(now);
            self.plan_recall(now, call);
        }
    }
}
