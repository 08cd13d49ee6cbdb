//! Slowing down whoever guesses passwords, by source address.

use crate::time::Time;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

/// When a source is slowed and ignored.
#[derive(Clone, Debug)]
pub struct GuardSettings {
    /// After so many wrong proofs a source gets only one attempt in `pause`.
    pub slowed_after: u32,
    /// Time between two attempts of a slowed source.
    pub pause: Duration,
    /// After so many wrong proofs a source is ignored.
    pub ignored_after: u32,
    /// For how long; afterwards the next wrong proof ignores it again.
    pub ignored_for: Duration,
    /// A source that made no mistake for so long starts anew.
    pub forgotten_after: Duration,
    /// Sources remembered at once.
    pub max_sources: usize,
}

impl Default for GuardSettings {
    fn default() -> Self {
        GuardSettings {
            slowed_after: 5,
            pause: Duration::from_secs(2),
            ignored_after: 20,
            ignored_for: Duration::from_secs(300),
            forgotten_after: Duration::from_secs(900),
            max_sources: 20_000,
        }
    }
}

/// What a source may do now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Admission {
    /// Everything.
    Served,
    /// Nothing until its pause is over; its request is dropped, a phone repeats it.
    Slowed,
    /// Nothing for a while.
    Ignored,
}

struct Source {
    failures: u32,
    last: Time,
    next: Time,
}

/// The sources that gave wrong proofs.
pub struct Guard {
    settings: GuardSettings,
    sources: HashMap<IpAddr, Source>,
}

impl Guard {
    /// Without any sources.
    #[must_use]
    pub fn new(settings: GuardSettings) -> Guard {
        Guard {
            settings,
            sources: HashMap::new(),
        }
    }

    /// Whether a request with credentials from this address is looked at; a slowed source uses up its attempt.
    pub fn admit(&mut self, address: IpAddr, now: Time) -> Admission {
        if self.sources.is_empty() {
            return Admission::Served;
        }
        let key = network(address);
        let settings = &self.settings;
        let Some(source) = self.sources.get_mut(&key) else {
            return Admission::Served;
        };
        if now.since(source.last) >= settings.forgotten_after {
            self.sources.remove(&key);
            return Admission::Served;
        }
        if source.failures < settings.slowed_after || source.next <= now {
            source.next = now + settings.pause;
            return Admission::Served;
        }
        if source.failures >= settings.ignored_after {
            Admission::Ignored
        } else {
            Admission::Slowed
        }
    }

    /// Notes a wrong proof from this address.
    pub fn note_failure(&mut self, address: IpAddr, now: Time) {
        let key = network(address);
        if self.sources.len() >= self.settings.max_sources && !self.sources.contains_key(&key) {
            self.make_room(now);
        }
        let source = self.sources.entry(key).or_insert(Source {
            failures: 0,
            last: now,
            next: now,
        });
        source.failures = source.failures.saturating_add(1);
        source.last = now;
        let is_ignored = source.failures >= self.settings.ignored_after;
        source.next = now
            + if is_ignored {
                self.settings.ignored_for
            } else {
                self.settings.pause
            };
    }

    /// How many sources are remembered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// True when no source gave a wrong proof lately.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// Forgets the older half, so that the cost is spread over many insertions.
    fn make_room(&mut self, now: Time) {
        let mut ages: Vec<Duration> = self.sources.values().map(|s| now.since(s.last)).collect();
        let middle = ages.len() / 2;
        let (_, median, _) = ages.select_nth_unstable(middle);
        let median = *median;
        self.sources
            .retain(|_, source| now.since(source.last) < median);
    }
}

/// An IPv6 host owns its /64, so that is what is counted.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Time {
        Time::from_unix_ms(1_000_000 + seconds * 1000)
    }

    #[test]
    fn a_guessing_source_is_slowed_then_ignored_then_heard_again() {
        let mut guard = Guard::new(GuardSettings::default());
        let (bad, good) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        for _ in 0..5 {
            assert_eq!(guard.admit(bad, at(0)), Admission::Served);
            guard.note_failure(bad, at(0));
        }
        assert_eq!(guard.admit(bad, at(1)), Admission::Slowed);
        assert_eq!(guard.admit(bad, at(2)), Admission::Served);
        assert_eq!(guard.admit(bad, at(2)), Admission::Slowed);
        assert_eq!(guard.admit(good, at(2)), Admission::Served);
        for _ in 0..15 {
            guard.note_failure(bad, at(3));
        }
        assert_eq!(guard.admit(bad, at(302)), Admission::Ignored);
        assert_eq!(guard.admit(bad, at(303)), Admission::Served);
        assert_eq!(guard.admit(bad, at(2000)), Admission::Served);
        assert!(guard.is_empty());
    }

    #[test]
    fn a_flood_of_sources_stays_bounded() {
        let mut guard = Guard::new(GuardSettings {
            max_sources: 100,
            ..GuardSettings::default()
        });
        for n in 0..10_000u32 {
            guard.note_failure(IpAddr::V4(n.into()), at(u64::from(n)));
            assert!(guard.len() <= 100);
        }
    }
}
