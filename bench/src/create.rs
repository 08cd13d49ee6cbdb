//! Users added over the API, each durable before it is answered.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Result;

use crate::{
    report::Report,
    server::Server,
    world::{Site, World},
};

/// Users in each round.
const USERS: u64 = 6_000;

/// Rounds with 1, 4 and 16 connections.
pub(crate) async fn measure(report: &mut Report, activation: &str) -> Result<()> {
    let server = Server::start(activation).await?;
    let world = World::make(&server, 1, 4 * USERS as usize).await?;
    let next = Arc::new(AtomicU64::new(0));
    round(&server, &world, &next, 4, USERS / 4).await?;
    for connections in [1, 4, 16] {
        let done = round(&server, &world, &next, connections, USERS).await?;
        let what = format!("create user, {activation} activation, {connections} connections");
        report.line(
            &what,
            &done,
            "≤ 450 µs CPU; 4 connections ≥ 1,200/s; 16 connections p99 ≤ 25 ms",
        );
    }
    server.stop().await
}

async fn round(
    server: &Server,
    world: &World,
    next: &Arc<AtomicU64>,
    connections: usize,
    users: u64,
) -> Result<String> {
    let end = next.load(Ordering::Relaxed) + users;
    let (cpu, start) = (server.cpu_s()?, Instant::now());
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..connections {
        let (client, site, next) = (
            world.administrator().await?,
            world.sites[0].clone(),
            next.clone(),
        );
        workers.spawn(worker(client, site, next, end));
    }
    let mut times = Vec::new();
    while let Some(done) = workers.join_next().await {
        times.extend(done??);
    }
    next.store(end, Ordering::Relaxed);
    let elapsed = start.elapsed().as_secs_f64();
    // Activation that follows belongs to the cost of a user.
    settled(server).await?;
    let cpu = (server.cpu_s()? - cpu) * 1e6 / times.len() as f64;
    times.sort();
    let p99 = times[times.len() * 99 / 100].as_secs_f64() * 1e3;
    Ok(format!(
        "{cpu:.0} µs CPU, {:.0}/s, p99 {p99:.1} ms",
        times.len() as f64 / elapsed
    ))
}

async fn worker(
    mut client: crate::client::Client,
    site: Site,
    next: Arc<AtomicU64>,
    end: u64,
) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    loop {
        let n = next.fetch_add(1, Ordering::Relaxed);
        if n >= end {
            return Ok(times);
        }
        let start = Instant::now();
        client.post(&site.users_path(), &site.user(n)).await?;
        times.push(start.elapsed());
    }
}

/// Waits until the server rests.
async fn settled(server: &Server) -> Result<()> {
    loop {
        let before = server.cpu_s()?;
        tokio::time::sleep(Duration::from_millis(200)).await;
        if server.cpu_s()? - before < 0.02 {
            return Ok(());
        }
    }
}
