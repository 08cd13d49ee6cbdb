//! The nonce counts already used, in bounded memory.

use crate::time::Time;
use std::collections::HashMap;
use std::time::Duration;

/// How many nonces are remembered at once; further ones are answered "stale".
const MAX_NONCES: usize = 1 << 20;

/// The last count of a nonce and the request that used it.
#[derive(Clone, Copy)]
struct Used {
    count: u32,
    request: u64,
}

/// Counts of the nonces seen in this lifetime and the one before; older nonces are refused by age.
pub(super) struct Counts {
    lifetime: Duration,
    since: Time,
    current: HashMap<[u8; 16], Used>,
    previous: HashMap<[u8; 16], Used>,
}

impl Counts {
    pub(super) fn new(lifetime: Duration) -> Counts {
        Counts {
            lifetime,
            since: Time::default(),
            current: HashMap::new(),
            previous: HashMap::new(),
        }
    }

    /// True when `count` is higher than all before, or when the very same request comes again.
    pub(super) fn take(&mut self, nonce: [u8; 16], count: u32, request: u64, now: Time) -> bool {
        self.forget_old(now);
        if let Some(used) = self.previous.remove(&nonce) {
            self.current.insert(nonce, used);
        }
        if let Some(used) = self.current.get_mut(&nonce) {
            if count == used.count {
                return request == used.request;
            }
            let is_higher = count > used.count;
            if is_higher {
                *used = Used { count, request };
            }
            return is_higher;
        }
        let has_room = self.current.len() < MAX_NONCES;
        if has_room {
            self.current.insert(nonce, Used { count, request });
        }
        has_room
    }

    fn forget_old(&mut self, now: Time) {
        let age = now.since(self.since);
        if age < self.lifetime {
            return;
        }
        self.previous = std::mem::take(&mut self.current);
        if age >= self.lifetime * 2 {
            self.previous.clear();
        }
        self.since = now;
    }
}
