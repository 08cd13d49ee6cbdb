//! `cargo xtask bench`: the load scenarios.

use anyhow::Result;
use clap::Args;

use crate::process;

/// What follows `bench` on the command line.
#[derive(Args)]
pub(crate) struct Options {
    /// Passed on to the `bench` crate
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds `bench` in the release profile and runs it.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut command = process::command("cargo");
    command.args(["run", "--release", "--package", "bench", "--"]);
    process::run(command.args(&options.arguments))
}
