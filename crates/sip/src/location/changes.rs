//! What happened to the registrations and is not stored yet: the newest state of each contact.

use super::binding::{Binding, Registration};
use crate::lock;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Why a registration is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// The phone took its leave.
    Unregistered,
    /// The phone did not come back in time.
    Expired,
    /// Another contact took its place: the same device elsewhere, or one too many.
    Replaced,
    /// Its login details were renewed, or its user deleted.
    Dropped,
}

/// One change, with the device as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// New or refreshed.
    Registered(Registration),
    /// Over.
    Ended(Registration, End),
}

impl Change {
    /// The contact it is about.
    #[must_use]
    pub fn registration(&self) -> &Registration {
        match self {
            Change::Registered(registration) | Change::Ended(registration, _) => registration,
        }
    }
}

type Key = (Box<str>, Box<str>);

/// The queue; a contact that changes twice is kept once, in its newest state and at its newest place.
#[derive(Default)]
pub struct Changes(Mutex<Queue>);

#[derive(Default)]
struct Queue {
    number: u64,
    by_contact: BTreeMap<Key, u64>,
    in_order: BTreeMap<u64, Change>,
}

impl Changes {
    /// Takes at most `limit` changes, oldest first.
    pub fn take(&self, limit: usize) -> Vec<Change> {
        let mut queue = lock(&self.0);
        let mut out = Vec::new();
        while out.len() < limit {
            let Some((_, change)) = queue.in_order.pop_first() else {
                break;
            };
            queue.by_contact.remove(&key(&change));
            out.push(change);
        }
        out
    }

    /// Puts back what could not be stored; whatever happened meanwhile to the same contact is newer and stays.
    pub fn put_back(&self, changes: Vec<Change>) {
        let mut queue = lock(&self.0);
        let first = queue
            .in_order
            .first_key_value()
            .map_or(queue.number, |(number, _)| *number);
        let start = first.saturating_sub(changes.len() as u64);
        for (number, change) in (start..).zip(changes) {
            if let std::collections::btree_map::Entry::Vacant(entry) =
                queue.by_contact.entry(key(&change))
            {
                entry.insert(number);
                queue.in_order.insert(number, change);
            }
        }
    }

    /// How many wait.
    #[must_use]
    pub fn len(&self) -> usize {
        lock(&self.0).in_order.len()
    }

    /// True when everything is stored.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn add(&self, login: &str, binding: &Binding) {
        self.push(Change::Registered(Registration {
            login: login.to_owned(),
            binding: binding.clone(),
        }));
    }

    pub(super) fn add_end(&self, login: &str, binding: Binding, end: End) {
        self.push(Change::Ended(
            Registration {
                login: login.to_owned(),
                binding,
            },
            end,
        ));
    }

    fn push(&self, change: Change) {
        let mut queue = lock(&self.0);
        // Starts high enough for `put_back` to find smaller numbers.
        queue.number = queue.number.max(1 << 32) + 1;
        let number = queue.number;
        if let Some(older) = queue.by_contact.insert(key(&change), number) {
            queue.in_order.remove(&older);
        }
        queue.in_order.insert(number, change);
    }
}

fn key(change: &Change) -> Key {
    let registration = change.registration();
    (
        registration.login.as_str().into(),
        registration.binding.contact.clone(),
    )
}
