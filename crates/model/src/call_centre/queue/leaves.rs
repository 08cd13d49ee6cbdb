//! How a call leaves a queue.

use super::{Queue, Turn};
use crate::{
    UserId,
    call_centre::{
        Action, AgentState, CallId, Cause, Departure, OutOfHours, OverflowTo, Sound, Stranded,
        waiting::{Exit, ExitTo, Phase},
    },
};

/// An announcement that ends a call is over by then.
const ANNOUNCEMENT_S: i64 = 120;
/// Nobody is left ringing for longer.
const RING_ON_S: i64 = 3600;

impl Queue {
    pub(super) fn out_of_hours(&self, cause: Cause) -> Exit {
        let to = match &self.settings.out_of_hours {
            OutOfHours::Busy => ExitTo::Busy,
            OutOfHours::Transfer(to) => ExitTo::Transfer(to.clone()),
            OutOfHours::Announcement => ExitTo::Announcement,
        };
        Exit { to, cause }
    }

    pub(super) fn stranded(&self) -> Option<Exit> {
        let cause = Cause::Stranded;
        let to = match &self.settings.stranded {
            Stranded::Wait => return None,
            Stranded::Busy => ExitTo::Busy,
            Stranded::Transfer(to) => ExitTo::Transfer(to.clone()),
            Stranded::NightService => return Some(self.out_of_hours(cause)),
            Stranded::Announcement => ExitTo::Announcement,
        };
        Some(Exit { to, cause })
    }

    pub(super) fn overflow(&self, cause: Cause) -> Exit {
        let to = match &self.settings.overflow.to {
            OverflowTo::Busy => ExitTo::Busy,
            OverflowTo::Transfer(to) => ExitTo::Transfer(to.clone()),
            OverflowTo::RingOn => ExitTo::RingOn,
        };
        Exit { to, cause }
    }

    pub(super) fn exit(&mut self, turn: &mut Turn, id: CallId, exit: Exit) {
        self.take_back_offers(turn, id);
        let cause = exit.cause;
        match exit.to {
            ExitTo::Busy => {
                turn.out.push(Action::Busy { call: id });
                self.leave(turn, id, Departure::Busy(cause));
            }
            ExitTo::Transfer(to) => {
                turn.out.push(Action::Transfer { call: id, to });
                self.leave(turn, id, Departure::Transferred(cause));
            }
            ExitTo::RingOn => {
                let departure = Departure::RangOn(cause);
                self.let_hear(turn, id, departure, Sound::Ringing, RING_ON_S);
            }
            ExitTo::Announcement => {
                let sound = match cause {
                    Cause::OutOfHours | Cause::Deleted => Sound::Closed,
                    Cause::Holiday => Sound::Holiday,
                    Cause::Stranded
                    | Cause::Full
                    | Cause::WaitedTooLong
                    | Cause::AllBusy
                    | Cause::NoAnswer
                    | Cause::Unreachable
                    | Cause::GroupBusy => Sound::NobodyThere,
                };
                let departure = Departure::Announced(cause);
                self.let_hear(turn, id, departure, sound, ANNOUNCEMENT_S);
            }
        }
    }

    fn let_hear(&mut self, turn: &mut Turn, id: CallId, how: Departure, sound: Sound, s: i64) {
        let until = turn.now.plus_seconds(s);
        if let Some(call) = self.call(id) {
            let departure = how;
            call.phase = Phase::Leaving { until, departure };
        }
        let sounds = vec![sound];
        turn.out.push(Action::Play { call: id, sounds });
    }

    fn take_back_offers(&mut self, turn: &mut Turn, id: CallId) {
        if let Some(call) = self.call(id)
            && let Phase::Queued { offers } = &mut call.phase
        {
            for offer in offers.drain(..) {
                turn.withdraw(id, offer.id);
            }
        }
    }

    /// The call is gone; whom it occupied is free, after a rest.
    pub(super) fn leave(&mut self, turn: &mut Turn, id: CallId, departure: Departure) {
        self.take_back_offers(turn, id);
        let Some(at) = self.calls.iter().position(|call| call.id == id) else {
            return;
        };
        let call = self.calls.remove(at);
        if let Phase::Talking { agent, .. } = call.phase {
            self.rest_after_call(turn, agent);
        }
        let record = call.record(turn.now, departure);
        turn.out.push(Action::Record(Box::new(record)));
    }

    fn rest_after_call(&mut self, turn: &mut Turn, agent: UserId) {
        let (guard, wrap_up) = (self.settings.guard_s, self.settings.wrap_up_s);
        let now = turn.now;
        let Some(seat) = self.seat(agent) else { return };
        seat.last_call_at = Some(now);
        seat.rest(now, guard.unwrap_or(0));
        if let (AgentState::Available, Some(seconds)) = (&seat.state, wrap_up) {
            let until = Some(now.plus_seconds(seconds.into()));
            turn.state(seat, AgentState::WrapUp { until });
        }
    }
}
