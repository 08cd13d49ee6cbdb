//! What happens to a queue, event by event.

use super::{Queue, Turn};
use crate::{
    Timestamp, UserId,
    call_centre::{
        Action, AgentState, CallCentreSettings, CallId, Cause, Departure, Event, Hours, NoAnswer,
        OfferId, OtherCall, Seat, Sound,
        waiting::{Exit, ExitTo, Offer, Phase, QueuedCall},
    },
};

impl Queue {
    pub(super) fn take(&mut self, turn: &mut Turn, event: Event) {
        match event {
            Event::Arrived { call, hours } => self.arrived(turn, call, hours),
            Event::Ended { call } => self.ended(turn, call),
            Event::Answered { call, offer } => self.answered(turn, call, offer),
            Event::NotAnswered { call, offer, why } => self.not_answered(turn, call, offer, why),
            Event::AnnouncementOver { call } => self.announcement_over(turn, call),
            Event::AgentSet { agent, state } => self.agent_set(turn.now, agent, state),
            Event::AgentReach {
                agent,
                is_active,
                is_undisturbed,
            } => {
                if let Some(seat) = self.seat(agent) {
                    seat.is_active = is_active;
                    seat.is_undisturbed = is_undisturbed;
                }
            }
            Event::OtherCallBegan { agent, call } => self.other_call(agent, call, true),
            Event::OtherCallEnded { agent, call } => self.other_call(agent, call, false),
            Event::Changed { settings, seats } => self.changed(*settings, seats),
            Event::Closed => self.closed(turn),
            Event::Timer => {}
        }
    }

    fn arrived(&mut self, turn: &mut Turn, id: CallId, hours: Hours) {
        if self.call(id).is_some() {
            return;
        }
        let waiting = self.calls.iter().filter(|call| call.is_idle()).count();
        let finds_somebody = waiting == 0 && !self.free(turn.now).is_empty();
        let is_full = waiting >= usize::from(self.settings.queue_length) && !finds_somebody;
        self.calls.push(QueuedCall::new(id, turn.now));
        let exit = match hours {
            Hours::Closed => Some(self.out_of_hours(Cause::OutOfHours)),
            Hours::Holiday => Some(self.out_of_hours(Cause::Holiday)),
            Hours::Open if self.nobody_is_there() => self.stranded(),
            Hours::Open => None,
        };
        match exit {
            Some(exit) => self.exit(turn, id, exit),
            None if is_full => self.exit(turn, id, self.overflow(Cause::Full)),
            None => self.enter(turn, id),
        }
    }

    fn enter(&mut self, turn: &mut Turn, id: CallId) {
        let comfort_at = self.next_comfort(turn.now);
        if let Some(call) = self.call(id) {
            call.comfort_at = comfort_at;
        }
        self.play(turn, id, Sound::Entrance);
    }

    fn ended(&mut self, turn: &mut Turn, id: CallId) {
        let Some(call) = self.call(id) else { return };
        let departure = call.departure();
        self.leave(turn, id, departure);
    }

    fn answered(&mut self, turn: &mut Turn, id: CallId, offer: OfferId) {
        let call = self.calls.iter().find(|call| call.id == id);
        let answered = call.and_then(|call| call.answerable(offer));
        let Some(offer) = answered.filter(|offer| !self.is_talking(offer.agent)) else {
            self.refuse_late(turn, id, offer);
            return;
        };
        self.take_back_others(turn, id, offer.agent);
        let now = turn.now;
        let others = self.call(id).map(|call| call.connected(now, offer));
        for other in others.into_iter().flatten() {
            turn.withdraw(id, other.id);
        }
        self.last_taken = Some(offer.agent);
        if let Some(seat) = self.seat(offer.agent) {
            seat.bounces = 0;
        }
    }

    fn is_talking(&self, who: UserId) -> bool {
        let mut calls = self.calls.iter();
        calls.any(|call| matches!(call.phase, Phase::Talking { agent, .. } if agent == who))
    }

    /// Who has answered one call is not rung for another.
    fn take_back_others(&mut self, turn: &mut Turn, answered: CallId, agent: UserId) {
        for call in self.calls.iter_mut().filter(|call| call.id != answered) {
            let mut offers = call.offers().iter();
            if let Some(offer) = offers.find(|offer| offer.agent == agent).copied() {
                turn.withdraw(call.id, offer.id);
                call.bounced(turn.now, offer, NoAnswer::Gone);
            }
        }
    }

    /// An agent who answers what was taken back is released; who is told twice stays.
    fn refuse_late(&mut self, turn: &mut Turn, id: CallId, late: OfferId) {
        let phase = self.call(id).map(|call| &call.phase);
        let is_known = matches!(phase, Some(Phase::Talking { offer, .. }) if *offer == late);
        if !is_known {
            turn.withdraw(id, late);
        }
    }

    fn not_answered(&mut self, turn: &mut Turn, id: CallId, offer: OfferId, why: NoAnswer) {
        let Some(call) = self.call(id) else { return };
        let known = match &call.phase {
            Phase::Queued { offers } => offers.iter().find(|known| known.id == offer).copied(),
            Phase::Talking { agent, offer: own } if *own == offer => Some(Offer {
                id: offer,
                agent: *agent,
                until: turn.now,
            }),
            Phase::Talking { .. } | Phase::Leaving { .. } => None,
        };
        if let Some(offer) = known {
            call.bounced(turn.now, offer, why);
            self.count_bounce(turn, offer.agent, why);
        }
    }

    fn announcement_over(&mut self, turn: &mut Turn, id: CallId) {
        let phase = self.call(id).map(|call| &call.phase);
        if let Some(Phase::Leaving { departure, .. }) = phase
            && !matches!(departure, Departure::RangOn(_))
        {
            let departure = *departure;
            turn.out.push(Action::Release { call: id });
            self.leave(turn, id, departure);
        }
    }

    fn agent_set(&mut self, now: Timestamp, agent: UserId, state: AgentState) {
        if let Some(seat) = self.seat(agent) {
            seat.state = state;
            seat.since = now;
            seat.bounces = 0;
        }
    }

    fn other_call(&mut self, agent: UserId, call: OtherCall, has_begun: bool) {
        let Some(seat) = self.seat(agent) else { return };
        let count = match call {
            OtherCall::Personal => &mut seat.personal_calls,
            OtherCall::OtherQueue => &mut seat.other_queue_calls,
        };
        *count = if has_begun {
            count.saturating_add(1)
        } else {
            count.saturating_sub(1)
        };
    }

    fn changed(&mut self, settings: CallCentreSettings, seats: Vec<Seat>) {
        let mut before = std::mem::take(&mut self.seats);
        let kept = |mut new: Seat| {
            if let Some(at) = before.iter().position(|seat| seat.agent == new.agent) {
                let old = before.swap_remove(at);
                new = Seat {
                    weight: new.weight,
                    is_active: new.is_active,
                    is_undisturbed: new.is_undisturbed,
                    ..old
                };
            }
            new
        };
        self.seats = seats.into_iter().map(kept).collect();
        self.settings = settings;
    }

    fn closed(&mut self, turn: &mut Turn) {
        for id in self.queued() {
            let cause = Cause::Deleted;
            let to = ExitTo::Busy;
            self.exit(turn, id, Exit { to, cause });
        }
        self.seats.clear();
    }
}
