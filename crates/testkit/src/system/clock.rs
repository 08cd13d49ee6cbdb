//! A clock that stands still until a test advances it.

use std::sync::atomic::{AtomicI64, Ordering};

use model::Timestamp;
use service::Clock;

/// A clock that tells what it was set to.
pub struct FakeClock(AtomicI64);

impl FakeClock {
    /// Where every test begins: 15 January 2026, 9:00 UTC.
    pub const START: Timestamp = Timestamp(1_768_467_600_000);

    /// Lets time pass.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Default for FakeClock {
    fn default() -> Self {
        Self(AtomicI64::new(Self::START.0))
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}
