//! What a wallboard shows of the queue at a moment.

use super::{AgentState, CallId, Queue, Seat, waiting::Phase};
use crate::{Timestamp, UserId};

/// The queue at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WallView {
    /// Who waits, the next one first.
    pub waiting: Vec<WallCall>,
    /// Who talks to an agent.
    pub talking: Vec<WallTalk>,
    /// The agents, in the order of the list.
    pub agents: Vec<WallAgent>,
}

/// A call that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WallCall {
    /// Which call.
    pub call: CallId,
    /// Since when.
    pub since: Timestamp,
    /// Whether an agent has not taken it.
    pub has_bounced: bool,
    /// Who is rung for it.
    pub rung: Vec<UserId>,
}

/// A call that an agent has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WallTalk {
    /// Which call.
    pub call: CallId,
    /// When it came.
    pub since: Timestamp,
    /// Who has taken it.
    pub agent: UserId,
    /// When.
    pub answered_at: Timestamp,
}

/// An agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WallAgent {
    /// Who.
    pub agent: UserId,
    /// What the agent says to be doing.
    pub state: AgentState,
    /// Since when.
    pub since: Timestamp,
    /// What the phone is doing.
    pub deed: AgentDeed,
}

/// What an agent's phone is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentDeed {
    /// Nothing.
    Idle,
    /// It rings for a call of the queue.
    Rung,
    /// The agent talks to a caller of the queue.
    Talking,
    /// The agent is on another call.
    OnOtherCall,
}

impl Queue {
    /// What a wallboard shows.
    #[must_use]
    pub fn wall(&self) -> WallView {
        let waiting = self.in_order().into_iter().map(|at| {
            let call = &self.calls[at];
            WallCall {
                call: call.id,
                since: call.entered_at,
                has_bounced: call.bounced_since.is_some(),
                rung: call.offers().iter().map(|offer| offer.agent).collect(),
            }
        });
        let talking = self.calls.iter().filter_map(|call| {
            let (agent, answered_at) = call.answered?;
            Some(WallTalk {
                call: call.id,
                since: call.entered_at,
                agent,
                answered_at,
            })
        });
        let agents = self.seats.iter().map(|seat| WallAgent {
            agent: seat.agent,
            state: seat.state.clone(),
            since: seat.since,
            deed: self.deed(seat),
        });
        WallView {
            waiting: waiting.collect(),
            talking: talking.collect(),
            agents: agents.collect(),
        }
    }

    fn deed(&self, seat: &Seat) -> AgentDeed {
        let own = self
            .calls
            .iter()
            .find(|call| call.agents().any(|agent| agent == seat.agent));
        match own.map(|call| &call.phase) {
            Some(Phase::Talking { .. }) => AgentDeed::Talking,
            Some(Phase::Queued { .. } | Phase::Leaving { .. }) => AgentDeed::Rung,
            None if seat.personal_calls > 0 || seat.other_queue_calls > 0 => AgentDeed::OnOtherCall,
            None => AgentDeed::Idle,
        }
    }
}
