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
        stage("tests", || on_sqlite(&url)),
        stage("use cases and portal on PostgreSQL", || on_postgres(&url)),
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

/// All tests; `KLINKE_TEST_POSTGRES` is for the contract tests of store-postgres.
fn on_sqlite(postgres: &str) -> Result<Tally> {
    let mut tests = nextest();
    tests.env("KLINKE_TEST_POSTGRES", postgres);
    count(tests.env_remove("KLINKE_TEST_DATABASE"))
}

/// The tests above the store once more. A filter over the whole workspace: `--package` would choose other
/// features and compile most of it again.
fn on_postgres(postgres: &str) -> Result<Tally> {
    let mut tests = nextest();
    tests.args(["--filterset", "package(service) | package(web)"]);
    count(tests.env("KLINKE_TEST_DATABASE", postgres))
}

fn nextest() -> Command {
    let mut nextest = command("cargo");
    nextest.args(["nextest", "run", "--workspace", "--no-tests=pass"]);
    nextest
}

/// Runs nextest and reads its report, which lies where `.config/nextest.toml` and nextest's own default
/// say, wherever cargo builds.
fn count(nextest: &mut Command) -> Result<Tally> {
    let report = workspace::root().join("target/nextest/default/junit.xml");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let outcome = process::run(nextest);
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
