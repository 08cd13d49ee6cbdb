//! Who has taken calls of which hunt group, and when: what the order of the next call depends on (G3).
//!
//! The engine tells it in the moment of the answer, and must not wait; whose login that was is looked up for the next call.
//! After a restart it is read back from the call records.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use model::{Timestamp, UserId, VirtualUserId};
use sip::directory::HuntAnswer;
use store::Tx;
use uuid::Uuid;

use crate::Result;

/// Answered calls of all groups.
#[derive(Default)]
pub(super) struct Taken(Mutex<HashMap<VirtualUserId, OfGroup>>);

#[derive(Default)]
struct OfGroup {
    /// Not yet looked up: login, and when.
    fresh: Vec<(String, Timestamp)>,
    last: HashMap<UserId, Timestamp>,
}

impl Taken {
    /// A call was taken.
    pub(super) fn note(&self, answer: &HuntAnswer) {
        let group = VirtualUserId(Uuid::from_u128(answer.group.0));
        let at = super::keep::timestamp(answer.at);
        let mut all = self.lock();
        let fresh = &mut all.entry(group).or_default().fresh;
        fresh.push((answer.login.clone(), at));
    }

    /// When each user took a call of this group last.
    pub(super) async fn of(
        &self,
        tx: &mut dyn Tx,
        group: VirtualUserId,
    ) -> Result<HashMap<UserId, Timestamp>> {
        let fresh = match self.lock().get(&group) {
            Some(known) if known.fresh.is_empty() => return Ok(known.last.clone()),
            Some(known) => known.fresh.clone(),
            None => return Ok(HashMap::new()),
        };
        let mut found = Vec::with_capacity(fresh.len());
        for (login, at) in &fresh {
            // Whose login has ended is in no group any more.
            if let Some((user, _)) = tx.phone_login().get_by_login(login).await? {
                found.push((user, *at));
            }
        }
        let mut all = self.lock();
        let known = all.entry(group).or_default();
        known.fresh.retain(|note| !fresh.contains(note));
        for (user, at) in found {
            let last = known.last.entry(user).or_insert(at);
            *last = at.max(*last);
        }
        Ok(known.last.clone())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<VirtualUserId, OfGroup>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
