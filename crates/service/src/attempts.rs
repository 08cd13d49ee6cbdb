//! Wrong passwords: after a few, a source has to wait before it may try the same name again.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use model::Timestamp;

use crate::{Error, Result};

/// Wrong passwords that cost nothing.
const FREE: u32 = 5;
/// The longest wait, in seconds.
const LONGEST_S: i64 = 900;
/// How many sources and names are remembered.
const REMEMBERED: usize = 10_000;

/// Which source tried which name; the name need not exist.
type Key = (IpAddr, String);

/// Wrong passwords per source and name, kept in memory.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<HashMap<Key, Failures>>);

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    wait_until: Timestamp,
}

impl Attempts {
    /// Fails while the source has to wait.
    pub(crate) fn check(&self, source: IpAddr, name: &str, now: Timestamp) -> Result<()> {
        let failures = self.lock().get(&(source, name.to_owned())).copied();
        match failures {
            Some(f) if f.count >= FREE && f.wait_until > now => {
                let retry_after_s = (f.wait_until.0 - now.0 + 999) / 1000;
                Err(Error::TooManyAttempts { retry_after_s })
            }
            _ => Ok(()),
        }
    }

    /// Notes a wrong password: from the sixth on the wait doubles, beginning with 10 seconds.
    pub(crate) fn failed(&self, source: IpAddr, name: &str, now: Timestamp) {
        let mut failures = self.lock();
        if failures.len() >= REMEMBERED {
            failures.retain(|_, f| f.wait_until > now);
        }
        if failures.len() >= REMEMBERED {
            failures.clear();
        }
        let entry = failures.entry((source, name.to_owned()));
        let entry = entry.or_insert(Failures {
            count: 0,
            wait_until: now,
        });
        entry.count = entry.count.saturating_add(1);
        let doublings = entry.count.saturating_sub(FREE).min(10);
        entry.wait_until = now.plus_seconds((10 << doublings).min(LONGEST_S));
    }

    /// Forgets the wrong passwords before a right one.
    pub(crate) fn succeeded(&self, source: IpAddr, name: &str) {
        self.lock().remove(&(source, name.to_owned()));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Failures>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn after_five_wrong_passwords_the_source_waits_and_others_do_not() {
        let attempts = Attempts::default();
        let now = Timestamp(0);
        for _ in 0..FREE {
            assert!(attempts.check(SOURCE, "anna", now).is_ok());
            attempts.failed(SOURCE, "anna", now);
        }
        let waits = attempts.check(SOURCE, "anna", now);
        assert!(
            matches!(waits, Err(Error::TooManyAttempts { retry_after_s: 10 })),
            "{waits:?}"
        );
        assert!(attempts.check(SOURCE, "ben", now).is_ok());
        assert!(
            attempts
                .check("192.0.2.1".parse().unwrap(), "anna", now)
                .is_ok()
        );
        assert!(attempts.check(SOURCE, "anna", now.plus_seconds(10)).is_ok());
    }

    #[test]
    fn memory_is_bounded() {
        let attempts = Attempts::default();
        for n in 0..REMEMBERED * 2 {
            attempts.failed(SOURCE, &n.to_string(), Timestamp(0));
        }
        assert!(attempts.lock().len() <= REMEMBERED);
    }
}
