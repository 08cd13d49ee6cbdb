//! Call pickup (G1): a phone takes over a call that rings at a colleague's.
//!
//! Both phones have sent an offer, and neither can be the answer to the other. So whoever picks up is answered first, with
//! a description that leads nowhere, and is then offered what the caller has offered; the answer is the caller's.
//!
//! | who picks up | the caller | on |
//! |---|---|---|
//! | INVITE | rings | `PickUp`: 200 that leads nowhere, CANCEL to all phones that ring |
//! | ACK | rings | re-INVITE with the caller's offer |
//! | 200 | 200 with that answer | the call is as any other |
//! | refusal | refused | the call is over |

use super::Engine;
use super::leg::{Leg, LegState, Purpose};
use super::quiet::quiet;
use super::state::CallState;
use crate::directory::{Group, Refusal, Route};
use crate::message::{Message, Wire};
use crate::time::Time;
use bytes::BytesMut;

impl Engine {
    pub(super) fn pick_up(&mut self, now: Time, call: usize, group: Group, logins: &[String]) {
        let refused = |code, why: &str| {
            let why = why.to_owned();
            Route::Refuse(Refusal { code, why })
        };
        let picker = self.calls[call].caller;
        let Some(asked) = self.legs.get(picker).and_then(|leg| leg.asked.as_ref()) else {
            // A transfer asks on somebody's behalf, who has no phone here.
            return self.follow(now, call, refused(480, "only a phone can pick up"));
        };
        let (request, local) = (asked.request.clone(), self.legs[picker].dialog.flow.local);
        let Some(ringing) = self.longest_ringing(logins) else {
            return self.follow(now, call, refused(480, "there is nothing to pick up"));
        };
        let Some(quiet) = quiet(request.body(), local.ip()).and_then(|body| described(&body))
        else {
            return self.follow(now, call, refused(488, "the phone offers no audio"));
        };
        self.move_picker(now, picker, ringing, group);
        match self.calls[ringing].transfer {
            // Its caller waits in another call, and is offered what the phone has offered.
            Some(transfer) => self.offered(now, picker, transfer, &request),
            None => {
                self.legs[picker].has_picked_up = true;
                self.accept(now, picker, &quiet);
            }
        }
    }

    /// The call that has been ringing longest at one of these logins.
    fn longest_ringing(&self, logins: &[String]) -> Option<usize> {
        let legs = logins.iter().flat_map(|login| self.legs.of(login));
        let ringing = legs.filter(|leg| self.is_ringing(**leg));
        let takable = ringing.filter(|leg| self.can_be_taken(self.legs[**leg].call));
        let first = takable.min_by_key(|leg| {
            let call = self.legs[**leg].call;
            (self.legs[**leg].rung, self.calls[call].number)
        });
        first.map(|leg| self.legs[*leg].call)
    }

    /// Nobody has answered, and the caller is free to hear whom they will talk to: who has acknowledged the description of
    /// a phone that rings (RFC 3262) is bound to that phone.
    fn can_be_taken(&self, call: usize) -> bool {
        let is_free = |caller: &Leg| {
            let reliable = caller.reliable.as_ref();
            caller.is_asked() && !reliable.is_some_and(|reliable| reliable.has_described())
        };
        let Some(found) = self.calls.get(call) else {
            return false;
        };
        let caller = self.legs.get(found.caller);
        found.state == CallState::Ringing
            && (found.transfer.is_some() || caller.is_some_and(is_free))
    }

    /// The phone leaves the call it made with the feature code, and is who has answered the other one.
    fn move_picker(&mut self, now: Time, picker: usize, ringing: usize, group: Group) {
        let own = std::mem::replace(&mut self.legs[picker].call, ringing);
        self.forget_call(own);
        let login = self.legs[picker].login.as_ref().map(ToString::to_string);
        if let Some(login) = &login {
            self.note_pickup(now, ringing, (group, login));
        }
        let found = &mut self.calls[ringing];
        found.winner = Some(picker);
        found.state = CallState::Up;
        found.ring_end = None;
        found.record.rang = true;
        found.record.answered = Some(now);
        found.record.answered_by = login;
        self.metrics.answered.add();
        self.note_taken(now, ringing);
        self.cancel_branches(now, ringing);
        self.recount(picker);
    }

    /// A call that was only a feature code leaves no record.
    fn forget_call(&mut self, call: usize) {
        self.release(call);
        self.running -= 1;
        self.metrics.ended.add();
        self.calls[call].state = CallState::Ended;
        self.reap(call);
    }

    /// Who has picked up is there: the caller's offer goes to it, the answer back to the caller.
    pub(super) fn connect(&mut self, now: Time, picker: usize) {
        let caller = self.peer(picker).and_then(|caller| self.legs.get(caller));
        let asked = caller.filter(|caller| caller.is_asked());
        let request = asked.and_then(|caller| Some(caller.asked.as_ref()?.request.clone()));
        if let Some(request) = request {
            self.invite_with(now, picker, Some(&request), Purpose::Passed);
        }
    }

    /// The phone has picked up, and its caller's INVITE has no answer yet.
    pub(super) fn is_connecting(&self, leg: usize) -> bool {
        let found = &self.legs[leg];
        let caller = self.peer(leg).and_then(|peer| self.legs.get(peer));
        found.has_picked_up
            || found.state == LegState::Up
                && caller.is_some_and(|caller| caller.state != LegState::Up && caller.is_asked())
    }

    /// Who has picked up does not take the caller's offer, or is gone: nobody talks.
    pub(super) fn connect_failed(&mut self, now: Time, caller: usize, code: u16) {
        let call = self.legs[caller].call;
        self.calls[call].record.answered = None;
        self.end_call(now, call, Some(caller), code);
    }
}

/// A 200 with this description.
pub(super) fn described(body: &str) -> Option<Message> {
    let head = "SIP/2.0 200 OK\r\nContent-Type: application/sdp\r\nContent-Length:";
    let text = format!("{head} {}\r\n\r\n{body}", body.len());
    Message::parse(BytesMut::from(text.as_bytes()), Wire::Datagram).ok()
}
