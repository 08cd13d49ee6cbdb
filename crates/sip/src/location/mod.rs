//! Where somebody is: the registered contacts of each login, in memory.
//!
//! Every change is also queued, one entry for each contact, until somebody takes it away to store it.

mod binding;
mod changes;

pub use binding::{Binding, Registration};
pub use changes::{Change, Changes, End};

use crate::lock;
use crate::time::Time;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

const SHARDS: usize = 64;

type Shard = HashMap<Box<str>, Vec<Binding>>;

/// All registrations.
pub struct Location {
    shards: Vec<Mutex<Shard>>,
    count: AtomicUsize,
    changes: Changes,
}

impl Default for Location {
    fn default() -> Self {
        Location {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            count: AtomicUsize::new(0),
            changes: Changes::default(),
        }
    }
}

impl Location {
    /// The contacts of a login that are valid now.
    #[must_use]
    pub fn get(&self, login: &str, now: Time) -> Vec<Binding> {
        let shard = lock(self.shard(login));
        let bindings = shard.get(login).map_or(&[][..], Vec::as_slice);
        bindings
            .iter()
            .filter(|binding| binding.expires > now)
            .cloned()
            .collect()
    }

    /// True when this login is registered from exactly this address.
    #[must_use]
    pub fn is_known(&self, login: &str, peer: std::net::SocketAddr, now: Time) -> bool {
        let shard = lock(self.shard(login));
        shard
            .get(login)
            .is_some_and(|all| all.iter().any(|b| b.flow.peer == peer && b.expires > now))
    }

    /// Number of contacts, expired ones included until they are swept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// True when nobody is registered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is to be stored.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Ends every registration of a login at once; gives how many there were.
    pub fn end(&self, login: &str) -> usize {
        self.update(login, |bindings, ended| {
            let count = bindings.len();
            ended.extend(bindings.drain(..).map(|binding| (binding, End::Dropped)));
            count
        })
    }

    /// Ends the registrations of a login made with other login details than this generation; all without one.
    pub fn end_others(&self, login: &str, generation: Option<u64>) -> usize {
        self.update(login, |bindings, ended| {
            let others = bindings.extract_if(.., |b| Some(b.generation) != generation);
            let before = ended.len();
            ended.extend(others.map(|binding| (binding, End::Dropped)));
            ended.len() - before
        })
    }

    /// Puts back what was stored; nothing is queued as a change.
    pub fn restore(&self, registrations: impl IntoIterator<Item = Registration>, now: Time) {
        for Registration { login, binding } in registrations {
            if binding.expires > now {
                lock(self.shard(&login))
                    .entry(login.into())
                    .or_default()
                    .push(binding);
                self.count.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Everything that is valid now.
    #[must_use]
    pub fn snapshot(&self, now: Time) -> Vec<Registration> {
        let mut out = Vec::with_capacity(self.len());
        for shard in &self.shards {
            for (login, bindings) in lock(shard).iter() {
                let valid = bindings.iter().filter(|binding| binding.expires > now);
                out.extend(valid.map(|b| Registration {
                    login: login.to_string(),
                    binding: b.clone(),
                }));
            }
        }
        out
    }

    /// Removes what expired in one part of the table; 64 calls visit all of it.
    pub fn sweep(&self, part: usize, now: Time) {
        let shard = &self.shards[part % SHARDS];
        let is_old = |bindings: &Vec<Binding>| bindings.iter().any(|b| b.expires <= now);
        let late: Vec<Box<str>> = lock(shard)
            .iter()
            .filter(|(_, b)| is_old(b))
            .map(|(login, _)| login.clone())
            .collect();
        for login in late {
            self.update(&login, |bindings, ended| {
                ended.extend(
                    bindings
                        .extract_if(.., |b| b.expires <= now)
                        .map(|b| (b, End::Expired)),
                );
            });
        }
    }

    /// Changes the contacts of one login as a whole; `change` moves removed ones into its second argument and queues new
    /// ones through [`Binding::is_changed`].
    pub(crate) fn update<T>(
        &self,
        login: &str,
        change: impl FnOnce(&mut Vec<Binding>, &mut Vec<(Binding, End)>) -> T,
    ) -> T {
        let mut shard = lock(self.shard(login));
        let mut ended = Vec::new();
        let bindings = shard.entry(login.into()).or_default();
        let before = bindings.len();
        let result = change(bindings, &mut ended);
        let after = bindings.len();
        for (binding, end) in ended {
            self.changes.add_end(login, binding, end);
        }
        for binding in bindings.iter_mut() {
            if std::mem::take(&mut binding.is_changed) {
                self.changes.add(login, binding);
            }
        }
        if bindings.is_empty() {
            shard.remove(login);
        }
        self.count.fetch_add(after, Ordering::Relaxed);
        self.count.fetch_sub(before, Ordering::Relaxed);
        result
    }

    fn shard(&self, login: &str) -> &Mutex<Shard> {
        let mut hasher = DefaultHasher::new();
        login.hash(&mut hasher);
        let at = usize::try_from(hasher.finish() % SHARDS as u64).unwrap_or(0);
        &self.shards[at]
    }
}
