//! Which legs are calls of their login's own: what it has made, and what it has answered, unless an attendant offered it.

use super::Engine;
use super::attended::By;
use super::leg::LegState;
use super::state::{Call, CallState};
use super::transfer::Ours;

impl Call {
    /// This leg serves whoever attends: it was offered the call, and has answered.
    fn is_served_by(&self, leg: usize) -> bool {
        let is_offer = self
            .transfer
            .is_some_and(|transfer| matches!(transfer.ours, Some(Ours::Offer(_))));
        let by = self.attended.as_ref().map(|attended| &attended.by);
        is_offer || matches!(by, Some(By::Desk { agent: Some(agent), .. }) if agent.leg == leg)
    }
}

impl Engine {
    /// Counts the leg, or counts it no longer, as things are now.
    pub(super) fn recount(&mut self, leg: usize) {
        let is_own = self.is_own_call(leg);
        self.legs.count(leg, is_own);
    }

    fn is_own_call(&self, leg: usize) -> bool {
        let found = self.legs.get(leg);
        let call = found.and_then(|found| self.calls.get(found.call));
        let (Some(found), Some(call)) = (found, call) else {
            return false;
        };
        let is_in = call.caller == leg || call.winner == Some(leg);
        let is_open = call.state != CallState::Ended && found.state != LegState::Closing;
        is_in && is_open && !call.is_served_by(leg)
    }

    /// Whether what is counted is what a look at each leg finds; for tests.
    #[must_use]
    pub fn is_counted_right(&self) -> bool {
        let mut legs = self.legs.iter();
        legs.all(|(at, leg)| leg.login.is_none() || leg.is_own_call == self.is_own_call(at))
    }
}
