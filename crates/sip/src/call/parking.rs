//! Parking (`*68`): the held partner, or who is transferred here, is brought to our audio; the place is taken meanwhile.

use super::attended::{Attended, By};
use super::leg::LegState;
use super::own::Own;
use super::state::CallState;
use super::{CallId, Engine, Timer};
use crate::attend::Playlist;
use crate::directory::{Group, Party};
use crate::park::{Park, Place, Recall};
use crate::time::Time;
use crate::visit::Deed;
use std::collections::VecDeque;
use std::time::Duration;

/// After the last recall a call can still be retrieved for so long.
const LAST_WAIT: Duration = Duration::from_secs(120);

pub(super) struct Parked {
    pub(super) member: u128,
    /// Of which park group.
    group: Group,
    /// Our audio is not agreed on yet; who parks is still there.
    pub(super) is_arriving: bool,
    /// As the phones show who is parked.
    pub(super) shown: Party,
    /// Who has parked it.
    pub(super) parker: Option<Box<str>>,
    pub(super) recalls: VecDeque<Recall>,
    /// When it returns.
    pub(super) next: Option<Time>,
    music: Playlist,
    /// What the parking phone shows and hears.
    place: Place,
    shown_for: Duration,
}

impl Engine {
    pub(super) fn park(&mut self, now: Time, call: usize, park: Park) {
        self.calls[call].state = CallState::Ringing;
        if let Err((code, why)) = self.try_park(now, call, park) {
            self.calls[call].record.why = why.to_owned();
            self.give_up(now, call, code);
        }
    }

    fn try_park(&mut self, now: Time, call: usize, park: Park) -> Result<(), (u16, &'static str)> {
        let Some(leg) = self.to_be_parked(call) else {
            return Err((480, "there is no held call to park"));
        };
        let of = self.legs[leg].call;
        let hears_us = self.legs[leg].port.is_some();
        if self.calls[of].parked().is_some() || hears_us {
            return Err((480, "this call is attended to already"));
        }
        let is_free = |place: &Place| !self.parked.contains_key(&place.member);
        let Some(place) = park.places.into_iter().find(is_free) else {
            return Err((486, "no place is free"));
        };
        if self.calls[call].transfer.is_none() {
            let caller = self.calls[call].caller;
            let could = self.could_hear_us(caller);
            could.map_err(|code| (code, "no audio of our own for the parking phone"))?;
        }
        let Some(client) = self.leg_ref(leg) else {
            return Err((480, "there is no held call to park"));
        };
        let parker = self
            .peer(leg)
            .and_then(|peer| self.legs[peer].login.clone());
        let parked = Parked {
            member: place.member,
            group: park.group,
            is_arriving: true,
            shown: self.party_of(leg),
            parker,
            recalls: park.recalls.into(),
            next: None,
            music: park.music,
            place,
            shown_for: park.shown_for,
        };
        let peer = self.peer(leg);
        if let Some(peer) = peer {
            // For the queue it came from it is over.
            self.attendance_left(of, peer);
        }
        self.parked.insert(parked.member, of);
        self.calls[of].attended = Some(Box::new(Attended {
            client,
            by: By::Park(Box::new(parked)),
        }));
        for side in peer.into_iter().chain([leg]) {
            self.recount(side);
        }
        let taken = self.take_over(now, leg, Own::Park(self.call_ref(call)));
        if taken.is_err() {
            self.unpark(of);
            self.legs[leg].port = None;
        }
        taken.map_err(|code| (code, "the parked phone cannot be brought to our audio"))
    }

    /// Who is transferred, else the partner in the call that this login has held last.
    fn to_be_parked(&self, call: usize) -> Option<usize> {
        if let Some(transfer) = self.calls[call].transfer {
            return self.is_up(transfer.kept).then_some(transfer.kept.leg);
        }
        let login = self.legs[self.calls[call].caller].login.as_deref()?;
        let held = self.calls.iter().filter_map(|(at, found)| {
            let sides = [Some(found.caller), found.winner];
            let mut sides = sides.into_iter().flatten();
            let is_own = |leg: &usize| {
                let leg = self.legs.get(*leg);
                leg.is_some_and(|leg| leg.login.as_deref() == Some(login) && leg.call == at)
            };
            let held = sides.find(is_own).and_then(|own| self.peer(own))?;
            self.is_held_by_peer(held).then_some((found.number, held))
        });
        held.max().map(|(_, leg)| leg)
    }

    /// What this phone was told last says that it is on hold (RFC 3264 §8.4, RFC 2543 appendix B).
    fn is_held_by_peer(&self, leg: usize) -> bool {
        let found = &self.legs[leg];
        let is_up = found.state == LegState::Up && self.call_in(found.call, CallState::Up);
        let agreed = found.session.agreed.as_ref().map(|agreed| &agreed.body[..]);
        let says = |what: &str| memchr::memmem::find(agreed.unwrap_or(b""), what.as_bytes());
        let marks = ["a=sendonly", "a=inactive", "c=IN IP4 0.0.0.0"];
        is_up && marks.iter().any(|mark| says(mark).is_some())
    }

    /// This leg parks its partner, who is on the way to us: when it leaves, that one stays.
    pub(super) fn is_parker(&self, leg: usize) -> bool {
        let attended = self.calls.get(self.legs[leg].call).and_then(|call| {
            let is_arriving = call.parked().is_some_and(|parked| parked.is_arriving);
            call.attended.as_ref().filter(|_| is_arriving)
        });
        attended.is_some_and(|attended| attended.client.leg != leg)
    }

    /// The parked phone listens to us.
    pub(super) fn parked_now(&mut self, now: Time, leg: usize, asking: CallId) {
        let call = self.legs[leg].call;
        let Some(parked) = self.calls[call].parked_mut() else {
            return;
        };
        parked.is_arriving = false;
        let (music, place) = (parked.music.clone(), parked.place.clone());
        let (shown_for, group) = (parked.shown_for, parked.group);
        let parker = parked.parker.clone();
        self.calls[call].visit(now, group);
        if let Some(parker) = parker {
            self.calls[call].note_step(now, &parker, Deed::Parked);
        }
        if let Some(client) = self.leg_ref(leg) {
            self.play(client, &music);
        }
        match self.call_at(asking) {
            Some(asking) if self.calls[asking].transfer.is_some() => self.close_asking(now, asking),
            Some(asking) => self.tell_parker(now, asking, place, shown_for),
            None => {}
        }
        self.part_from_peer(now, leg);
        self.plan_recall(now, call);
    }

    /// The parking phone shows and hears where, and is released after a while.
    fn tell_parker(&mut self, now: Time, asking: usize, place: Place, shown_for: Duration) {
        let caller = self.calls[asking].caller;
        self.legs[caller].shows = Some(Box::new(place.shown));
        if let Err(code) = self.answer_own(now, caller) {
            return self.give_up(now, asking, code);
        }
        if let Some(caller) = self.leg_ref(caller) {
            self.play(caller, &place.announcement);
        }
        let end = now + shown_for;
        let found = &mut self.calls[asking];
        found.state = CallState::Up;
        found.record.answered = Some(now);
        found.ends_at = Some(end);
        self.timers.add(end, Timer::End(asking));
    }

    /// The phone did not come to us, or is gone: the call goes on as it was.
    pub(super) fn not_parked(&mut self, now: Time, leg: Option<usize>, asking: CallId, code: u16) {
        if let Some(leg) = leg {
            let call = self.legs[leg].call;
            self.unpark(call);
            self.legs[leg].port = None;
            if self.peer(leg).is_none() {
                self.end_call(now, call, None, code);
            }
        }
        if let Some(asking) = self.call_at(asking) {
            self.calls[asking].record.why = "the parked phone did not come".to_owned();
            self.give_up(now, asking, code);
        }
    }

    /// The place is free.
    pub(super) fn unpark(&mut self, call: usize) {
        let Some(found) = self.calls.get_mut(call) else {
            return;
        };
        if let Some(member) = found.parked().map(|parked| parked.member) {
            found.attended = None;
            self.parked.remove(&member);
        }
    }

    /// When the parked call returns, or is released.
    pub(super) fn plan_recall(&mut self, now: Time, call: usize) {
        let Some(parked) = self.calls[call].parked_mut() else {
            return;
        };
        let wait = parked
            .recalls
            .front()
            .map_or(LAST_WAIT, |recall| recall.after);
        let next = now + wait;
        parked.next = Some(next);
        self.timers.add(next, Timer::Parked(call));
    }
}
