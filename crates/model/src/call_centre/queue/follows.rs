//! What follows of itself after each event: offers, bounced calls, overflow, comfort.

use super::{Queue, Turn};
use crate::{
    HuntPolicy, RING_S, UserId,
    call_centre::{
        Action, AgentState, Cause, NoAnswer, OfferId, Sound,
        choice::choose,
        waiting::{Offer, Phase, QueuedCall},
    },
};

/// Who could not be rung at all is not offered the next call at once.
const RETRY_S: u8 = 10;

impl Queue {
    pub(super) fn settle(&mut self, turn: &mut Turn) {
        self.end_rests(turn);
        self.end_offers(turn);
        if self.nobody_is_there()
            && let Some(exit) = self.stranded()
        {
            for id in self.queued() {
                self.exit(turn, id, exit.clone());
            }
        }
        self.hand_out(turn);
        self.overflow_those_due(turn);
        self.end_leaving(turn);
        self.comfort(turn);
    }

    fn end_rests(&mut self, turn: &mut Turn) {
        let now = turn.now;
        for seat in &mut self.seats {
            seat.rests_until = seat.rests_until.filter(|until| now < *until);
            if let AgentState::WrapUp { until: Some(until) } = seat.state
                && until <= now
            {
                turn.state(seat, AgentState::Available);
            }
        }
    }

    /// Takes back what has rung long enough, and what rings at somebody who takes no calls any more.
    fn end_offers(&mut self, turn: &mut Turn) {
        let mut over = Vec::new();
        for call in &self.calls {
            for offer in call.offers() {
                let seat = self.seats.iter().find(|seat| seat.agent == offer.agent);
                let personal = self.settings.personal_calls_are_busy;
                if !seat.is_some_and(|seat| seat.takes_calls(personal)) {
                    over.push((call.id, *offer, NoAnswer::Gone));
                } else if offer.until <= turn.now {
                    over.push((call.id, *offer, NoAnswer::NoAnswer));
                }
            }
        }
        for (id, offer, why) in over {
            turn.withdraw(id, offer.id);
            if let Some(call) = self.call(id) {
                call.bounced(turn.now, offer, why);
            }
            self.count_bounce(turn, offer.agent, why);
        }
    }

    pub(super) fn count_bounce(&mut self, turn: &mut Turn, agent: UserId, why: NoAnswer) {
        let guard = self.settings.guard_s.unwrap_or(0);
        let most = self.settings.unavailable_after_bounces;
        let code = self.settings.codes.unasked();
        let now = turn.now;
        let Some(seat) = self.seat(agent) else { return };
        match why {
            NoAnswer::Gone => return,
            NoAnswer::NoAnswer => seat.rest(now, guard),
            NoAnswer::Busy | NoAnswer::Unreachable | NoAnswer::Failed => {
                seat.rest(now, guard.max(RETRY_S));
            }
        }
        seat.bounces = seat.bounces.saturating_add(1);
        let is_enough = most.is_some_and(|most| seat.bounces >= most);
        if is_enough && seat.state == AgentState::Available {
            seat.bounces = 0;
            turn.state(seat, AgentState::Unavailable { code });
        }
    }

    /// Offers calls to agents for as long as there are both.
    fn hand_out(&mut self, turn: &mut Turn) {
        let mut free = self.free(turn.now);
        for at in self.in_order() {
            if free.is_empty() {
                return;
            }
            let is_simultaneous = self.settings.policy == HuntPolicy::Simultaneous;
            if !is_simultaneous && !self.calls[at].is_idle() {
                continue;
            }
            let asked = self.not_asked_yet(at, &free);
            let policy = self.settings.policy;
            let (seats, last, draws) = (&self.seats, self.last_taken, &mut self.draws);
            for seat in choose(policy, seats, &asked, last, draws) {
                self.offer(turn, at, seat);
                free.retain(|other| *other != seat);
            }
        }
    }

    /// Who of the free has not let this call come back since everybody was asked; everybody when all have.
    fn not_asked_yet(&mut self, at: usize, free: &[usize]) -> Vec<usize> {
        let (call, seats) = (&mut self.calls[at], &self.seats);
        let is_new = |seat: &&usize| !call.declined_by.contains(&seats[**seat].agent);
        let new: Vec<_> = free.iter().filter(is_new).copied().collect();
        if new.is_empty() && call.is_idle() {
            call.declined_by.clear();
            return free.to_vec();
        }
        new
    }

    fn offer(&mut self, turn: &mut Turn, at: usize, seat: usize) {
        let rings = self.settings.bounce_after_rings;
        let id = OfferId(self.next_offer);
        self.next_offer += 1;
        let agent = self.seats[seat].agent;
        let until = turn.now.plus_seconds(i64::from(rings) * i64::from(RING_S));
        let call = &mut self.calls[at];
        call.offered(turn.now, Offer { id, agent, until });
        turn.out.push(Action::Offer {
            call: call.id,
            offer: id,
            agent,
            rings,
        });
    }

    fn overflow_those_due(&mut self, turn: &mut Turn) {
        let is_due = |call: &&QueuedCall| {
            let at = self.overflows_at(call);
            call.is_idle() && at.is_some_and(|at| at <= turn.now)
        };
        let due: Vec<_> = self.calls.iter().filter(is_due).map(|c| c.id).collect();
        for id in due {
            self.exit(turn, id, self.overflow(Cause::WaitedTooLong));
        }
    }

    fn end_leaving(&mut self, turn: &mut Turn) {
        let over = self.calls.iter().filter_map(|call| match call.phase {
            Phase::Leaving { until, departure } if until <= turn.now => Some((call.id, departure)),
            Phase::Leaving { .. } | Phase::Queued { .. } | Phase::Talking { .. } => None,
        });
        for (id, departure) in over.collect::<Vec<_>>() {
            turn.out.push(Action::Release { call: id });
            self.leave(turn, id, departure);
        }
    }

    fn comfort(&mut self, turn: &mut Turn) {
        let next = self.next_comfort(turn.now);
        let mut due = Vec::new();
        for call in self.calls.iter_mut().filter(|call| call.is_queued()) {
            if call.comfort_at.is_some_and(|at| at <= turn.now) {
                call.comfort_at = next;
                due.push(call.id);
            }
        }
        for id in due {
            self.play(turn, id, Sound::Comfort);
        }
    }
}
