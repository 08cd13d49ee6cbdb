//! `cargo xtask contract`: which tests bear which line of the contract, from their names.

mod borne;
mod lines;

use std::fmt::Write as _;

use anyhow::{Result, bail};
use clap::Args;

use self::borne::{Borne, borne};
use self::lines::{Line, Section, sections};
use crate::workspace;

/// Where the answer stands.
const TABLE: &str = "docs/contract.md";

/// What `contract` can be asked for.
#[derive(Args, Default)]
pub(crate) struct Options {
    /// Do not write, but fail when the table is old, or a line has no test
    #[arg(long)]
    pub(crate) check: bool,
}

/// Writes the table, or checks it.
pub(crate) fn run(options: &Options) -> Result<()> {
    let (sections, borne) = (sections()?, borne()?);
    let table = table(&sections, &borne);
    let path = workspace::root().join(TABLE);
    if options.check {
        if !path.is_file() || workspace::read(&path)? != table {
            bail!("{TABLE} is old: run `cargo xtask contract`");
        }
    } else {
        std::fs::write(&path, table)?;
    }
    judge(&sections, &borne, options.check)
}

/// Says what is empty, and what is borne although it is said not to be built.
fn judge(sections: &[Section], borne: &Borne, is_strict: bool) -> Result<()> {
    let lines = || sections.iter().flat_map(|section| &section.lines);
    let is_borne = |line: &&Line| borne.contains_key(&line.number);
    let names = |lines: Vec<&Line>| {
        let names: Vec<_> = lines.iter().map(|line| line.number.as_str()).collect();
        names.join(", ")
    };
    let empty = names(lines().filter(|l| !l.is_awaited && !is_borne(l)).collect());
    let built = names(lines().filter(|l| l.is_awaited && is_borne(l)).collect());
    println!("{} lines of the contract", lines().count());
    if !empty.is_empty() {
        println!("no test bears {empty}");
    }
    if !built.is_empty() {
        println!("borne, but said not to be built: {built}");
    }
    if is_strict && !(empty.is_empty() && built.is_empty()) {
        bail!("the contract is not borne by its tests");
    }
    Ok(())
}

fn table(sections: &[Section], borne: &Borne) -> String {
    let mut text = String::from(
        "# The contract and the tests that bear it\n\n\
         Made by `cargo xtask contract` from the names of the tests; the rules stand in `contract-lines.txt`.\n",
    );
    for section in sections {
        let _ = write!(
            text,
            "\n## {}\n\n| | rule | tests |\n|---|---|---|\n",
            section.title
        );
        for line in &section.lines {
            let tests = borne.get(&line.number).map_or_else(
                || if line.is_awaited { "not built yet" } else { "" }.to_owned(),
                |tests| tests.join("<br>"),
            );
            let _ = writeln!(text, "| **{}** | {} | {tests} |", line.number, line.rule);
        }
    }
    text
}
