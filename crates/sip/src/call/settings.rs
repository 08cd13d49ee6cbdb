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
    /// How often a phone in a call is asked whether it is still there.
    pub probe_every: Duration,
    /// The way to the telephone network.
    pub trunk: Option<Arc<Trunk>>,
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
        }
    }
}
