//! Rounds in turn, and what is said of them: the median, and how far they lie apart.

use std::time::Duration;

use crate::{
    contender::{Contender, Used},
    process,
};

/// Rounds that count.
pub(crate) const ROUNDS: usize = 5;
/// A round beside which others took more of a core than this is taken again.
const STRANGERS: f64 = 0.5;
/// At most so often.
const PATIENCE: usize = 2;

/// What came out of one round.
pub(crate) struct Round {
    pub(crate) used: Used,
    pub(crate) done: usize,
    pub(crate) failed: usize,
    pub(crate) elapsed: Duration,
    /// From INVITE to 200; empty when nobody called.
    pub(crate) setups: Vec<Duration>,
}

/// All rounds of one contender.
#[derive(Default)]
pub(crate) struct Rounds(Vec<Round>);

impl Round {
    /// Says what it was; true when nobody disturbed it, or it was taken again often enough.
    pub(crate) fn is_quiet(&self, contender: &Contender, attempt: usize) -> bool {
        let is_quiet = self.used.strangers <= STRANGERS || attempt >= PATIENCE;
        eprintln!(
            "{}: {:.1} µs CPU (its database {:.1}), {:.0}/s, {} failed, others {:.0} % of a core, load {:.1}{}",
            contender.name,
            self.cpu_us(),
            self.used.database_s * 1e6 / self.done.max(1) as f64,
            self.rate(),
            self.failed,
            self.used.strangers * 100.0,
            process::load(),
            if is_quiet { "" } else { ": again" }
        );
        is_quiet
    }

    fn cpu_us(&self) -> f64 {
        self.used.own_s * 1e6 / self.done.max(1) as f64
    }

    fn rate(&self) -> f64 {
        self.done as f64 / self.elapsed.as_secs_f64()
    }
}

impl Rounds {
    pub(crate) fn push(&mut self, round: Round) {
        self.0.push(round);
    }

    /// CPU time of an operation, in µs: the median of the rounds.
    pub(crate) fn cpu_us(&self) -> f64 {
        median(self.0.iter().map(Round::cpu_us).collect())
    }

    /// CPU, rate and failures.
    pub(crate) fn say(&self) -> String {
        let all: Vec<f64> = self.0.iter().map(Round::cpu_us).collect();
        let least = all.iter().copied().fold(f64::INFINITY, f64::min);
        let most = all.iter().copied().fold(0.0, f64::max);
        let failed: usize = self.0.iter().map(|round| round.failed).sum();
        let database = self
            .0
            .iter()
            .map(|round| round.used.database_s)
            .sum::<f64>();
        let done: usize = self.0.iter().map(|round| round.done).sum();
        let mut said = format!(
            "{:.1} µs CPU ({least:.1}–{most:.1}), {:.0}/s, {failed} failed",
            self.cpu_us(),
            median(self.0.iter().map(Round::rate).collect()),
        );
        if database > 0.0 {
            let each = database * 1e6 / done as f64;
            said += &format!("; PostgreSQL besides {each:.1} µs");
        }
        said
    }

    /// What 95 of 100 calls did not exceed from INVITE to 200, in ms: the median of the rounds.
    pub(crate) fn setup_p95_ms(&self) -> f64 {
        let p95 = |round: &Round| {
            let mut setups = round.setups.clone();
            setups.sort();
            let at = setups.len() * 95 / 100;
            setups
                .get(at)
                .map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
        };
        median(self.0.iter().map(p95).collect())
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
