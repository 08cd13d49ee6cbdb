//! A call comes to its attendant: at the door it is not answered yet; who is transferred here is brought to our audio.

use super::attended::{Attended, By};
use super::own::Own;
use super::state::CallState;
use super::{CallId, Engine};
use crate::attend::{Attendant, Notice, Playlist, Then};
use crate::time::Time;
use std::time::Duration;

/// An attendant that says nothing for so long is not there.
const PATIENCE: Duration = Duration::from_secs(30);

impl Engine {
    pub(super) fn attend(&mut self, now: Time, call: usize, attendant: Attendant) {
        if self.media.is_none() {
            self.calls[call].record.why = "the engine has no audio of its own".to_owned();
            return self.give_up(now, call, 503);
        }
        self.calls[call].state = CallState::Ringing;
        self.calls[call].otherwise = crate::directory::Otherwise::default();
        if let Some(transfer) = self.calls[call].transfer {
            let own = Own::Enter(self.call_ref(call), attendant);
            let taken = if self.is_up(transfer.kept) {
                self.take_over(now, transfer.kept.leg, own)
            } else {
                Err(480)
            };
            return taken.unwrap_or_else(|code| self.give_up(now, call, code));
        }
        self.ring_until(call, now + PATIENCE);
        self.enter(call, self.calls[call].caller, attendant);
    }

    fn enter(&mut self, call: usize, leg: usize, attendant: Attendant) {
        let Some(client) = self.leg_ref(leg) else {
            return;
        };
        let found = &mut self.calls[call];
        found.attended = Some(Box::new(Attended {
            client,
            by: By::Desk {
                is_ordered: false,
                agent: None,
            },
        }));
        let (sides, presented) = (found.record.sides.clone(), found.presented.clone());
        let call = self.attended_call(call);
        self.notices.push_back(Notice::Entered {
            call,
            attendant,
            sides: Box::new(sides),
            presented,
        });
    }

    /// Who was transferred to an attendant listens to us now.
    pub(super) fn entered_by_transfer(
        &mut self,
        now: Time,
        leg: usize,
        asking: CallId,
        attendant: Attendant,
    ) {
        let call = self.legs[leg].call;
        // From one attendant to another: for the first one it is over.
        self.calls[call].note_ordered();
        self.attendance_ended(call, 200);
        self.last_number += 1;
        self.calls[call].number = self.last_number;
        if let Some(asking) = self.call_at(asking) {
            let sides = self.calls[asking].record.sides.clone();
            let presented = self.calls[asking].presented.clone();
            self.calls[call].record.sides.called = sides.called;
            self.calls[call].presented = presented;
            self.close_asking(now, asking);
        }
        self.part_from_peer(now, leg);
        self.enter(call, leg, attendant);
        if let Some(client) = self.leg_ref(leg) {
            let then = Then::Music { file: None };
            let first = Vec::new();
            self.play(client, &Playlist { first, then });
        }
    }

    pub(super) fn not_entered(&mut self, now: Time, leg: Option<usize>, asking: CallId, code: u16) {
        if let Some(leg) = leg.filter(|leg| self.peer(*leg).is_some()) {
            self.legs[leg].port = None;
        }
        if let Some(asking) = self.call_at(asking) {
            self.give_up(now, asking, code);
        }
    }

    /// The call that asked for it by transfer is done.
    pub(super) fn close_asking(&mut self, now: Time, asking: usize) {
        let transfer = self.take_transfer(now, asking);
        let found = &mut self.calls[asking];
        found.state = CallState::Ended;
        found.ring_end = None;
        let stand_in = found.caller;
        self.legs.try_remove(stand_in);
        self.note_end(now, asking, 200);
        self.reap(asking);
        if let Some(transfer) = transfer {
            match transfer.ours {
                Some(ours) => self.offer_served(transfer, ours),
                None => self.notify(now, transfer, 200),
            }
        }
    }

    /// Who talked with the one who listens to us now leaves.
    pub(super) fn part_from_peer(&mut self, now: Time, leg: usize) {
        let call = self.legs[leg].call;
        let peer = self.peer(leg);
        if self.calls[call].caller == leg {
            self.calls[call].winner = None;
        } else {
            self.calls[call].caller = usize::MAX;
        }
        if let Some(peer) = peer {
            self.legs[peer].call = usize::MAX;
            self.legs[peer].transfer = None;
            self.hang_up(now, peer);
        }
    }
}
