//! Bounds of the calls of one shard.

use crate::transaction::Intervals;
use crate::trunk::Trunk;
use std::sync::Arc;
use std::time::Duration;

/// Settings of one engine.
#[derive(Clone, Debug)]
pub struct CallSettings {
    /// Number of this shard.
    pub shard: u8,
    /// Base times of the transactions.
    pub intervals: Intervals,
    /// Calls at once; further ones get 503.
    pub max_calls: usize,
    /// Calls one login may make at once; further ones get 486, unless the directory says they are never limited. Twice as
    /// many may ask the directory.
    pub max_calls_per_login: usize,
    /// Transactions at once; beyond it new calls get 503.
    pub max_transactions: usize,
    /// How often a phone without session timers is asked whether it is still there.
    pub probe_every: Duration,
    /// The way to the telephone network.
    pub trunk: Option<Arc<Trunk>>,
    /// The session interval we propose, and the longest we agree to, seconds (RFC 4028 §4).
    pub session_expires: u32,
    /// A shorter one is refused, seconds; 90 at least (RFC 4028 §5).
    pub min_session_expires: u32,
}

impl Default for CallSettings {
    fn default() -> Self {
        CallSettings {
            shard: 0,
            intervals: Intervals::default(),
            max_calls: 20_000,
            max_calls_per_login: 4,
            max_transactions: 200_000,
            probe_every: Duration::from_secs(180),
            trunk: None,
            session_expires: 1800,
            min_session_expires: 90,
        }
    }
}
