//! Which of the free agents is offered the next call: the five policies.

use super::Seat;
use crate::{HuntPolicy, UserId};

/// Who of `free` (places in the list of `seats`, in its order) is rung; everybody with the simultaneous policy.
///
/// Weights are shared out exactly and without chance: who is furthest behind the own share comes next.
pub(super) fn choose(
    policy: HuntPolicy,
    seats: &mut [Seat],
    free: &[usize],
    last_taken: Option<UserId>,
) -> Vec<usize> {
    let one = match policy {
        HuntPolicy::Simultaneous => return free.to_vec(),
        HuntPolicy::Regular => free.first().copied(),
        HuntPolicy::Circular => after(seats, free, last_taken),
        HuntPolicy::Uniform => free.iter().copied().min_by_key(|&at| {
            let seat = &seats[at];
            (seat.last_call_at, seat.since)
        }),
        HuntPolicy::Weighted => by_share(seats, free),
    };
    one.into_iter().collect()
}

fn after(seats: &[Seat], free: &[usize], last_taken: Option<UserId>) -> Option<usize> {
    let last = seats.iter().position(|seat| Some(seat.agent) == last_taken);
    let next = last.and_then(|last| free.iter().find(|&&at| at > last));
    next.or(free.first()).copied()
}

fn by_share(seats: &mut [Seat], free: &[usize]) -> Option<usize> {
    let weight = |seats: &[Seat], at: usize| i64::from(seats[at].weight);
    let total: i64 = free.iter().map(|&at| weight(seats, at)).sum();
    if total == 0 {
        return free.first().copied();
    }
    for &at in free {
        seats[at].credit += weight(seats, at);
    }
    let drawn = free.iter().copied().filter(|&at| seats[at].weight > 0);
    let next = drawn.max_by_key(|&at| (seats[at].credit, std::cmp::Reverse(at)))?;
    seats[next].credit -= total;
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;
    use uuid::Uuid;

    fn agent(nth: u128) -> UserId {
        UserId(Uuid::from_u128(nth))
    }

    fn seats(count: u128) -> Vec<Seat> {
        let seat = |nth| Seat::new(agent(nth), Timestamp(0));
        (0..count).map(seat).collect()
    }

    #[test]
    fn g4_regular_begins_with_the_first_and_circular_after_who_took_the_last_call() {
        let mut seats = seats(4);
        let free = [0, 1, 3];
        let mut choose = |policy, last| choose(policy, &mut seats, &free, last);
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
        assert_eq!(choose(HuntPolicy::Uniform, &mut seats, &[0, 1], None), [1]);
        assert_eq!(
            choose(HuntPolicy::Uniform, &mut seats, &[0, 1, 2], None),
            [2]
        );
    }

    #[test]
    fn g4_weighted_gives_each_agent_exactly_the_own_share() {
        let mut seats = seats(3);
        for (seat, weight) in seats.iter_mut().zip([50, 30, 0]) {
            seat.weight = weight;
        }
        let mut taken = [0; 3];
        for _ in 0..80 {
            for at in choose(HuntPolicy::Weighted, &mut seats, &[0, 1, 2], None) {
                taken[at] += 1;
            }
        }
        assert_eq!(taken, [50, 30, 0]);
        assert_eq!(choose(HuntPolicy::Weighted, &mut seats, &[2], None), [2]);
    }
}
