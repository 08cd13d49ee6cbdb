//! What is known of a call one side of which the engine attends to, and how that ends.

use super::Engine;
use super::parking::Parked;
use super::state::Call;
use super::transfer::LegRef;
use crate::attend::{AttendedCall, Ended, Notice};
use crate::time::Time;

pub(super) struct Attended {
    /// Who listens to us, or did.
    pub(super) client: LegRef,
    pub(super) by: By,
}

/// Who attends.
pub(super) enum By {
    /// Somebody outside.
    Desk {
        /// The last word was an order.
        is_ordered: bool,
        /// Who was offered the call and has answered.
        agent: Option<LegRef>,
    },
    /// The park.
    Park(Box<Parked>),
}

impl Call {
    pub(super) fn parked(&self) -> Option<&Parked> {
        match &self.attended.as_ref()?.by {
            By::Park(parked) => Some(parked),
            By::Desk { .. } => None,
        }
    }

    pub(super) fn parked_mut(&mut self) -> Option<&mut Parked> {
        match &mut self.attended.as_mut()?.by {
            By::Park(parked) => Some(parked),
            By::Desk { .. } => None,
        }
    }

    pub(super) fn is_at_desk(&self) -> bool {
        let by = self.attended.as_ref().map(|attended| &attended.by);
        matches!(by, Some(By::Desk { .. }))
    }

    /// It came to its attendant by an order of theirs.
    pub(super) fn note_ordered(&mut self) {
        if let Some(By::Desk { is_ordered, .. }) = self.attended.as_mut().map(|a| &mut a.by) {
            *is_ordered = true;
        }
    }

    /// This leg was offered the call by its attendant, and has answered.
    pub(super) fn note_served(&mut self, by: LegRef) {
        if let Some(By::Desk { agent, .. }) = self.attended.as_mut().map(|a| &mut a.by) {
            *agent = Some(by);
        }
    }
}

impl Engine {
    pub(super) fn attended_call(&self, call: usize) -> AttendedCall {
        AttendedCall {
            shard: self.settings.shard,
            index: call,
            number: self.calls[call].number,
        }
    }

    /// The call is over, and with it what its attendant has to do with it.
    pub(super) fn attendance_ended(&mut self, call: usize, code: u16) {
        let Some(attended) = self.calls[call].attended.take() else {
            return;
        };
        let left_by = self.calls[call].left_by;
        let is_answered = self.calls[call].record.answered.is_some();
        match attended.by {
            By::Park(parked) => drop(self.parked.remove(&parked.member)),
            By::Desk { is_ordered, .. } => {
                let why = match left_by {
                    Some(leg) if leg == attended.client.leg => Ended::Caller,
                    Some(_) => Ended::Agent,
                    None if is_ordered => Ended::Ordered,
                    None if !is_answered && code == 487 => Ended::Caller,
                    None => Ended::Failed,
                };
                let call = self.attended_call(call);
                self.notices.push_back(Notice::Ended { call, why });
            }
        }
    }

    /// Who was connected has passed the call on: for its attendant it is over.
    pub(super) fn attendance_left(&mut self, call: usize, by: usize) {
        if self.calls[call].is_at_desk() {
            self.calls[call].left_by = Some(by);
            self.attendance_ended(call, 200);
        }
    }

    /// Ends by itself: who has parked a call was shown where long enough.
    pub(super) fn end_due(&mut self, now: Time, at: Time, call: usize) {
        let found = self.calls.get_mut(call);
        if found.is_some_and(|found| found.ends_at.take_if(|end| *end == at).is_some()) {
            self.end_call(now, call, None, 200);
        }
    }
}
