//! `cargo xtask test`: every test there is, closed with `N passed, N failed`.

mod browser;
mod tally;

use std::fs;
use std::process::{Command, ExitCode};

use anyhow::Result;

use self::tally::Tally;
use crate::postgres::Postgres;
use crate::process::{self, command, step};
use crate::{setup, workspace};

/// Runs everything, also after failures, and prints the sum.
pub(crate) fn run() -> Result<ExitCode> {
    setup::for_tests()?;
    let postgres = Postgres::start()?;
    let url = postgres.url("postgres");
    let tallies = [
        stage("tests", || nextest(command("cargo").args(NEXTEST), &url)),
        stage(
            "tests of the use cases and the portal on PostgreSQL",
            || {
                nextest(
                    command("cargo")
                        .args(NEXTEST)
                        .args(USE_CASES)
                        .env("KLINKE_TEST_DATABASE", &url),
                    &url,
                )
            },
        ),
        stage("examples in the documentation", documentation),
        stage("browser stories", browser::run),
    ];
    drop(postgres);
    let total: Tally = tallies.into_iter().sum();
    println!("\n{total}");
    Ok(if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

const NEXTEST: [&str; 4] = ["nextest", "run", "--workspace", "--no-tests=pass"];

/// A filter over the whole workspace: `--package` would choose other features and compile most of it again.
const USE_CASES: [&str; 2] = ["--filterset", "package(service) | package(web)"];

/// A part of the tests; one that cannot even start counts as one failure.
fn stage(name: &str, work: impl FnOnce() -> Result<Tally>) -> Tally {
    step(name, work).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        Tally {
            passed: 0,
            failed: 1,
        }
    })
}

/// The report lies where `.config/nextest.toml` and nextest's own default say, wherever cargo builds.
/// `KLINKE_TEST_POSTGRES` is for the contract tests of store-postgres, which run every time.
fn nextest(nextest: &mut Command, postgres: &str) -> Result<Tally> {
    let report = workspace::root().join("target/nextest/default/junit.xml");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let outcome = process::run(nextest.env("KLINKE_TEST_POSTGRES", postgres));
    let tally = match report.exists() {
        true => Tally::from_junit(&workspace::read(&report)?)?,
        false => Tally::default(),
    };
    tally.confirm(outcome)
}

fn documentation() -> Result<Tally> {
    let mut tests = command("cargo");
    let (success, output) = process::tee(tests.args(["test", "--workspace", "--doc", "--quiet"]))?;
    let outcome = if success {
        Ok(())
    } else {
        Err(anyhow::anyhow!("cargo test --doc failed"))
    };
    Tally::from_libtest(&output).confirm(outcome)
}
