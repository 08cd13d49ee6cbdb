//! How many tests passed and failed, read from what the test runners write.

use std::fmt;
use std::iter::Sum;

use anyhow::{Context, Result};
use serde::Deserialize;

/// Counts of one or several runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// From the `<testsuites …>` tag of a JUnit file.
    pub(super) fn from_junit(xml: &str) -> Result<Self> {
        let start = xml
            .find("<testsuites ")
            .context("no <testsuites> in the JUnit file")?;
        let tag = xml[start..].split('>').next().unwrap_or_default();
        let failed = attribute(tag, "failures")? + attribute(tag, "errors")?;
        let tests = attribute(tag, "tests")?;
        Ok(Self {
            passed: tests.saturating_sub(failed),
            failed,
        })
    }

    /// From the `test result:` lines of `cargo test`.
    pub(super) fn from_libtest(output: &str) -> Self {
        let results = output
            .lines()
            .filter_map(|line| line.strip_prefix("test result:"));
        results
            .map(|line| Self {
                passed: before(line, " passed"),
                failed: before(line, " failed"),
            })
            .sum()
    }

    /// From Playwright's JSON report. A story that passed only when repeated has failed.
    pub(super) fn from_playwright(json: &str) -> Result<Self> {
        let Report { stats, errors } = serde_json::from_str(json).context("Playwright's report")?;
        let failed = stats.unexpected + stats.flaky + errors.len() as u64;
        Ok(Self {
            passed: stats.expected,
            failed,
        })
    }

    /// A run that failed without a failed test (it did not compile, it was cut short) is itself a failure.
    pub(super) fn confirm(self, outcome: Result<()>) -> Result<Self> {
        match outcome {
            Err(error) if self.failed == 0 => {
                eprintln!("error: {error:#}");
                Ok(Self { failed: 1, ..self })
            }
            _ => Ok(self),
        }
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |sum, next| Self {
            passed: sum.passed + next.passed,
            failed: sum.failed + next.failed,
        })
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[derive(Deserialize)]
struct Report {
    stats: Stats,
    #[serde(default)]
    errors: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Stats {
    expected: u64,
    unexpected: u64,
    flaky: u64,
}

fn attribute(tag: &str, name: &str) -> Result<u64> {
    let start = format!(" {name}=\"");
    let (_, rest) = tag
        .split_once(&start)
        .with_context(|| format!("no {name} in {tag}"))?;
    let value = rest.split('"').next().unwrap_or_default();
    value.parse().with_context(|| format!("{name} in {tag}"))
}

/// The number before a word: `4` for ` passed` in ` ok. 4 passed; 0 failed`.
fn before(line: &str, word: &str) -> u64 {
    let number = line
        .split(word)
        .next()
        .and_then(|text| text.rsplit([' ', ';']).next());
    number
        .and_then(|text| text.parse().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_junit_file_gives_the_sum_of_all_suites() {
        let xml = r#"<?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="nextest-run" tests="12" failures="2" errors="1" uuid="x" time="0.2">
                <testsuite name="model" tests="12" disabled="0" errors="1" failures="2">"#;
        assert_eq!(
            Tally::from_junit(xml).unwrap(),
            Tally {
                passed: 9,
                failed: 3
            }
        );
    }

    #[test]
    fn a_file_without_counts_is_an_error() {
        assert!(Tally::from_junit("").is_err());
        assert!(Tally::from_junit(r#"<testsuites tests="1" failures="0">"#).is_err());
    }

    #[test]
    fn documentation_tests_of_several_crates_are_added_up() {
        let output = "running 4 tests\ntest result: ok. 4 passed; 0 failed; 1 ignored; finished in 0.4s\n\
                      test result: FAILED. 10 passed; 2 failed; 0 ignored\n";
        assert_eq!(
            Tally::from_libtest(output),
            Tally {
                passed: 14,
                failed: 2
            }
        );
    }

    #[test]
    fn a_flaky_browser_story_and_a_broken_file_have_failed() {
        let json = r#"{"stats": {"expected": 5, "unexpected": 1, "flaky": 1, "skipped": 2}, "errors": [{}]}"#;
        assert_eq!(
            Tally::from_playwright(json).unwrap(),
            Tally {
                passed: 5,
                failed: 3
            }
        );
    }

    #[test]
    fn a_run_that_breaks_without_a_failed_test_counts_as_one_failure() {
        let green = Tally {
            passed: 3,
            failed: 0,
        };
        let broken = green
            .confirm(Err(anyhow::anyhow!("does not compile")))
            .unwrap();
        assert_eq!(
            broken,
            Tally {
                passed: 3,
                failed: 1
            }
        );
        assert_eq!(green.confirm(Ok(())).unwrap(), green);
    }

    #[test]
    fn the_closing_line_is_exactly_this() {
        assert_eq!(
            Tally {
                passed: 3,
                failed: 0
            }
            .to_string(),
            "3 passed, 0 failed"
        );
    }
}
