//! The queue of a call centre: takes what happens and the time, and gives out what is to be done.
//!
//! | a call \ event | `Ended` | `Answered` | `NotAnswered` | too long | nobody signed in |
//! |---|---|---|---|---|---|
//! | waits | leaves: abandoned | – | – | overflows | stranded |
//! | is offered | leaves: abandoned | talks | waits, at the head | goes on ringing | stranded |
//! | talks | leaves: talked | – | waits, at the head | – | – |
//! | hears the end | leaves | – | – | – | – |
//!
//! An answer in the moment in which its offer was taken back counts as long as the call waits; what else is not in the
//! table comes too late, and is answered by taking the offer back. Whoever feeds it calls it with
//! `Timer` at `next_timeout`; after each event nothing is left that could have been done at that moment.

mod follows;
mod happens;
mod leaves;

use std::collections::HashSet;

use super::{
    Action, AgentState, CallCentreSettings, CallId, Event, OfferId, Seat, Sound,
    waiting::{Phase, QueuedCall},
};
use crate::{Timestamp, UserId, draws::Draws};

/// A call centre at work.
#[derive(Clone, Debug)]
pub struct Queue {
    settings: CallCentreSettings,
    pub(super) seats: Vec<Seat>,
    pub(super) calls: Vec<QueuedCall>,
    last_taken: Option<UserId>,
    next_offer: u64,
    draws: Draws,
}

/// One moment of the queue: when it is, and what came of it.
struct Turn {
    now: Timestamp,
    out: Vec<Action>,
}

impl Queue {
    /// A queue without calls; whom the weighted policy draws follows from `seed`.
    #[must_use]
    pub fn new(settings: CallCentreSettings, seats: Vec<Seat>, seed: u64) -> Self {
        Self {
            settings,
            seats,
            calls: Vec::new(),
            last_taken: None,
            next_offer: 1,
            draws: Draws::new(seed),
        }
    }

    /// Takes what has happened; gives out what is to be done, in this order.
    pub fn handle(&mut self, now: Timestamp, event: Event) -> Vec<Action> {
        let mut turn = Turn {
            now,
            out: Vec::new(),
        };
        self.take(&mut turn, event);
        self.settle(&mut turn);
        turn.out
    }

    /// When `Timer` is to come next.
    #[must_use]
    pub fn next_timeout(&self) -> Option<Timestamp> {
        let calls = self.calls.iter().flat_map(|call| self.deadlines(call));
        let wrap_ups = self.seats.iter().filter_map(|seat| match seat.state {
            AgentState::WrapUp { until } => until,
            AgentState::SignedIn
            | AgentState::SignedOut
            | AgentState::Available
            | AgentState::Unavailable { .. } => None,
        });
        let rests = self.seats.iter().filter_map(|seat| seat.rests_until);
        calls.chain(wrap_ups).chain(rests).min()
    }

    /// Whether no call is left in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    /// The agents, in the order of the list.
    #[must_use]
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    fn deadlines(&self, call: &QueuedCall) -> Vec<Timestamp> {
        match &call.phase {
            Phase::Queued { offers } => {
                let rung = offers.iter().map(|offer| offer.until);
                let overflow = offers.is_empty().then(|| self.overflows_at(call));
                let other = [call.comfort_at, overflow.flatten()];
                rung.chain(other.into_iter().flatten()).collect()
            }
            Phase::Talking { .. } => Vec::new(),
            Phase::Leaving { until, .. } => vec![*until],
        }
    }

    fn overflows_at(&self, call: &QueuedCall) -> Option<Timestamp> {
        let after = self.settings.overflow.after_s?;
        Some(call.entered_at.plus_seconds(after.into()))
    }
}

/// What is known.
impl Queue {
    fn call(&mut self, id: CallId) -> Option<&mut QueuedCall> {
        self.calls.iter_mut().find(|call| call.id == id)
    }

    fn seat(&mut self, agent: UserId) -> Option<&mut Seat> {
        self.seats.iter_mut().find(|seat| seat.agent == agent)
    }

    fn nobody_is_there(&self) -> bool {
        !self.seats.iter().any(Seat::is_there)
    }

    /// Who waits or is offered, the next first: places in the list of calls.
    pub(super) fn in_order(&self) -> Vec<usize> {
        let queued = (0..self.calls.len()).filter(|at| self.calls[*at].is_queued());
        let mut order: Vec<_> = queued.collect();
        order.sort_by_key(|at| self.calls[*at].place());
        order
    }

    fn queued(&self) -> Vec<CallId> {
        let order = self.in_order().into_iter();
        order.map(|at| self.calls[at].id).collect()
    }

    /// Who can be offered a call at this moment: places in the list of seats, in its order.
    fn free(&self, now: Timestamp) -> Vec<usize> {
        let occupied: HashSet<_> = self.calls.iter().flat_map(QueuedCall::agents).collect();
        let personal = self.settings.personal_calls_are_busy;
        let is_free = |seat: &Seat| {
            seat.takes_calls(personal) && !seat.rests(now) && !occupied.contains(&seat.agent)
        };
        let seats = self.seats.iter().enumerate();
        seats
            .filter(|(_, seat)| is_free(seat))
            .map(|(at, _)| at)
            .collect()
    }

    fn next_comfort(&self, now: Timestamp) -> Option<Timestamp> {
        let every = self.settings.comfort_every_s?;
        Some(now.plus_seconds(every.max(1).into()))
    }

    fn play(&self, turn: &mut Turn, id: CallId, sound: Sound) {
        let mut sounds = vec![sound];
        let place = self.queued().iter().position(|call| *call == id);
        if self.settings.tells_position
            && let Some(place) = place
        {
            let place = u16::try_from(place + 1).unwrap_or(u16::MAX);
            sounds.push(Sound::Position(place));
        }
        turn.out.push(Action::Play { call: id, sounds });
    }
}

impl Turn {
    fn withdraw(&mut self, call: CallId, offer: OfferId) {
        self.out.push(Action::Withdraw { call, offer });
    }

    fn state(&mut self, seat: &mut Seat, state: AgentState) {
        seat.state = state.clone();
        seat.since = self.now;
        let agent = seat.agent;
        self.out.push(Action::State { agent, state });
    }
}
