//! The only place that reads a clock.

use crate::time::Time;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Wall time at the start, carried on by the monotonic clock: it never jumps.
pub(super) struct Clock {
    started: Instant,
    started_unix_ms: u64,
}

impl Clock {
    pub(super) fn start() -> Clock {
        let since_epoch = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let ms = u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX);
        Clock {
            started: Instant::now(),
            started_unix_ms: ms,
        }
    }

    pub(super) fn now(&self) -> Time {
        Time::from_unix_ms(self.started_unix_ms) + self.started.elapsed()
    }
}
