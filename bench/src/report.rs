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
            "{count} × {}, load before: {}, taken by the host since it runs: {} s",
            model.trim_start_matches(['\t', ' ', ':']),
            load(),
            stolen_s()
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
        // What a virtual machine is not given, nobody can use in time.
        println!("taken by the host since it runs: {} s", stolen_s());
    }
}

/// Seconds in which the machine was ready and another one ran on its processors; nought where nothing tells.
fn stolen_s() -> u64 {
    let text = fs::read_to_string("/proc/stat").unwrap_or_default();
    let ticks = text.split_whitespace().nth(8);
    ticks
        .and_then(|ticks| ticks.parse::<u64>().ok())
        .unwrap_or_default()
        / 100
}

/// Load averages over 1, 5 and 15 minutes.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace()
        .take(3)
        .collect::<Vec<_>>()
        .join(" ")
}
