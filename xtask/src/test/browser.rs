//! The browser stories in `e2e/`, played on the binary of the dev profile.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::tally::Tally;
use crate::process::{self, command};
use crate::workspace;

/// Builds the binary and plays all stories.
pub(super) fn run() -> Result<Tally> {
    let folder = workspace::root().join("e2e");
    let files = workspace::files(&folder, &["ts"])?;
    if !files
        .iter()
        .any(|path| path.to_string_lossy().ends_with(".spec.ts"))
    {
        println!("there are no stories yet");
        return Ok(Tally::default());
    }
    build()?;
    let target = target()?;
    let report = target.join("e2e/results.json");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let outcome = process::run(
        command("npx")
            .args(["--no-install", "playwright", "test"])
            .current_dir(&folder)
            .env("KLINKE_BIN", target.join("debug/klinke"))
            .env("KLINKE_E2E_RESULTS", &report),
    );
    let tally = match report.exists() {
        true => Tally::from_playwright(&workspace::read(&report)?)?,
        false => Tally::default(),
    };
    tally.confirm(outcome)
}

/// With the tests, as nextest built it: by itself the binary would need its libraries with other features.
fn build() -> Result<()> {
    process::run(command("cargo").args(["build", "--workspace", "--bins", "--tests"]))
}

/// Where cargo puts what it builds; the developer may have moved it.
fn target() -> Result<PathBuf> {
    let ask = ["metadata", "--no-deps", "--format-version", "1"];
    let json = process::output(command("cargo").args(ask))?;
    let metadata: serde_json::Value = serde_json::from_str(&json).context("cargo metadata")?;
    let target = metadata["target_directory"].as_str();
    target
        .map(PathBuf::from)
        .context("cargo metadata names no target directory")
}
