//! Retrieving a parked call (`*88`): the parked phone gets the offer of who retrieves it, whose INVITE gets its answer.

use super::Engine;
use super::leg::Purpose;
use super::state::CallState;
use super::transfer::{Join, LegRef};
use crate::message::Message;
use crate::park::Retrieve;
use crate::time::Time;
use crate::visit::Deed;

impl Engine {
    pub(super) fn retrieve(&mut self, now: Time, call: usize, retrieve: &Retrieve) {
        self.calls[call].state = CallState::Ringing;
        match self.try_retrieve(now, call, retrieve) {
            Ok(()) => {}
            Err(why) => {
                self.calls[call].record.why = why.to_owned();
                self.give_up(now, call, 480);
            }
        }
    }

    fn try_retrieve(
        &mut self,
        now: Time,
        call: usize,
        retrieve: &Retrieve,
    ) -> Result<(), &'static str> {
        let at = self.parked.get(&retrieve.member).copied();
        let client = at.and_then(|at| {
            let is_here = self.calls[at]
                .parked()
                .is_some_and(|parked| !parked.is_arriving);
            let attended = self.calls[at].attended.as_ref().filter(|_| is_here);
            attended.map(|attended| attended.client)
        });
        let Some(client) = client.filter(|client| self.is_there(*client)) else {
            return Err("no call is parked there");
        };
        if self.calls[call].transfer.is_some() {
            return Err("nobody is transferred to a parked call");
        }
        let caller = self.calls[call].caller;
        let (Some(asking), true) = (self.leg_ref(caller), self.is_idle(client.leg)) else {
            return Err("the parked call is being retrieved already");
        };
        let asked = self.legs[caller].asked.as_ref();
        let offer = asked.map(|asked| asked.request.clone());
        let purpose = Purpose::Transfer(Join::Fetch(asking));
        self.invite_with(now, client.leg, offer.as_ref(), purpose);
        Ok(())
    }

    /// The parked phone's final answer.
    pub(super) fn fetch_answered(
        &mut self,
        now: Time,
        leg: usize,
        asking: LegRef,
        accepted: Option<&Message>,
        code: u16,
    ) {
        let Some(message) = accepted else {
            self.legs[leg].asking = None;
            self.not_fetched(now, asking, code);
            if matches!(code, 408 | 481) {
                self.end_call(now, self.legs[leg].call, None, 408);
            }
            return;
        };
        self.legs[leg].dialog.retarget(message);
        let is_waiting = self.is_there(asking) && self.legs[asking.leg].is_asked();
        let awaits_answer = is_waiting
            && self.legs[leg]
                .asking
                .as_ref()
                .is_some_and(|asking| !asking.has_offer);
        if awaits_answer && let Some(asking) = self.legs[leg].asking.as_mut() {
            asking.awaits_answer = true;
            asking.purpose = Purpose::Passed;
        } else if let Some(asking) = self.legs[leg].asking.take() {
            self.acknowledge(leg, asking.cseq, None);
        }
        if is_waiting {
            self.fetched(now, leg, asking.leg, message);
        } else if let Some(kept) = self.leg_ref(leg) {
            self.come_back(now, kept);
        }
    }

    /// Who retrieves takes the empty side of the parked one's call.
    fn fetched(&mut self, now: Time, leg: usize, asking: usize, message: &Message) {
        let (call, left) = (self.legs[leg].call, self.legs[asking].call);
        let shown = self.calls[call].parked().map(|parked| parked.shown.clone());
        if let Some(kept) = self.leg_ref(leg) {
            self.withdraw_all(now, kept);
        }
        self.unpark(call);
        if let Some(login) = self.legs[asking].login.clone() {
            self.calls[call].note_step(now, &login, Deed::Answered);
        }
        self.legs[leg].port = None;
        if self.calls[call].caller == leg {
            self.calls[call].winner = Some(asking);
        } else {
            self.calls[call].caller = asking;
        }
        self.legs[asking].call = call;
        self.legs[asking].shows = shown.map(Box::new);
        let login = self.legs[leg].login.as_ref().map(ToString::to_string);
        let found = &mut self.calls[left];
        found.state = CallState::Ended;
        found.caller = usize::MAX;
        found.record.answered = Some(now);
        found.record.answered_by = login;
        self.note_end(now, left, 200);
        self.reap(left);
        self.accept(now, asking, message);
    }

    pub(super) fn not_fetched(&mut self, now: Time, asking: LegRef, code: u16) {
        if self.is_there(asking) && self.legs[asking.leg].is_asked() {
            self.give_up(now, self.legs[asking.leg].call, code);
        }
    }
}
