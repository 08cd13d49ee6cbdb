//! All legs of one shard, which of them lead to whose phones, and who is in a call of their own.

use super::leg::Leg;
use crate::own_calls::OwnCalls;
use slab::Slab;
use smallvec::SmallVec;
use std::collections::{HashMap, VecDeque};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// Legs by their place; a login's are found without looking at all.
#[derive(Default)]
pub(super) struct Legs {
    all: Slab<Leg>,
    by_login: HashMap<Box<str>, SmallVec<[usize; 2]>>,
    own_calls: Arc<OwnCalls>,
    /// Watched logins whose first own call has begun, or whose last one is over.
    told: VecDeque<Box<str>>,
}

impl Legs {
    pub(super) fn insert(&mut self, leg: Leg) -> usize {
        let login = leg.login.clone();
        let place = self.all.insert(leg);
        if let Some(login) = login {
            self.by_login.entry(login).or_default().push(place);
        }
        place
    }

    pub(super) fn remove(&mut self, place: usize) -> Leg {
        self.count(place, false);
        let leg = self.all.remove(place);
        self.forget(place, leg.login.as_deref());
        leg
    }

    pub(super) fn try_remove(&mut self, place: usize) -> Option<Leg> {
        self.count(place, false);
        let leg = self.all.try_remove(place)?;
        self.forget(place, leg.login.as_deref());
        Some(leg)
    }

    /// The legs to phones of this login.
    pub(super) fn of(&self, login: &str) -> &[usize] {
        self.by_login.get(login).map_or(&[], |legs| &legs[..])
    }

    /// How many logins have a leg.
    pub(super) fn logins(&self) -> usize {
        self.by_login.len()
    }

    /// Own calls are counted here from now on.
    pub(super) fn share(&mut self, own_calls: Arc<OwnCalls>) {
        self.own_calls = own_calls;
    }

    /// How many logins are in calls of their own, in all shards.
    pub(super) fn in_own_calls(&self) -> usize {
        self.own_calls.len()
    }

    /// The next watched login whose own calls have begun or are over.
    pub(super) fn poll_told(&mut self) -> Option<Box<str>> {
        self.told.pop_front()
    }

    /// Whether this leg is a call of its login's own from now on.
    pub(super) fn count(&mut self, place: usize, is_own: bool) {
        let found = self.all.get_mut(place);
        let Some(leg) = found.filter(|leg| leg.is_own_call != is_own) else {
            return;
        };
        let Some(login) = &leg.login else { return };
        leg.is_own_call = is_own;
        let is_told = if is_own {
            self.own_calls.begun(login)
        } else {
            self.own_calls.ended(login)
        };
        if is_told {
            self.told.push_back(login.clone());
        }
    }

    fn forget(&mut self, place: usize, login: Option<&str>) {
        let Some(login) = login else { return };
        if let Some(legs) = self.by_login.get_mut(login) {
            legs.retain(|leg| *leg != place);
            if legs.is_empty() {
                self.by_login.remove(login);
            }
        }
    }
}

impl Deref for Legs {
    type Target = Slab<Leg>;
    fn deref(&self) -> &Slab<Leg> {
        &self.all
    }
}

impl DerefMut for Legs {
    fn deref_mut(&mut self) -> &mut Slab<Leg> {
        &mut self.all
    }
}
