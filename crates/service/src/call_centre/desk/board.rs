//! What wallboards show of the calls: written by the desk, read by whoever watches.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use model::{Timestamp, UserId, VirtualUserId, call_centre::AgentDeed};

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingCaller {
    /// Who calls, as phones are shown it.
    pub caller: String,
    /// Since when.
    pub since: Timestamp,
    /// Whether an agent has not taken the call.
    pub has_bounced: bool,
    /// Who is rung.
    pub rung: Vec<UserId>,
}

/// Somebody who talks to an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TalkingCaller {
    /// Who calls, as phones are shown it.
    pub caller: String,
    /// When the call came.
    pub since: Timestamp,
    /// Who has taken it.
    pub agent: UserId,
    /// When.
    pub answered_at: Timestamp,
}

/// What is known of a call centre's calls at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LiveWall {
    /// Who waits, the next one first.
    pub waiting: Vec<WaitingCaller>,
    /// Who talks.
    pub talking: Vec<TalkingCaller>,
    /// What agents' phones do.
    pub deeds: Vec<(UserId, AgentDeed)>,
}

/// What one agent sees of a call centre's calls: how many wait, and the own call; nobody else's (R4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnQueue {
    /// How many wait.
    pub waiting: usize,
    /// Since when the next one waits.
    pub next_since: Option<Timestamp>,
    /// The call that rings at the agent, or in which the agent talks.
    pub call: Option<OwnCall>,
}

/// An agent's own call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCall {
    /// Who calls, as phones are shown it.
    pub caller: String,
    /// Since when.
    pub since: Timestamp,
    /// When the agent has taken it; `None` while it rings.
    pub answered_at: Option<Timestamp>,
}

impl LiveWall {
    fn of_agent(&self, agent: UserId) -> OwnQueue {
        let mut talking = self.talking.iter();
        let talks = talking.find(|call| call.agent == agent);
        let talks = talks.map(|call| OwnCall {
            caller: call.caller.clone(),
            since: call.since,
            answered_at: Some(call.answered_at),
        });
        let mut waiting = self.waiting.iter();
        let rings = waiting.find(|call| call.rung.contains(&agent));
        let rings = rings.map(|call| OwnCall {
            caller: call.caller.clone(),
            since: call.since,
            answered_at: None,
        });
        OwnQueue {
            waiting: self.waiting.len(),
            next_since: self.waiting.first().map(|call| call.since),
            call: talks.or(rings),
        }
    }
}

/// The walls of all call centres that had calls since the start.
#[derive(Default)]
pub struct Board(Mutex<HashMap<VirtualUserId, LiveWall>>);

impl Board {
    /// The wall of a call centre; an empty one while it had no calls.
    #[must_use]
    pub fn get(&self, id: VirtualUserId) -> LiveWall {
        let walls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        walls.get(&id).cloned().unwrap_or_default()
    }

    /// What an agent sees of a call centre.
    #[must_use]
    pub fn of_agent(&self, id: VirtualUserId, agent: UserId) -> OwnQueue {
        let walls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        walls
            .get(&id)
            .map(|wall| wall.of_agent(agent))
            .unwrap_or_default()
    }

    pub(super) fn put(&self, id: VirtualUserId, wall: LiveWall) {
        let mut walls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        walls.insert(id, wall);
    }

    pub(super) fn remove(&self, id: VirtualUserId) {
        let mut walls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        walls.remove(&id);
    }
}
