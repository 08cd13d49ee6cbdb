//! What attendants order.

use super::state::CallState;
use super::transfer::Ours;
use super::{CallId, Engine};
use crate::attend::{AttendedCall, Order, Playlist, Then};
use crate::directory::{Otherwise, Route};
use crate::time::Time;

impl Engine {
    /// Carries out an order; one for a call that is over does nothing.
    pub fn order(&mut self, now: Time, order: Order) {
        let Some(call) = self.at_desk(order.call()) else {
            return;
        };
        self.handling = self.calls[call].attended.as_ref().map(|a| a.client.leg);
        match order {
            Order::Play { playlist, .. } => {
                self.play_to(now, call, &playlist);
            }
            Order::Offer {
                offer,
                phones,
                ring_for,
                shown,
                ..
            } => {
                let otherwise = Otherwise::default();
                let route = Route::Offer {
                    phones,
                    ring_for,
                    otherwise,
                };
                if self.is_answered(now, call) {
                    let ours = Ours::Offer(offer);
                    self.offer_to(now, call, ours, (shown, false), route);
                }
            }
            Order::Withdraw { offer, .. } => self.withdraw(now, call, offer),
            Order::Send { offer, route, .. } => self.send_on(now, call, offer, *route),
            Order::Hangup { code, .. } => self.end_ordered(now, call, code),
        }
    }

    fn at_desk(&self, id: AttendedCall) -> Option<usize> {
        let AttendedCall { index, number, .. } = id;
        let call = self.call_at(CallId { index, number })?;
        self.calls[call].is_at_desk().then_some(call)
    }

    fn play_to(&mut self, now: Time, call: usize, playlist: &Playlist) {
        if !self.answers_client(now, call) {
            return;
        }
        let client = self.calls[call].attended.as_ref().map(|a| a.client);
        if let Some(client) = client {
            self.play(client, playlist);
        }
    }

    /// The same for an order that says nothing about what is played.
    fn is_answered(&mut self, now: Time, call: usize) -> bool {
        if self.calls[call].state == CallState::Ringing {
            let music = Playlist {
                first: Vec::new(),
                then: Then::Music { file: None },
            };
            self.play_to(now, call, &music);
        }
        self.call_in(call, CallState::Up)
    }

    /// Answers the caller who still waits at the door.
    fn answers_client(&mut self, now: Time, call: usize) -> bool {
        let caller = self.calls[call].caller;
        if self.calls[call].state != CallState::Ringing {
            return self.call_in(call, CallState::Up);
        }
        match self.answer_own(now, caller) {
            Ok(()) => {
                let found = &mut self.calls[call];
                found.state = CallState::Up;
                found.ring_end = None;
                found.record.answered = Some(now);
                true
            }
            Err(code) => {
                self.calls[call].record.why = "no audio of our own for this caller".to_owned();
                self.give_up(now, call, code);
                false
            }
        }
    }

    fn end_ordered(&mut self, now: Time, call: usize, code: u16) {
        self.calls[call].note_ordered();
        if self.call_in(call, CallState::Up) {
            self.end_call(now, call, None, 200);
        } else {
            self.give_up(now, call, code);
        }
    }
}
