//! Logins in memory: bounded, and never older than what the journal has told.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use model::{Country, EnterpriseId, Extension, PhoneNumber, SiteId, UserId};
use sip::{Login, directory::CallLimit};

/// More than this many begin anew.
const MOST: usize = 100_000;

/// A phone's account, and where its user is.
pub(super) struct Account {
    pub(super) login: Arc<Login>,
    pub(super) user: UserId,
    pub(super) site: SiteId,
    pub(super) enterprise: EnterpriseId,
    pub(super) country: Country,
    /// Calls the enterprise may have at once.
    pub(super) max_calls: u32,
    /// What emergency services see and call back.
    pub(super) emergency_number: PhoneNumber,
    pub(super) extension: Extension,
}

/// A point in the order of what was forgotten.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Moment(u64);

impl Account {
    /// What a call of this account counts against.
    pub(super) fn limit(&self) -> CallLimit {
        CallLimit {
            enterprise: self.login.enterprise,
            max_calls: usize::try_from(self.max_calls).unwrap_or(usize::MAX),
        }
    }
}

#[derive(Default)]
pub(super) struct Accounts(Mutex<Known>);

#[derive(Default)]
struct Known {
    accounts: HashMap<String, Arc<Account>>,
    moment: Moment,
}

impl Accounts {
    /// The account, or the moment to read it in.
    pub(super) fn get(&self, login: &str) -> Result<Arc<Account>, Moment> {
        let known = self.lock();
        known.accounts.get(login).cloned().ok_or(known.moment)
    }

    /// Keeps an account, unless something was forgotten since the moment it was read in: it may be old already.
    pub(super) fn insert(&self, moment: Moment, account: &Arc<Account>) {
        let mut known = self.lock();
        if known.moment != moment {
            return;
        }
        if known.accounts.len() >= MOST {
            known.accounts.clear();
        }
        known
            .accounts
            .insert(account.login.login.clone(), account.clone());
    }

    /// The login has changed or ended.
    pub(super) fn forget(&self, login: &str) {
        let mut known = self.lock();
        known.moment.0 += 1;
        known.accounts.remove(login);
    }

    /// Anything may have changed.
    pub(super) fn forget_all(&self) {
        let mut known = self.lock();
        known.moment.0 += 1;
        known.accounts.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn anna() -> Arc<Account> {
        let login = "492111234567".to_owned();
        Arc::new(Account {
            login: Arc::new(Login {
                ha1: sip::digest::Ha1::new(&login, "klinke", "secret"),
                login,
                identity: "+492111234567".to_owned(),
                display_name: "Anna Weber".to_owned(),
                enterprise: sip::directory::EnterpriseId(1),
                generation: 1,
            }),
            user: UserId(Uuid::from_u128(3)),
            site: SiteId(Uuid::from_u128(2)),
            enterprise: EnterpriseId(Uuid::from_u128(1)),
            max_calls: 500,
            emergency_number: "+492111234567".parse().unwrap(),
            country: Country::Germany,
            extension: "4567".parse().unwrap(),
        })
    }

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let (accounts, anna) = (Accounts::default(), anna());
        let login = anna.login.login.as_str();
        let early = accounts.get(login).err().unwrap();
        accounts.forget(login);
        accounts.insert(early, &anna);
        let late = accounts.get(login).err().unwrap();
        accounts.insert(late, &anna);
        assert!(accounts.get(login).is_ok());
        accounts.forget(login);
        assert!(accounts.get(login).is_err());
    }
}
