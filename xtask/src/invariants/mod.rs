//! `cargo xtask invariants`: what is deliberately absent stays absent.

mod graph;
mod manifests;
mod sources;

use anyhow::{Result, bail};

/// Prints every breach; an error when there is one.
pub(crate) fn run() -> Result<()> {
    let workspace = graph::Workspace::load()?;
    let mut breaches = workspace.breaches();
    breaches.extend(manifests::breaches()?);
    breaches.extend(sources::breaches()?);
    for breach in &breaches {
        eprintln!("{breach}");
    }
    if !breaches.is_empty() {
        bail!("{} invariants broken", breaches.len());
    }
    println!("the invariants hold in {} crates", workspace.len());
    Ok(())
}
