//! Calls of an agent's own, as the engine tells of them: in every call centre whose agent it is.

use super::Desks;

impl Desks {
    /// A login has begun to be in calls of its own, or is in none any more. Where nobody knows it any more, the engine need
    /// not tell.
    pub(super) async fn own_calls(&mut self, login: &str) {
        let known = self.desks.iter();
        let known = known.filter_map(|(id, desk)| Some((*id, desk.agent_at(login)?)));
        let known: Vec<_> = known.collect();
        if known.is_empty() {
            return self.orders.forget(login);
        }
        let is_talking = self.orders.watch(login);
        for (id, agent) in known {
            self.at(id, async |desk, desks| {
                desk.own_calls(desks, agent, is_talking).await
            })
            .await;
        }
    }
}
