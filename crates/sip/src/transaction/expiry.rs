//! What happens when a timer comes up, or a connection is lost.

use super::state::{Kind, State, Timer};
use super::{Event, Transactions};
use crate::flow::Flow;
use crate::time::Time;

impl Transactions {
    /// When [`Transactions::timeout`] has something to do.
    pub fn next_timeout(&mut self) -> Option<Time> {
        let transactions = &self.transactions;
        self.timers.next(|at, (index, generation, timer)| {
            let transaction = transactions
                .get(*index)
                .filter(|t| t.generation == *generation);
            transaction.is_some_and(|t| t.deadline(*timer) == Some(at))
        })
    }

    /// Runs all due timers until one makes an event; call it until it gives `None`.
    pub fn timeout(&mut self, now: Time) -> Option<Event> {
        while let Some((at, (index, generation, timer))) = self.timers.due(now) {
            let transaction = self
                .transactions
                .get(index)
                .filter(|t| t.generation == generation);
            if transaction.is_none_or(|t| t.deadline(timer) != Some(at)) {
                continue;
            }
            match timer {
                Timer::Retransmit => self.retransmit(index, at),
                Timer::Expire => {
                    if let Some(event) = self.expire(index) {
                        return Some(event);
                    }
                }
            }
        }
        None
    }

    fn retransmit(&mut self, index: usize, at: Time) {
        let t2 = self.intervals.t2;
        let transaction = &mut self.transactions[index];
        transaction.interval = match (transaction.kind, transaction.state) {
            (Kind::InviteClient, _) => transaction.interval * 2, // A
            (Kind::OtherClient, State::Proceeding) => t2,        // E
            _ => (transaction.interval * 2).min(t2),             // E, G
        };
        let next = at + transaction.interval;
        self.resend_packet(index);
        self.arm(index, Timer::Retransmit, next);
    }

    fn expire(&mut self, index: usize) -> Option<Event> {
        let transaction = &self.transactions[index];
        let is_unanswered = transaction.is_client() && transaction.state.is_open();
        let event = Event::Timeout {
            id: self.id(index),
            user: transaction.user,
        };
        self.remove(index);
        is_unanswered.then_some(event)
    }

    /// Ends the transactions on a connection that is lost; gives those that wait for a response.
    pub fn flow_lost(&mut self, flow: Flow) -> Vec<Event> {
        let Some(connection) = flow.transport.connection() else {
            return Vec::new();
        };
        let all = (connection, 0)..=(connection, usize::MAX);
        let lost: Vec<usize> = self.on_connection.range(all).map(|(_, at)| *at).collect();
        lost.into_iter()
            .filter_map(|index| self.expire(index))
            .collect()
    }
}
