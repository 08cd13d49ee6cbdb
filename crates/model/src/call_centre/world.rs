//! An engine that only plays: it does what the queue says, and complains of everything that no engine could do.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{
    Action, AgentState, CallCentreSettings, CallId, Event, Hours, NoAnswer, OfferId, OtherCall,
    Queue, QueueRecord, Seat,
};
use crate::{Timestamp, UserId};

pub(super) fn agent(nth: usize) -> UserId {
    UserId(Uuid::from_u128(u128::try_from(nth).unwrap() + 1))
}

/// Where a caller is, in the engine's eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Waiting,
    Talking(UserId, OfferId),
    Gone,
}

pub(super) struct World {
    pub(super) queue: Queue,
    pub(super) settings: CallCentreSettings,
    pub(super) now: Timestamp,
    pub(super) lines: BTreeMap<CallId, Line>,
    pub(super) offers: BTreeMap<OfferId, (CallId, UserId)>,
    pub(super) past_offers: BTreeMap<OfferId, CallId>,
    offered_to: BTreeMap<OfferId, UserId>,
    pub(super) records: BTreeMap<CallId, QueueRecord>,
    pub(super) agents: Vec<Seat>,
}

impl World {
    /// A call centre with so many agents, all available.
    pub(super) fn with(settings: CallCentreSettings, agents: usize) -> Self {
        let seats: Vec<_> = (0..agents)
            .map(|nth| Seat {
                state: AgentState::Available,
                weight: 10,
                ..Seat::new(agent(nth), Timestamp(0))
            })
            .collect();
        Self {
            queue: Queue::new(settings.clone(), seats.clone(), 1),
            settings,
            now: Timestamp(0),
            lines: BTreeMap::new(),
            offers: BTreeMap::new(),
            past_offers: BTreeMap::new(),
            offered_to: BTreeMap::new(),
            records: BTreeMap::new(),
            agents: seats,
        }
    }

    /// Lets time pass, with every timer of the queue on its way.
    pub(super) fn pass_s(&mut self, seconds: i64) -> Vec<Action> {
        self.until(self.now.plus_seconds(seconds))
    }

    pub(super) fn until(&mut self, until: Timestamp) -> Vec<Action> {
        let mut all = Vec::new();
        while let Some(next) = self.queue.next_timeout().filter(|next| *next <= until) {
            assert!(next > self.now, "a timer that does not move");
            self.now = next;
            all.extend(self.tell(Event::Timer));
        }
        self.now = until;
        all
    }

    /// Somebody calls.
    pub(super) fn call(&mut self, id: u64) -> Vec<Action> {
        self.call_at(id, Hours::Open)
    }

    pub(super) fn call_at(&mut self, id: u64, hours: Hours) -> Vec<Action> {
        let call = CallId(id);
        self.lines.insert(call, Line::Waiting);
        self.tell(Event::Arrived { call, hours })
    }

    pub(super) fn hang_up(&mut self, call: CallId) -> Vec<Action> {
        self.lines.insert(call, Line::Gone);
        self.tell(Event::Ended { call })
    }

    pub(super) fn tell_announcement_over(&mut self, call: CallId) -> Vec<Action> {
        self.tell(Event::AnnouncementOver { call })
    }

    /// The phone of an agent that rings is answered.
    pub(super) fn answer(&mut self, nth: usize) -> Vec<Action> {
        let (offer, call) = self.rung(nth).expect("the phone does not ring");
        self.answer_offer(call, offer)
    }

    pub(super) fn answer_offer(&mut self, call: CallId, offer: OfferId) -> Vec<Action> {
        if let Some((call, agent)) = self.offers.remove(&offer) {
            self.lines.insert(call, Line::Talking(agent, offer));
        }
        self.tell(Event::Answered { call, offer })
    }

    /// An agent has answered in the moment in which the offer was taken back: who waits is connected all the same.
    pub(super) fn answer_late(&mut self, call: CallId, offer: OfferId) -> Vec<Action> {
        let Some(&agent) = self.offered_to.get(&offer) else {
            return Vec::new();
        };
        let waits = self.lines[&call] == Line::Waiting;
        let leaves = !self.queue.wall().waiting.iter().any(|w| w.call == call);
        let talks = |line: &Line| matches!(line, Line::Talking(other, _) if *other == agent);
        if waits && !leaves && !self.lines.values().any(talks) {
            self.lines.insert(call, Line::Talking(agent, offer));
        }
        self.tell(Event::Answered { call, offer })
    }

    pub(super) fn decline(&mut self, nth: usize, why: NoAnswer) -> Vec<Action> {
        let (offer, call) = self.rung(nth).expect("the phone does not ring");
        self.offers.remove(&offer);
        self.tell(Event::NotAnswered { call, offer, why })
    }

    /// The caller's phone could not be connected with the agent's.
    pub(super) fn fail_to_connect(&mut self, call: CallId, offer: OfferId) -> Vec<Action> {
        self.lines.insert(call, Line::Waiting);
        self.offered_to.remove(&offer);
        let why = NoAnswer::Failed;
        self.tell(Event::NotAnswered { call, offer, why })
    }

    pub(super) fn rung(&self, nth: usize) -> Option<(OfferId, CallId)> {
        let mut offers = self.offers.iter();
        let found = offers.find(|(_, (_, who))| *who == agent(nth));
        found.map(|(offer, (call, _))| (*offer, *call))
    }

    pub(super) fn set(&mut self, nth: usize, state: AgentState) -> Vec<Action> {
        self.agents[nth].state = state.clone();
        let agent = agent(nth);
        self.tell(Event::AgentSet { agent, state })
    }

    pub(super) fn reach(
        &mut self,
        nth: usize,
        is_active: bool,
        is_undisturbed: bool,
    ) -> Vec<Action> {
        self.agents[nth].is_active = is_active;
        self.agents[nth].is_undisturbed = is_undisturbed;
        self.tell(Event::AgentReach {
            agent: agent(nth),
            is_active,
            is_undisturbed,
        })
    }

    pub(super) fn other_call(&mut self, nth: usize, call: OtherCall, begins: bool) -> Vec<Action> {
        let count = match call {
            OtherCall::Personal => &mut self.agents[nth].personal_calls,
            OtherCall::OtherQueue => &mut self.agents[nth].other_queue_calls,
        };
        *count = if begins {
            *count + 1
        } else {
            count.saturating_sub(1)
        };
        let agent = agent(nth);
        self.tell(if begins {
            Event::OtherCallBegan { agent, call }
        } else {
            Event::OtherCallEnded { agent, call }
        })
    }

    /// Gives the queue an event, does what it says and looks at everything that has to hold.
    pub(super) fn tell(&mut self, event: Event) -> Vec<Action> {
        let actions = self.queue.handle(self.now, event);
        let mut sent_off = BTreeSet::new();
        let mut recorded = BTreeSet::new();
        for action in &actions {
            self.act(action, &mut sent_off, &mut recorded);
        }
        assert!(
            sent_off.is_subset(&recorded),
            "sent off and not written down"
        );
        self.look();
        actions
    }

    fn act(
        &mut self,
        action: &Action,
        sent_off: &mut BTreeSet<CallId>,
        recorded: &mut BTreeSet<CallId>,
    ) {
        match action {
            Action::Play { call, .. } => assert_eq!(self.lines[call], Line::Waiting),
            Action::Offer {
                call, offer, agent, ..
            } => self.ring(*call, *offer, *agent),
            Action::Withdraw { offer, .. } => {
                self.offers.remove(offer);
            }
            Action::Transfer { call, .. } | Action::Busy { call } | Action::Release { call } => {
                assert_eq!(self.lines[call], Line::Waiting, "{action:?}");
                self.lines.insert(*call, Line::Gone);
                sent_off.insert(*call);
            }
            Action::State { agent, state } => {
                let seat = self.agents.iter_mut().find(|seat| seat.agent == *agent);
                seat.unwrap().state = state.clone();
            }
            Action::Record(record) => {
                assert_eq!(self.lines[&record.call], Line::Gone, "{record:?}");
                recorded.insert(record.call);
                let before = self.records.insert(record.call, (**record).clone());
                assert_eq!(before, None, "written down twice");
            }
        }
    }

    fn ring(&mut self, call: CallId, offer: OfferId, agent: UserId) {
        assert_eq!(self.lines[&call], Line::Waiting);
        assert!(!self.occupied().contains(&agent), "in two calls: {agent}");
        let seat = self.agents.iter().find(|seat| seat.agent == agent).unwrap();
        let personal = self.settings.personal_calls_are_busy && seat.personal_calls > 0;
        assert_eq!(seat.state, AgentState::Available);
        assert!(
            seat.is_active && !seat.is_undisturbed && !personal,
            "{seat:?}"
        );
        assert_eq!(seat.other_queue_calls, 0);
        let before = self.past_offers.insert(offer, call);
        assert_eq!(before, None, "an offer is used once");
        self.offers.insert(offer, (call, agent));
        self.offered_to.insert(offer, agent);
    }

    fn occupied(&self) -> Vec<UserId> {
        let rung = self.offers.values().map(|(_, agent)| *agent);
        let talking = self.lines.values().filter_map(|line| match line {
            Line::Talking(agent, _) => Some(*agent),
            Line::Waiting | Line::Gone => None,
        });
        rung.chain(talking).collect()
    }

    fn look(&self) {
        let occupied = self.occupied();
        let once: BTreeSet<_> = occupied.iter().collect();
        assert_eq!(once.len(), occupied.len(), "an agent in two calls");
        assert!(self.queue.next_timeout().is_none_or(|next| next > self.now));
        for (call, line) in &self.lines {
            let is_over = self.records.contains_key(call);
            assert_eq!(is_over, *line == Line::Gone, "{call:?} {line:?}");
        }
        let wall = self.queue.wall();
        let waits = wall.waiting.iter().filter(|call| call.rung.is_empty());
        if waits.count() > 0 {
            self.nobody_is_idle(&occupied);
        }
    }

    /// Nobody waits while somebody could take the call.
    fn nobody_is_idle(&self, occupied: &[UserId]) {
        for seat in self.queue.seats() {
            let is_resting = seat.rests_until.is_some_and(|until| until > self.now);
            let takes = seat.takes_calls(self.settings.personal_calls_are_busy);
            let is_free = takes && !is_resting && !occupied.contains(&seat.agent);
            assert!(!is_free, "somebody waits, and {seat:?} is free");
        }
    }
}
