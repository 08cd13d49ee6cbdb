//! Which logins are in calls of their own, over all parts of the engine: counted by the engine, read by whoever attends.
//!
//! A login's own calls are those it makes, from the first moment, and those it has answered; not those that only ring, and
//! not those it was offered by whoever attends. Nobody is told of a login that nobody watches: counting costs a look into a
//! map when such a call begins and when it ends.

use crate::lock;
use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

/// Counts, and whom somebody watches.
#[derive(Default)]
pub struct OwnCalls(Mutex<Book>);

#[derive(Default)]
struct Book {
    calls: HashMap<Box<str>, usize>,
    watched: HashSet<Box<str>>,
}

impl OwnCalls {
    /// From now on tells when this login's calls begin and end; true when it is in one now. May be asked again and again.
    #[must_use]
    pub fn watch(&self, login: &str) -> bool {
        let mut book = lock(&self.0);
        if !book.watched.contains(login) {
            book.watched.insert(login.into());
        }
        book.calls.contains_key(login)
    }

    /// Tells nothing about this login any more.
    pub fn forget(&self, login: &str) {
        lock(&self.0).watched.remove(login);
    }

    /// How many logins are in calls of their own.
    #[must_use]
    pub fn len(&self) -> usize {
        lock(&self.0).calls.len()
    }

    /// Whether nobody is in a call of their own.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One more; true when it is the first of a login that is watched.
    pub(crate) fn begun(&self, login: &str) -> bool {
        let mut book = lock(&self.0);
        if let Some(count) = book.calls.get_mut(login) {
            *count += 1;
            return false;
        }
        book.calls.insert(login.into(), 1);
        book.watched.contains(login)
    }

    /// One less; true when it was the last of a login that is watched.
    pub(crate) fn ended(&self, login: &str) -> bool {
        let mut book = lock(&self.0);
        match book.calls.get_mut(login) {
            Some(count) if *count > 1 => {
                *count -= 1;
                false
            }
            Some(_) | None => {
                book.calls.remove(login);
                book.watched.contains(login)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_call_of_who_is_watched_are_told() {
        let calls = OwnCalls::default();
        assert!(!calls.begun("100"), "nobody watches yet");
        assert!(calls.watch("100"), "it is in a call already");
        assert!(!calls.begun("100"), "the second one");
        assert!(!calls.ended("100"));
        assert!(calls.ended("100"), "the last one");
        assert!(!calls.watch("100"));
        assert!(calls.begun("100"));
        calls.forget("100");
        assert!(!calls.ended("100"));
        assert!(calls.is_empty());
    }
}
