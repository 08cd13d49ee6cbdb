//! Which of the free agents is offered the next call: the five policies.

use super::Seat;
use crate::{HuntPolicy, UserId, draws::Draws};

/// Who of `free` (places in the list of `seats`, in its order) is rung; everybody with the simultaneous policy.
///
/// With the weighted policy each is drawn by the share of the weight of all who are free; somebody without weight only when
/// nobody else is free.
pub(super) fn choose(
    policy: HuntPolicy,
    seats: &[Seat],
    free: &[usize],
    last_taken: Option<UserId>,
    draws: &mut Draws,
) -> Vec<usize> {
    let one = match policy {
        HuntPolicy::Simultaneous => return free.to_vec(),
        HuntPolicy::Regular => free.first().copied(),
        HuntPolicy::Circular => after(seats, free, last_taken),
        HuntPolicy::Uniform => free.iter().copied().min_by_key(|&at| {
            let seat = &seats[at];
            (seat.last_call_at, seat.since)
        }),
        HuntPolicy::Weighted => drawn(seats, free, draws),
    };
    one.into_iter().collect()
}

fn after(seats: &[Seat], free: &[usize], last_taken: Option<UserId>) -> Option<usize> {
    let last = seats.iter().position(|seat| Some(seat.agent) == last_taken);
    let next = last.and_then(|last| free.iter().find(|&&at| at > last));
    next.or(free.first()).copied()
}

fn drawn(seats: &[Seat], free: &[usize], draws: &mut Draws) -> Option<usize> {
    let weights: Vec<_> = free.iter().map(|&at| seats[at].weight).collect();
    let hit = draws.by_weight(&weights).unwrap_or_default();
    free.get(hit).copied()
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, test_runner::RngSeed};
    use uuid::Uuid;

    use super::*;
    use crate::Timestamp;

    fn agent(nth: u128) -> UserId {
        UserId(Uuid::from_u128(nth))
    }

    fn seats(count: u128) -> Vec<Seat> {
        let seat = |nth| Seat::new(agent(nth), Timestamp(0));
        (0..count).map(seat).collect()
    }

    #[test]
    fn g4_regular_begins_with_the_first_and_circular_after_who_took_the_last_call() {
        let (seats, mut draws) = (seats(4), Draws::new(1));
        let free = [0, 1, 3];
        let mut choose = |policy, last| choose(policy, &seats, &free, last, &mut draws);
        assert_eq!(choose(HuntPolicy::Regular, Some(agent(1))), [0]);
        assert_eq!(choose(HuntPolicy::Circular, Some(agent(1))), [3]);
        assert_eq!(choose(HuntPolicy::Circular, Some(agent(3))), [0]);
        assert_eq!(choose(HuntPolicy::Circular, None), [0]);
        assert_eq!(choose(HuntPolicy::Simultaneous, None), [0, 1, 3]);
    }

    #[test]
    fn g4_uniform_takes_who_has_been_without_a_call_the_longest() {
        let mut seats = seats(3);
        seats[0].last_call_at = Some(Timestamp(30));
        seats[1].last_call_at = Some(Timestamp(20));
        let mut draws = Draws::new(1);
        let mut choose = |free| choose(HuntPolicy::Uniform, &seats, free, None, &mut draws);
        assert_eq!(choose(&[0, 1]), [1]);
        assert_eq!(choose(&[0, 1, 2]), [2]);
    }

    /// How often each of three agents is drawn in ten thousand calls.
    fn ten_thousand(weights: [u8; 3], free: &[usize], seed: u64) -> [f64; 3] {
        let mut seats = seats(3);
        for (seat, weight) in seats.iter_mut().zip(weights) {
            seat.weight = weight;
        }
        let mut draws = Draws::new(seed);
        let mut taken = [0.0; 3];
        for _ in 0..10_000 {
            for at in choose(HuntPolicy::Weighted, &seats, free, None, &mut draws) {
                taken[at] += 1.0;
            }
        }
        taken
    }

    proptest! {
        // The same numbers in each run: a bound of five standard deviations is a statement about these draws, not a wager.
        #![proptest_config(ProptestConfig {
            cases: 64,
            rng_seed: RngSeed::Fixed(7),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]
        #[test]
        fn g4_weighted_draws_each_agent_by_the_own_percentage(
            weights in proptest::array::uniform3(0u8..=100),
            seed in any::<u64>(),
        ) {
            let taken = ten_thousand(weights, &[0, 1, 2], seed);
            let total: f64 = weights.iter().copied().map(f64::from).sum();
            prop_assume!(total > 0.0);
            for (weight, taken) in weights.into_iter().zip(taken) {
                let share = f64::from(weight) / total;
                let deviation = (10_000.0 * share * (1.0 - share)).sqrt();
                prop_assert!((taken - 10_000.0 * share).abs() <= 5.0 * deviation, "{taken} of {weight}");
            }
        }
    }

    #[test]
    fn g4_weighted_is_chance_but_the_same_seed_draws_the_same() {
        let order = |seed| {
            let mut seats = seats(2);
            seats[0].weight = 50;
            seats[1].weight = 50;
            let mut draws = Draws::new(seed);
            let mut next = || choose(HuntPolicy::Weighted, &seats, &[0, 1], None, &mut draws)[0];
            (0..100).map(|_| next()).collect::<Vec<_>>()
        };
        assert_eq!(order(1), order(1));
        assert_ne!(order(1), order(2));
        // Dealt out in turn, nobody would be drawn twice running.
        assert!(order(1).windows(2).any(|two| two[0] == two[1]));
    }

    #[test]
    fn g4_weighted_rings_who_has_no_share_only_when_nobody_else_is_free() {
        assert_eq!(ten_thousand([50, 30, 0], &[2], 1), [0.0, 0.0, 10_000.0]);
        let taken = ten_thousand([50, 30, 0], &[0, 2], 1);
        assert_eq!(taken, [10_000.0, 0.0, 0.0]);
    }
}
