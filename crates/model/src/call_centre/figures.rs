//! The figures of a day: what the wallboard and the history say in numbers.

use super::{Departure, QueueRecord};

/// Calls of a period, counted. Waiting is that until the answer, or until leaving.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Calls that came.
    pub entered: u32,
    /// Calls that somebody of the group has taken.
    pub answered: u32,
    /// Callers who hung up while waiting.
    pub abandoned: u32,
    /// Calls that went elsewhere, were refused, were told "busy" or heard an announcement.
    pub turned_away: u32,
    /// Offers that came back.
    pub bounces: u32,
    /// Milliseconds of waiting of all who waited: answered or abandoned.
    pub waited_ms: i64,
    /// The longest of these.
    pub longest_ms: i64,
    /// Milliseconds of talking.
    pub talked_ms: i64,
    /// Calls answered within the service level.
    pub in_time: u32,
}

impl Figures {
    /// Counts one call more; `within_s` is the service level.
    pub fn count(&mut self, record: &QueueRecord, within_s: u16) {
        self.entered += 1;
        self.bounces += record.bounces;
        let waited = record.waited_ms();
        match record.departure {
            Departure::Talked => {
                self.answered += 1;
                self.talked_ms += record.talked_ms();
                self.in_time += u32::from(waited <= i64::from(within_s) * 1000);
            }
            Departure::Abandoned => self.abandoned += 1,
            Departure::Busy(_)
            | Departure::Transferred(_)
            | Departure::RangOn(_)
            | Departure::Announced(_)
            | Departure::Refused(_) => {
                self.turned_away += 1;
                return;
            }
        }
        self.waited_ms += waited;
        self.longest_ms = self.longest_ms.max(waited);
    }

    /// Milliseconds that one who was answered or hung up has waited, on average.
    #[must_use]
    pub fn average_wait_ms(&self) -> Option<i64> {
        let waited = i64::from(self.answered + self.abandoned);
        (waited > 0).then(|| self.waited_ms / waited)
    }

    /// Per cent of the calls, answered or abandoned, that were answered in time.
    #[must_use]
    pub fn service_level(&self) -> Option<u32> {
        let all = self.answered + self.abandoned;
        (all > 0).then(|| self.in_time * 100 / all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Timestamp, UserId,
        call_centre::{CallId, Cause},
    };

    fn record(answered_s: Option<i64>, left_s: i64, departure: Departure) -> QueueRecord {
        let agent = UserId(uuid::Uuid::nil());
        QueueRecord {
            call: CallId(1),
            entered_at: Timestamp(0),
            answered: answered_s.map(|s| (agent, Timestamp(s * 1000))),
            left_at: Timestamp(left_s * 1000),
            departure,
            offers: 1,
            bounces: 1,
            steps: Vec::new(),
        }
    }

    #[test]
    fn g4_the_service_level_counts_who_was_answered_in_time_among_those_who_waited() {
        let mut figures = Figures::default();
        assert_eq!(figures.service_level(), None);
        figures.count(&record(Some(20), 50, Departure::Talked), 20);
        figures.count(&record(Some(21), 50, Departure::Talked), 20);
        figures.count(&record(None, 39, Departure::Abandoned), 20);
        figures.count(&record(None, 900, Departure::Busy(Cause::Full)), 20);
        assert_eq!(figures.service_level(), Some(33));
        assert_eq!(figures.average_wait_ms(), Some(80_000 / 3));
        assert_eq!(figures.longest_ms, 39_000);
        assert_eq!((figures.entered, figures.turned_away), (4, 1));
    }
}
