//! The bodies of the fuzz targets with random bytes. `SIP_MUTATIONS` sets how many stories, as for the mutated messages.

use crate::harness;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

const DEFAULT_STORIES: u64 = 2_000;
const LONGEST_STORY: u64 = 400;

fn stories(each: fn(&[u8])) {
    let wanted = std::env::var("SIP_MUTATIONS").ok();
    let count = wanted.and_then(|count| count.parse().ok());
    let mut rng = StdRng::seed_from_u64(11);
    for _ in 0..count.unwrap_or(DEFAULT_STORIES) {
        let length = usize::try_from(rng.next_u64() % LONGEST_STORY).unwrap();
        let mut bytes = vec![0; length];
        rng.fill_bytes(&mut bytes);
        each(&bytes);
    }
}

#[test]
fn random_bytes_are_read_without_a_panic() {
    stories(harness::message);
}

#[test]
fn random_stories_leave_nothing_behind() {
    stories(harness::transactions);
}
