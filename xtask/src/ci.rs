//! `cargo xtask ci`: everything a change must pass.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::process::{self, command, step};
use crate::{contract, db, i18n, invariants, setup, test, workspace};

/// What `ci` can be asked for.
#[derive(Args)]
pub(crate) struct Options {
    /// Also look for known vulnerabilities; fetches the advisory database from the network
    #[arg(long)]
    advisories: bool,
}

/// All checks, each also after another failed; the tests only when all passed.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    setup::everything()?;
    let failed: Vec<_> = checks(options).into_iter().filter_map(failure).collect();
    if failed.is_empty() {
        return test::run();
    }
    eprintln!("\nfailed before the tests: {}", failed.join(", "));
    Ok(ExitCode::FAILURE)
}

type Check = (&'static str, Box<dyn FnOnce() -> Result<()>>);

fn checks(options: &Options) -> Vec<Check> {
    let advisories = options.advisories;
    vec![
        ("format", Box::new(format)),
        ("invariants", Box::new(invariants::run)),
        ("i18n", Box::new(i18n::run)),
        ("contract", Box::new(contract)),
        ("browser stories: types", Box::new(types)),
        ("dependencies", Box::new(move || dependencies(advisories))),
        ("db check", Box::new(|| db::run(&db::Command::Check))),
        ("db parity", Box::new(|| db::run(&db::Command::Parity))),
        ("clippy", Box::new(clippy)),
    ]
}

fn failure((name, work): Check) -> Option<&'static str> {
    let error = step(name, work).err()?;
    eprintln!("error: {error:#}");
    Some(name)
}

fn contract() -> Result<()> {
    contract::run(&contract::Options { check: true })
}

fn format() -> Result<()> {
    process::run(command("cargo").args(["fmt", "--all", "--check"]))
}

fn clippy() -> Result<()> {
    let scope = ["clippy", "--workspace", "--all-targets", "--keep-going"];
    process::run(
        command("cargo")
            .args(scope)
            .args(["--", "--deny", "warnings"]),
    )
}

fn dependencies(advisories: bool) -> Result<()> {
    let mut deny = command("cargo");
    deny.args([
        "deny",
        "check",
        "--hide-inclusion-graph",
        "bans",
        "licenses",
        "sources",
    ]);
    if advisories {
        deny.arg("advisories");
    } else {
        println!("known vulnerabilities are looked for only with --advisories");
    }
    process::run(&mut deny)
}

fn types() -> Result<()> {
    let folder = workspace::root().join("e2e");
    process::run(
        command("npx")
            .args(["--no-install", "tsc", "--noEmit"])
            .current_dir(folder),
    )
}
