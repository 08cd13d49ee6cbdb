//! Load scenarios: a release build of `klinke serve`, driven over HTTP, with the CPU it takes for each request.
//!
//! `cargo xtask bench` runs all of them; `idle`, `manual`, `automatic` and `list` choose.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

mod client;
mod create;
mod list;
mod report;
mod server;
mod world;

use anyhow::Result;

use crate::{report::Report, server::Server, world::World};

fn main() -> Result<()> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(run())
}

async fn run() -> Result<()> {
    let wanted: Vec<_> = std::env::args().skip(1).collect();
    let is_wanted =
        |scenario: &str| wanted.is_empty() || wanted.iter().any(|name| name == scenario);
    let mut report = Report::begin();
    if is_wanted("idle") {
        idle(&mut report).await?;
    }
    for activation in ["manual", "automatic"] {
        if is_wanted(activation) {
            create::measure(&mut report, activation).await?;
        }
    }
    if is_wanted("list") {
        list::measure(&mut report).await?;
    }
    report.end();
    Ok(())
}

/// Memory of a server that has just begun.
async fn idle(report: &mut Report) -> Result<()> {
    let server = Server::start("manual").await?;
    let world = World::make(&server, 1, 1).await?;
    world.client().await?.get("/api/v1/users").await?;
    report.line(
        "idle memory",
        &format!("{:.1} MB", server.memory_mb()?),
        "≤ 30 MB",
    );
    server.stop().await
}
