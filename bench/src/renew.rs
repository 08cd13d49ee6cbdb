//! New login details for 10,000 users at once.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::{client::Client, report::Report, server::Server, world::World};

/// How many users.
const USERS: u64 = 10_000;
/// Connections that add them.
const CONNECTIONS: usize = 8;

/// By their ids and by a filter, then the result in either form.
pub(crate) async fn measure(report: &mut Report) -> Result<()> {
    let server = Server::start("automatic").await?;
    let world = World::make(&server, 1, USERS).await?;
    let ids = add(&world).await?;
    settled(&server).await?;
    for (how, whom) in [
        ("by their ids", json!({ "user_ids": ids })),
        ("by a filter", json!({ "filter": {} })),
    ] {
        let mut client = world.administrator().await?;
        let (memory, cpu, start) = (server.memory_mb()?, server.cpu_s()?, Instant::now());
        let begun = client.post("/api/v1/login-details", &whom).await?;
        let job = begun["job"].as_str().context("there is a job")?;
        let job = format!("/api/v1/jobs/{job}");
        let (finished, most) = finished(&server, &mut client, &job).await?;
        let elapsed = start.elapsed().as_secs_f64();
        ensure!(finished["done"] == USERS, "{finished}");
        // The call engine, which follows the journal, belongs to the cost.
        settled(&server).await?;
        let cpu = (server.cpu_s()? - cpu) * 1e6 / USERS as f64;
        let what = format!("new login details for 10,000 users, {how}");
        let measured = format!(
            "{elapsed:.2} s, {cpu:.0} µs CPU a row, +{:.1} MB",
            most - memory
        );
        report.line(&what, &measured, "≤ 2 s, ≤ 100 µs CPU a row, ≤ +20 MB");
        let form = if how == "by a filter" { "xlsx" } else { "csv" };
        let (memory, start) = (server.memory_mb()?, Instant::now());
        client.text(&format!("{job}/result.{form}")).await?;
        let measured = format!(
            "{:.0} ms, +{:.1} MB",
            start.elapsed().as_secs_f64() * 1e3,
            server.memory_mb()? - memory
        );
        report.line(&format!("their result as {form}"), &measured, "≤ +20 MB");
    }
    server.stop().await
}

/// Adds the users, each of whom is activated, and answers their ids.
async fn add(world: &World) -> Result<Vec<String>> {
    let mut workers = tokio::task::JoinSet::new();
    for first in (0..USERS).take(CONNECTIONS) {
        let (mut client, site) = (world.administrator().await?, world.sites[0].clone());
        workers.spawn(async move {
            let mut ids = Vec::new();
            for n in (first..USERS).step_by(CONNECTIONS) {
                let added = client.post(&site.users_path(), &site.user(n)).await?;
                ids.push(
                    added["user"]["id"]
                        .as_str()
                        .context("there is an id")?
                        .to_owned(),
                );
            }
            anyhow::Ok(ids)
        });
    }
    let mut ids = Vec::new();
    while let Some(added) = workers.join_next().await {
        ids.extend(added??);
    }
    Ok(ids)
}

/// The job once it is over, and the most memory seen while it ran, in MB.
async fn finished(server: &Server, client: &mut Client, job: &str) -> Result<(Value, f64)> {
    let mut most = server.memory_mb()?;
    loop {
        let state = client.get(&format!("{job}?limit=1")).await?;
        most = most.max(server.memory_mb()?);
        if state["state"] != "running" {
            return Ok((state, most));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until the server rests.
async fn settled(server: &Server) -> Result<()> {
    loop {
        let before = server.cpu_s()?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        if server.cpu_s()? - before < 0.02 {
            return Ok(());
        }
    }
}
