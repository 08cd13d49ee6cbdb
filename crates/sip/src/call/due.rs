//! What comes up when.

use super::Engine;
use super::leg::LegState;
use crate::time::Time;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// The offer of this call ends.
    Ring(usize),
    /// The 2xx of this leg (place, random) is due again.
    Accepted(usize, u64),
    /// The reliable provisional response of this leg (place, random) is due again.
    Reliable(usize, u64),
    /// An INVITE of this leg (place, random) met another one and is sent again.
    Again(usize, u64),
    /// The session of this leg (place, random) wants to be refreshed, or ends.
    Watch(usize, u64),
    /// The call parked here returns, or is released.
    Parked(usize),
    /// This call ends by itself.
    End(usize),
}

impl Engine {
    /// Runs everything that is due.
    pub fn timeout(&mut self, now: Time) {
        self.handling = None;
        while let Some(event) = self.transactions.timeout(now) {
            self.expired(now, &event);
        }
        while let Some((at, timer)) = self.timers.due(now) {
            match timer {
                Timer::Ring(call) => self.ring_ended(now, at, call),
                Timer::Accepted(leg, random) => self.repeat_accepted(now, at, leg, random),
                Timer::Reliable(leg, random) => self.repeat_reliable(now, at, leg, random),
                Timer::Again(leg, random) => self.try_again(now, at, leg, random),
                Timer::Watch(leg, random) => self.watched(now, at, leg, random),
                Timer::Parked(call) => self.recall_due(now, at, call),
                Timer::End(call) => self.end_due(now, at, call),
            }
        }
    }

    /// When [`Engine::timeout`] has something to do.
    pub fn next_timeout(&mut self) -> Option<Time> {
        let (calls, legs) = (&self.calls, &self.legs);
        let own = self.timers.next(|at, timer| match timer {
            Timer::Ring(call) => calls
                .get(*call)
                .is_some_and(|call| call.ring_end == Some(at)),
            Timer::Accepted(leg, random) => legs
                .get(*leg)
                .is_some_and(|leg| leg.random == *random && leg.is_unacknowledged()),
            Timer::Reliable(leg, random) => legs.get(*leg).is_some_and(|leg| {
                let reliable = leg.reliable.as_ref();
                leg.random == *random && reliable.is_some_and(|reliable| reliable.is_due(at))
            }),
            Timer::Again(leg, random) => legs.get(*leg).is_some_and(|leg| {
                let again = leg.again.as_ref();
                leg.random == *random && again.is_some_and(|again| again.at == at)
            }),
            Timer::Watch(leg, random) => legs.get(*leg).is_some_and(|leg| {
                leg.random == *random && leg.session.next == Some(at) && leg.state == LegState::Up
            }),
            Timer::Parked(call) => calls.get(*call).is_some_and(|call| call.is_recalled(at)),
            Timer::End(call) => calls
                .get(*call)
                .is_some_and(|call| call.ends_at == Some(at)),
        });
        self.transactions
            .next_timeout()
            .into_iter()
            .chain(own)
            .min()
    }
}
