//! A call in a call centre: waiting, offered, talking or on the way out, and its way so far.

use super::{CallId, Cause, Departure, NoAnswer, OfferId, QueueRecord, Step, StepKind};
use crate::{Timestamp, UserId};

/// An agent who is rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) id: OfferId,
    pub(super) agent: UserId,
    /// The offer comes back by itself then.
    pub(super) until: Timestamp,
}

/// Where a call is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Waits; the agents who are rung for it, nobody or one, or all with the simultaneous policy.
    Queued { offers: Vec<Offer> },
    /// Talks to an agent.
    Talking { agent: UserId, offer: OfferId },
    /// Hears ringing or an announcement until the end, or until this moment at the latest.
    Leaving {
        until: Timestamp,
        departure: Departure,
    },
}

/// So many offers are remembered after they were taken back.
const MOST_PAST: usize = 8;

/// A call that has not left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct QueuedCall {
    pub(super) id: CallId,
    pub(super) entered_at: Timestamp,
    pub(super) phase: Phase,
    pub(super) comfort_at: Option<Timestamp>,
    /// When it was offered first, once an offer has come back.
    pub(super) bounced_since: Option<Timestamp>,
    /// Who has not taken it since everybody free was asked last.
    pub(super) declined_by: Vec<UserId>,
    /// Offers that were taken back, the last [`MOST_PAST`]: one of them may be answered in that very moment.
    past: Vec<Offer>,
    first_offer_at: Option<Timestamp>,
    pub(super) answered: Option<(UserId, Timestamp)>,
    offers: u32,
    bounces: u32,
    steps: Vec<Step>,
}

impl QueuedCall {
    pub(super) fn new(id: CallId, entered_at: Timestamp) -> Self {
        Self {
            id,
            entered_at,
            phase: Phase::Queued { offers: Vec::new() },
            comfort_at: None,
            bounced_since: None,
            declined_by: Vec::new(),
            past: Vec::new(),
            first_offer_at: None,
            answered: None,
            offers: 0,
            bounces: 0,
            steps: Vec::new(),
        }
    }

    /// Bounced calls first, of these the one that was offered first; then by the time they came.
    pub(super) fn place(&self) -> (bool, Timestamp, CallId) {
        let since = self.bounced_since.unwrap_or(self.entered_at);
        (self.bounced_since.is_none(), since, self.id)
    }

    pub(super) fn is_queued(&self) -> bool {
        matches!(self.phase, Phase::Queued { .. })
    }

    /// Whether nobody is rung for it at this moment.
    pub(super) fn is_idle(&self) -> bool {
        self.is_queued() && self.offers().is_empty()
    }

    pub(super) fn offers(&self) -> &[Offer] {
        match &self.phase {
            Phase::Queued { offers } => offers,
            Phase::Talking { .. } | Phase::Leaving { .. } => &[],
        }
    }

    /// Everybody whom the call occupies.
    pub(super) fn agents(&self) -> impl Iterator<Item = UserId> {
        let talking = match self.phase {
            Phase::Talking { agent, .. } => Some(agent),
            Phase::Queued { .. } | Phase::Leaving { .. } => None,
        };
        let rung = self.offers().iter().map(|offer| offer.agent);
        rung.chain(talking)
    }

    /// The offer that an agent has answered, in time or in the moment in which it was taken back.
    pub(super) fn answerable(&self, id: OfferId) -> Option<Offer> {
        let known = self.offers().iter().chain(&self.past);
        let found = known.copied().find(|offer| offer.id == id);
        found.filter(|_| self.is_queued())
    }

    pub(super) fn offered(&mut self, now: Timestamp, offer: Offer) {
        if let Phase::Queued { offers } = &mut self.phase {
            offers.push(offer);
        }
        self.first_offer_at.get_or_insert(now);
        self.offers += 1;
        self.note(now, StepKind::Offered(offer.agent));
    }

    /// Takes back an offer; the call has bounced when nobody else is rung for it.
    pub(super) fn bounced(&mut self, now: Timestamp, offer: Offer, why: NoAnswer) {
        if let Phase::Queued { offers } = &mut self.phase {
            offers.retain(|other| other.id != offer.id);
            self.remember(offer);
        } else {
            self.phase = Phase::Queued { offers: Vec::new() };
            self.answered = None;
        }
        self.declined_by.push(offer.agent);
        self.note(now, StepKind::Bounced(offer.agent, why));
        if self.offers().is_empty() {
            self.bounces += 1;
            self.bounced_since = self.first_offer_at;
        }
    }

    /// Connects the call; gives back the other offers.
    pub(super) fn connected(&mut self, now: Timestamp, offer: Offer) -> Vec<Offer> {
        let (agent, id) = (offer.agent, offer.id);
        let phase = std::mem::replace(&mut self.phase, Phase::Talking { agent, offer: id });
        self.answered = Some((agent, now));
        self.declined_by.clear();
        self.past.retain(|offer| offer.id != id);
        self.note(now, StepKind::Answered(agent));
        let others: Vec<_> = match phase {
            Phase::Queued { offers } => offers.into_iter().filter(|o| o.id != id).collect(),
            Phase::Talking { .. } | Phase::Leaving { .. } => Vec::new(),
        };
        for other in &others {
            self.remember(*other);
        }
        others
    }

    fn remember(&mut self, offer: Offer) {
        self.past.truncate(MOST_PAST - 1);
        self.past.insert(0, offer);
    }

    /// How the call leaves when it ends where it is.
    pub(super) fn departure(&self) -> Departure {
        match self.phase {
            Phase::Queued { .. } => Departure::Abandoned,
            Phase::Talking { .. } => Departure::Talked,
            Phase::Leaving { departure, .. } => departure,
        }
    }

    pub(super) fn record(self, now: Timestamp, departure: Departure) -> QueueRecord {
        QueueRecord {
            call: self.id,
            entered_at: self.entered_at,
            answered: self.answered,
            left_at: now,
            departure,
            offers: self.offers,
            bounces: self.bounces,
            steps: self.steps,
        }
    }

    fn note(&mut self, at: Timestamp, kind: StepKind) {
        if self.steps.len() < QueueRecord::MOST_STEPS {
            self.steps.push(Step { at, kind });
        }
    }
}

/// What becomes of a call that no agent takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Exit {
    pub(super) to: ExitTo,
    pub(super) cause: Cause,
}

/// Where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ExitTo {
    Busy,
    Transfer(crate::ForwardTarget),
    RingOn,
    Announcement,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(id: u64, entered_s: i64, bounced_s: Option<i64>) -> QueuedCall {
        let mut call = QueuedCall::new(CallId(id), Timestamp(entered_s * 1000));
        if let Some(offered_s) = bounced_s {
            let at = Timestamp(offered_s * 1000);
            let offer = Offer {
                id: OfferId(id),
                agent: UserId(uuid::Uuid::nil()),
                until: at,
            };
            call.offered(at, offer);
            call.bounced(at.plus_seconds(12), offer, NoAnswer::NoAnswer);
        }
        call
    }

    #[test]
    fn g4_bounced_calls_come_first_the_oldest_offer_before_the_others_whenever_they_came() {
        let mut calls = [
            call(1, 0, None),
            call(2, 5, Some(30)),
            call(3, 6, Some(20)),
            call(4, 1, None),
        ];
        calls.sort_by_key(QueuedCall::place);
        assert_eq!(calls.map(|call| call.id.0), [3, 2, 1, 4]);
    }
}
