//! Calls of the agents' own, in one call centre.

use model::{UserId, call_centre::OtherCall};

use super::{Desk, Desks};
use crate::Result;

impl Desk {
    /// Whose phone logs in there.
    pub(in super::super) fn agent_at(&self, login: &str) -> Option<UserId> {
        let mut logins = self.logins.iter();
        let found = logins.find(|(_, known)| known.as_str() == login);
        found.map(|(agent, _)| *agent)
    }

    /// An agent is in calls of their own, or in none any more.
    pub(in super::super) async fn own_calls(
        &mut self,
        desks: &mut Desks,
        agent: UserId,
        is_talking: bool,
    ) -> Result<()> {
        let mut seats = self.queue.seats().iter();
        let known = seats.find(|seat| seat.agent == agent);
        if known.is_none_or(|seat| (seat.personal_calls > 0) == is_talking) {
            return Ok(());
        }
        let call = OtherCall::Personal;
        self.other_call(desks, agent, call, is_talking).await
    }
}
