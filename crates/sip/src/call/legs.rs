//! All legs of one shard, and which of them lead to whose phones.

use super::leg::Leg;
use slab::Slab;
use smallvec::SmallVec;
use std::collections::HashMap;
use std::ops::{Deref, DerefMut};

/// Legs by their place; a login's are found without looking at all.
#[derive(Default)]
pub(super) struct Legs {
    all: Slab<Leg>,
    by_login: HashMap<Box<str>, SmallVec<[usize; 2]>>,
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
        let leg = self.all.remove(place);
        self.forget(place, leg.login.as_deref());
        leg
    }

    pub(super) fn try_remove(&mut self, place: usize) -> Option<Leg> {
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
