//! Timers as data: a queue of moments, asked by whoever owns the clock.

use crate::time::Time;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Timers of one kind; a timer that no longer matters is recognised by its owner when it comes up.
pub(crate) struct Timers<T: Ord> {
    queue: BinaryHeap<Reverse<(Time, T)>>,
    /// How many there may be before those that no longer matter are looked for: a call of a minute leaves some that
    /// would come up in half an hour.
    most: usize,
}

/// So few are not worth a look.
const FEW: usize = 64;

impl<T: Ord> Default for Timers<T> {
    fn default() -> Self {
        Timers {
            queue: BinaryHeap::new(),
            most: FEW,
        }
    }
}

impl<T: Ord> Timers<T> {
    pub(crate) fn add(&mut self, at: Time, timer: T) {
        self.queue.push(Reverse((at, timer)));
    }

    /// The next moment at which a timer comes up that `is_current`; those before it that are not are dropped.
    pub(crate) fn next(&mut self, is_current: impl Fn(Time, &T) -> bool) -> Option<Time> {
        if self.queue.len() > self.most {
            self.queue
                .retain(|Reverse((at, timer))| is_current(*at, timer));
            // Twice as many may come together: each timer is looked at a few times in all.
            self.most = (2 * self.queue.len()).max(FEW);
            self.queue.shrink_to(2 * self.most);
        }
        while let Some(Reverse((at, timer))) = self.queue.peek() {
            if is_current(*at, timer) {
                return Some(*at);
            }
            self.queue.pop();
        }
        None
    }

    /// One timer that is due.
    pub(crate) fn due(&mut self, now: Time) -> Option<(Time, T)> {
        if self.queue.peek()?.0.0 > now {
            return None;
        }
        self.queue.pop().map(|Reverse(entry)| entry)
    }

    pub(crate) fn len(&self) -> usize {
        self.queue.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_that_no_longer_matter_do_not_pile_up() {
        let (mut timers, soon) = (Timers::default(), Time::from_unix_ms(5));
        timers.add(soon, 0);
        for number in 1..=20_000 {
            timers.add(Time::from_unix_ms(900_000), number);
            assert_eq!(timers.next(|_, timer| *timer == 0), Some(soon));
            assert!(timers.len() <= FEW + 1, "{} timers", timers.len());
        }
    }
}
