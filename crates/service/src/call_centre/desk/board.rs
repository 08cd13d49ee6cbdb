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

/// What is known of a call centre's calls at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LiveWall {
    /// Who waits, the next one first.
    pub waiting: Vec<WaitingCaller>,
    /// What agents' phones do.
    pub deeds: Vec<(UserId, AgentDeed)>,
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

    pub(super) fn put(&self, id: VirtualUserId, wall: LiveWall) {
        let mut walls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        walls.insert(id, wall);
    }

    pub(super) fn remove(&self, id: VirtualUserId) {
        let mut walls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        walls.remove(&id);
    }
}
