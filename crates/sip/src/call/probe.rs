//! Noticing that a phone has vanished in the middle of a call: an OPTIONS inside the dialog now and then, which every
//! phone answers, whatever it thinks of session timers.

use super::leg::LegState;
use super::state::CallState;
use super::{Engine, Timer};
use crate::time::Time;

/// Answers that mean the dialog is gone (RFC 3261 §12.2.1.2).
fn is_gone(code: u16) -> bool {
    matches!(code, 408 | 481)
}

impl Engine {
    /// The leg is up from now on.
    pub(super) fn watch(&mut self, now: Time, leg: usize) {
        let random = self.legs[leg].random;
        self.timers
            .add(now + self.settings.probe_every, Timer::Probe(leg, random));
    }

    pub(super) fn probe(&mut self, now: Time, leg: usize, random: u64) {
        let Some(found) = self.legs.get(leg).filter(|found| found.random == random) else {
            return;
        };
        if found.state != LegState::Up || !self.call_in(found.call, CallState::Up) {
            return;
        }
        if found.probe.is_none() {
            let probe = self.send(now, leg, b"OPTIONS", None);
            self.legs[leg].probe = Some(probe);
        }
        self.watch(now, leg);
    }

    /// A probe was answered, or (408) was not.
    pub(super) fn probed(&mut self, now: Time, leg: usize, code: u16) {
        if code < 200 {
            return;
        }
        let found = &mut self.legs[leg];
        found.probe = None;
        let call = found.call;
        if is_gone(code) && self.call_in(call, CallState::Up) {
            self.end_call(now, call, None, 408);
        }
    }
}
