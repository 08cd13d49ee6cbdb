//! An INVITE of ours that met one of the peer's (491) is sent again after a while that differs by side (RFC 3261 §14.1).

use super::leg::Purpose;
use super::transfer::Join;
use super::{Engine, Timer};
use crate::message::Message;
use crate::time::Time;

/// So often the two may meet before we give up.
const MAX_TRIES: u8 = 4;

/// What is sent again, and when.
pub(super) struct Again {
    pub(super) at: Time,
    offer: Option<Message>,
    join: Join,
    tries: u8,
}

impl Engine {
    /// True when the INVITE of a transfer was refused because of another one, and is tried again later.
    pub(super) fn is_put_off(&mut self, now: Time, leg: usize, message: &Message) -> bool {
        let Some(asking) = self.legs[leg].asking.as_ref() else {
            return false;
        };
        let (Some(join), tries) = (asking.purpose.join(), asking.tries + 1) else {
            return false;
        };
        if message.code() != 491 || tries >= MAX_TRIES {
            return false;
        }
        let offer = asking.offer.clone();
        self.legs[leg].asking = None;
        self.put_off(now, leg, offer, join, tries);
        true
    }

    pub(super) fn put_off(
        &mut self,
        now: Time,
        leg: usize,
        offer: Option<Message>,
        join: Join,
        tries: u8,
    ) {
        let at = now + self.glare_wait(leg);
        let found = &mut self.legs[leg];
        found.again = Some(Again {
            at,
            offer,
            join,
            tries,
        });
        self.timers.add(at, Timer::Again(leg, found.random));
    }

    pub(super) fn try_again(&mut self, now: Time, at: Time, leg: usize, random: u64) {
        let is_due = |found: &&mut super::Leg| found.random == random;
        let Some(found) = self.legs.get_mut(leg).filter(is_due) else {
            return;
        };
        let Some(again) = found.again.take_if(|again| again.at == at) else {
            return;
        };
        self.handling = Some(leg);
        if !self.is_idle(leg) && again.tries < MAX_TRIES {
            // Still busy with what it met.
            return self.put_off(now, leg, again.offer, again.join, again.tries + 1);
        }
        if !self.is_wanted(again.join) || !self.is_idle(leg) {
            return self.join_lost(now, Some(again.join));
        }
        let purpose = Purpose::Transfer(again.join);
        self.invite_with(now, leg, again.offer.as_ref(), purpose);
        if let Some(asking) = self.legs[leg].asking.as_mut() {
            asking.tries = again.tries;
        }
    }

    /// Whoever is to be joined is still there.
    fn is_wanted(&self, join: Join) -> bool {
        match join {
            Join::Offer(transfer) => self.is_up(transfer.kept),
            Join::Answer(transfer, partner) => self.is_up(partner) && self.is_alone(transfer),
            Join::Own(_) => true,
            Join::Fetch(asking) => self.is_there(asking),
        }
    }

    /// The part in a transfer that an INVITE of this leg has, or will have.
    pub(super) fn take_join(&mut self, leg: usize) -> Option<Join> {
        let found = &mut self.legs[leg];
        let waiting = found.again.take().map(|again| again.join);
        let asking = found.asking.as_mut();
        let running = asking
            .and_then(|asking| std::mem::replace(&mut asking.purpose, Purpose::Passed).join());
        running.or(waiting)
    }
}
