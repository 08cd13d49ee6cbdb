//! How late packets go out.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper ends of the buckets, milliseconds; one more for everything later.
pub const LATE_MS: [u64; 6] = [1, 2, 5, 10, 20, 50];

/// Packets sent, by how late they were.
#[derive(Default, Debug)]
pub struct Timeliness([AtomicU64; LATE_MS.len() + 1]);

impl Timeliness {
    pub(crate) fn note(&self, late: Duration) {
        let is_within = |end: &u64| late <= Duration::from_millis(*end);
        let bucket = LATE_MS.iter().position(is_within).unwrap_or(LATE_MS.len());
        self.0[bucket].fetch_add(1, Ordering::Relaxed);
    }

    /// Packets in each bucket so far, the last one beyond all ends.
    #[must_use]
    pub fn read(&self) -> [u64; LATE_MS.len() + 1] {
        std::array::from_fn(|at| self.0[at].load(Ordering::Relaxed))
    }
}
