//! Plain counters; whoever exports them reads a snapshot.

use std::sync::atomic::{AtomicU64, Ordering};

macro_rules! counters {
    ($($(#[doc = $doc:literal])* $name:ident),* $(,)?) => {
        /// Counters of a running engine, each only rising.
        #[derive(Default)]
        pub struct Metrics {
            $($(#[doc = $doc])* pub(crate) $name: Counter,)*
        }

        /// The counters at one moment.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Counts {
            $($(#[doc = $doc])* pub $name: u64,)*
        }

        impl Metrics {
            /// Reads all counters.
            #[must_use]
            pub fn counts(&self) -> Counts {
                Counts { $($name: self.$name.get(),)* }
            }
        }
    };
}

counters! {
    /// Messages that arrived and could be read.
    received,
    /// Messages sent.
    sent,
    /// Bytes that were no SIP message.
    unreadable,
    /// Requests answered 400 or 505 because they break the grammar.
    malformed,
    /// REGISTER requests carried out.
    registered,
    /// Challenges sent (401 and 407).
    challenged,
    /// Proofs that were wrong (403).
    wrong_password,
    /// Requests dropped because their source guesses passwords.
    guessing,
    /// Requests answered 503 for want of room or of the directory.
    overloaded,
    /// Requests answered 405 or 501.
    unknown_method,
    /// Messages lost on the way out: full buffer, vanished connection.
    unsent,
    /// Call attempts that passed authentication.
    calls,
    /// Calls that are over; the difference to `calls` is how many there are now.
    ended,
    /// Calls that were answered.
    answered,
    /// Requests and responses sent again by a timer.
    retransmitted,
    /// Calls ended because the code that handled them failed.
    panicked,
}

/// One counter.
#[derive(Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn add_many(&self, count: u64) {
        if count > 0 {
            self.0.fetch_add(count, Ordering::Relaxed);
        }
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
