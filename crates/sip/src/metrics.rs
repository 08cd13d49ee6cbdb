//! Plain counters; whoever exports them reads a snapshot.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

macro_rules! counters {
    ($($(#[doc = $doc:literal])* $name:ident),* $(,)?) => {
        /// Counters of a running engine, each only rising unless it says "now".
        #[derive(Default)]
        pub struct Metrics {
            $($(#[doc = $doc])* pub(crate) $name: Counter,)*
            pub(crate) first_answer: Histogram,
        }

        /// The counters at one moment.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Counts {
            $($(#[doc = $doc])* pub $name: u64,)*
            /// From an INVITE that begins a call to its first answer other than 100.
            pub first_answer: Buckets,
        }

        impl Metrics {
            /// Reads all counters.
            #[must_use]
            pub fn counts(&self) -> Counts {
                Counts { $($name: self.$name.get(),)* first_answer: self.first_answer.read() }
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
    /// Calls that came from the carrier or went to it.
    trunk_calls,
    /// Those of them that are over; the difference is how many there are now.
    trunk_ended,
    /// Calls that were answered.
    answered,
    /// Requests and responses sent again by a timer.
    retransmitted,
    /// Calls ended because the code that handled them failed.
    panicked,
    /// Contacts that are registered now, expired ones included until they are swept.
    registrations,
    /// INVITE transactions of others now.
    invite_servers,
    /// INVITE transactions of ours now.
    invite_clients,
    /// Other transactions of others now.
    other_servers,
    /// Other transactions of ours now.
    other_clients,
    /// Responses sent, those that were sent again included: 1xx.
    sent_1xx,
    /// 2xx.
    sent_2xx,
    /// 3xx.
    sent_3xx,
    /// 4xx.
    sent_4xx,
    /// 5xx.
    sent_5xx,
    /// 6xx.
    sent_6xx,
    /// Calls that ended without an answer because the called one is busy or declines (486, 600, 603).
    refused_busy,
    /// Because the called one cannot be reached or does not answer (408, 480).
    refused_unavailable,
    /// Because there is no such number (404, 484, 604).
    refused_unknown,
    /// Because the caller gave up (487).
    refused_cancelled,
    /// Because we or the carrier cannot (5xx).
    refused_unable,
    /// For another reason.
    refused_other,
    /// Of all these, those that a limit of login or enterprise refused.
    refused_limit,
}

impl Metrics {
    /// A response goes out.
    pub(crate) fn note_sent(&self, bytes: &[u8]) {
        let class = bytes.strip_prefix(b"SIP/2.0 ").and_then(<[u8]>::first);
        match class {
            Some(b'1') => self.sent_1xx.add(),
            Some(b'2') => self.sent_2xx.add(),
            Some(b'3') => self.sent_3xx.add(),
            Some(b'4') => self.sent_4xx.add(),
            Some(b'5') => self.sent_5xx.add(),
            Some(b'6') => self.sent_6xx.add(),
            _ => {}
        }
    }

    /// A call ended without an answer.
    pub(crate) fn note_refused(&self, code: u16) {
        match code {
            486 | 600 | 603 => self.refused_busy.add(),
            408 | 480 => self.refused_unavailable.add(),
            404 | 484 | 604 => self.refused_unknown.add(),
            487 => self.refused_cancelled.add(),
            500..600 => self.refused_unable.add(),
            _ => self.refused_other.add(),
        }
    }
}

impl Counts {
    /// Calls over the trunk that are under way now.
    #[must_use]
    pub fn trunk_calls_now(&self) -> u64 {
        self.trunk_calls.saturating_sub(self.trunk_ended)
    }

    /// Calls that are under way now.
    #[must_use]
    pub fn calls_now(&self) -> u64 {
        self.calls.saturating_sub(self.ended)
    }
}

/// Upper bounds of the buckets of [`Counts::first_answer`], milliseconds; what is above stands in the last bucket.
pub const FIRST_ANSWER_BOUNDS_MS: [u64; 10] = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000];

/// Times in buckets at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Buckets {
    /// How many fell into each bucket, and only into it.
    pub counts: [u64; FIRST_ANSWER_BOUNDS_MS.len() + 1],
    /// All times together, milliseconds.
    pub sum_ms: u64,
}

/// Times in buckets.
#[derive(Default)]
pub(crate) struct Histogram {
    counts: [Counter; FIRST_ANSWER_BOUNDS_MS.len() + 1],
    sum_ms: Counter,
}

impl Histogram {
    pub(crate) fn observe(&self, time: Duration) {
        let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let bucket = FIRST_ANSWER_BOUNDS_MS.partition_point(|bound| *bound < ms);
        self.counts[bucket].add();
        self.sum_ms.add_many(ms);
    }

    fn read(&self) -> Buckets {
        Buckets {
            counts: std::array::from_fn(|at| self.counts[at].get()),
            sum_ms: self.sum_ms.get(),
        }
    }
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

    /// What stood for `before` stands for `after` now; several may share one counter.
    pub(crate) fn change(&self, before: usize, after: usize) {
        self.0.fetch_add(after as u64, Ordering::Relaxed);
        self.0.fetch_sub(before as u64, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
