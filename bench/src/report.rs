//! The figures, as a table for `docs/bench.md`, with the machine and what else it had to do.

use std::fs;

/// A run of all scenarios.
pub(crate) struct Report;

impl Report {
    /// Says what machine this is.
    pub(crate) fn begin() -> Self {
        let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = cpus
            .lines()
            .find_map(|line| line.strip_prefix("model name"))
            .unwrap_or_default();
        let count = cpus
            .lines()
            .filter(|line| line.starts_with("processor"))
            .count();
        println!(
            "{count} × {}, load before: {}",
            model.trim_start_matches(['\t', ' ', ':']),
            load()
        );
        println!("\n| scenario | measured | mark |\n|---|---|---|");
        Self
    }

    /// Says a figure.
    pub(crate) fn line(&mut self, what: &str, measured: &str, mark: &str) {
        println!("| {what} | {measured} | {mark} |");
    }

    /// Says what the machine had to do at the end.
    pub(crate) fn end(self) {
        println!("\nload after: {}", load());
    }
}

/// Load averages over 1, 5 and 15 minutes.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace()
        .take(3)
        .collect::<Vec<_>>()
        .join(" ")
}
