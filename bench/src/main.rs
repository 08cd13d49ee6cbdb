//! Load scenarios: a release build of `klinke serve`, driven over HTTP and SIP, with the CPU it takes for each request.
//!
//! `cargo xtask bench` runs all of them; `idle`, `manual`, `automatic`, `list`, `renew`, `login`, `register`, `call`, `hunt`,
//! `queue` and `media` choose. `register` and `call` measure Kamailio in turn with us, when `--postgres` names a cluster to keep its logins in.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

mod call;
mod client;
mod contender;
mod create;
mod hunt;
mod kamailio;
mod list;
mod login;
mod media;
mod phones;
mod process;
mod queue;
mod register;
mod renew;
mod report;
mod rounds;
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
    let mut wanted: Vec<_> = std::env::args().skip(1).collect();
    let postgres = take_postgres(&mut wanted);
    let database = |name: &str| Some(format!("{}/{name}", postgres.as_deref()?));
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
    if is_wanted("renew") {
        renew::measure(&mut report).await?;
    }
    if is_wanted("login") {
        login::measure(&mut report).await?;
    }
    if is_wanted("register") {
        register::measure(&mut report, database("register").as_deref()).await?;
    }
    if is_wanted("call") {
        call::measure(&mut report, database("call").as_deref()).await?;
    }
    if is_wanted("hunt") {
        hunt::measure(&mut report).await?;
    }
    if is_wanted("queue") {
        queue::measure(&mut report).await?;
    }
    if is_wanted("media") {
        media::measure(&mut report)?;
    }
    report.end();
    Ok(())
}

/// Takes `--postgres=postgres://…` out of the arguments: a cluster with the databases `register` and `call`, both empty.
fn take_postgres(arguments: &mut Vec<String>) -> Option<String> {
    let at = arguments
        .iter()
        .position(|argument| argument.starts_with("--postgres="))?;
    let argument = arguments.remove(at);
    argument.strip_prefix("--postgres=").map(str::to_owned)
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
