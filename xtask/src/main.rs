//! Every developer command: `cargo xtask <command>`. One file per command.

mod bench;
mod ci;
mod contract;
mod db;
mod i18n;
mod invariants;
mod postgres;
mod process;
mod setup;
mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Every developer command.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what the tests and checks need and is not there yet
    Setup,
    /// Everything a change must pass: the checks, then the tests
    Ci(ci::Options),
    /// Run all tests and close with `N passed, N failed`
    Test,
    /// The databases: query descriptions and migrations
    #[command(subcommand)]
    Db(db::Command),
    /// Check which crate may know which, and who may write
    Invariants,
    /// Write which tests bear which line of the contract
    Contract(contract::Options),
    /// Check the message files
    I18n,
    /// Run the load scenarios (release build); arguments go to `bench`
    Bench(bench::Options),
}

fn main() -> ExitCode {
    run(Arguments::parse().command).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Ci(options) => return ci::run(&options),
        Command::Test => return test::run(),
        Command::Setup => setup::everything()?,
        Command::Db(command) => db::run(&command)?,
        Command::Invariants => invariants::run()?,
        Command::Contract(options) => contract::run(&options)?,
        Command::I18n => i18n::run()?,
        Command::Bench(options) => bench::run(&options)?,
    }
    Ok(ExitCode::SUCCESS)
}
