//! Timers as data: a queue of moments, asked by whoever owns the clock.

use crate::time::Time;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Timers of one kind; a timer that no longer matters is recognised by its owner when it comes up.
pub(crate) struct Timers<T: Ord>(BinaryHeap<Reverse<(Time, T)>>);

impl<T: Ord> Default for Timers<T> {
    fn default() -> Self {
        Timers(BinaryHeap::new())
    }
}

impl<T: Ord> Timers<T> {
    pub(crate) fn add(&mut self, at: Time, timer: T) {
        self.0.push(Reverse((at, timer)));
    }

    /// The next moment at which a timer comes up that `is_current`; those before it that are not are dropped.
    pub(crate) fn next(&mut self, is_current: impl Fn(Time, &T) -> bool) -> Option<Time> {
        while let Some(Reverse((at, timer))) = self.0.peek() {
            if is_current(*at, timer) {
                return Some(*at);
            }
            self.0.pop();
        }
        None
    }

    /// One timer that is due.
    pub(crate) fn due(&mut self, now: Time) -> Option<(Time, T)> {
        if self.0.peek()?.0.0 > now {
            return None;
        }
        self.0.pop().map(|Reverse(entry)| entry)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}
