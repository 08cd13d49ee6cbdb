//! `cargo xtask bench`: the load scenarios.

use anyhow::Result;
use clap::Args;

use crate::postgres::Postgres;
use crate::{process, setup, workspace};

/// What follows `bench` on the command line.
#[derive(Args)]
pub(crate) struct Options {
    /// Passed on to the `bench` crate
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// The scenarios that are compared with Kamailio; each gets a database for it.
const COMPARED: [&str; 2] = ["register", "call"];

/// Builds `bench` and what it measures in the release profile, and runs it.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut build = process::command("cargo");
    build.args(["build", "--release", "--package", "klinke"]);
    process::run(build.args(["--package", "bench"]))?;
    let postgres = if is_compared(&options.arguments) {
        cluster()
            .inspect_err(|error| eprintln!("without Kamailio: {error:#}"))
            .ok()
    } else {
        None
    };
    let mut command = process::command(workspace::root().join("target/release/bench"));
    if let Some(postgres) = &postgres {
        command.arg(format!(
            "--postgres={}",
            postgres.url("").trim_end_matches('/')
        ));
    }
    process::run(command.args(&options.arguments))
}

fn is_compared(arguments: &[String]) -> bool {
    let mut arguments = arguments.iter();
    arguments.len() == 0 || arguments.any(|name| COMPARED.contains(&name.as_str()))
}

/// Kamailio, and a database for each scenario.
fn cluster() -> Result<Postgres> {
    setup::for_bench()?;
    let postgres = Postgres::start()?;
    for name in COMPARED {
        postgres.create_database(name)?;
    }
    Ok(postgres)
}
