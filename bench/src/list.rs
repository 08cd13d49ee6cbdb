//! Pages of 50 among 100,000 users in 1,000 enterprises.

use std::time::Instant;

use anyhow::{Context, Result};

use crate::{client::Client, report::Report, server::Server, world::World};

const ENTERPRISES: usize = 1_000;
const USERS_EACH: u64 = 100;
/// Enterprises that are filled at the same time.
const AT_ONCE: usize = 16;
/// How often a page is asked for.
const REPEATS: u32 = 2_000;

/// The operator's list from its first to its last page, and an enterprise's.
pub(crate) async fn measure(report: &mut Report) -> Result<()> {
    let server = Server::start("manual").await?;
    let world = World::make(&server, ENTERPRISES, USERS_EACH).await?;
    fill(&server, &world).await?;
    let mut operator = world.client().await?;
    let last = last_page(&mut operator).await?;
    let first = "/api/v1/users?limit=50".to_owned();
    for (what, path) in [("page 1", &first), ("page 2,000", &last)] {
        let done = repeat(&server, &mut operator, path).await?;
        report.line(
            &format!("list 50 of 100,000 users, {what}"),
            &done,
            "≤ 1 ms CPU",
        );
    }
    let mut administrator = world.administrator().await?;
    let done = repeat(&server, &mut administrator, &first).await?;
    report.line("list 50 of an enterprise's 100 users", &done, "≤ 1 ms CPU");
    let done = repeat(
        &server,
        &mut administrator,
        "/api/v1/users?limit=50&q=weber+7",
    )
    .await?;
    report.line("search in an enterprise of 100 users", &done, "");
    report.line(
        "memory with 100,000 users",
        &format!("{:.1} MB", server.memory_mb()?),
        "",
    );
    server.stop().await
}

/// Adds everybody, some enterprises at a time.
async fn fill(server: &Server, world: &World) -> Result<()> {
    let mut filling = tokio::task::JoinSet::new();
    for (n, site) in world.sites.iter().cloned().enumerate() {
        if filling.len() >= AT_ONCE {
            filling
                .join_next()
                .await
                .context("somebody is filling")???;
        }
        let name = format!("Enterprise {n}");
        let token = server
            .token(&["--role", "enterprise-admin", "--enterprise", &name])
            .await?;
        let mut client = Client::connect(server.address, &token).await?;
        filling.spawn(async move {
            for user in 0..USERS_EACH {
                client.post(&site.users_path(), &site.user(user)).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = filling.join_next().await {
        done??;
    }
    Ok(())
}

/// The address of the last page, reached by following every cursor.
async fn last_page(client: &mut Client) -> Result<String> {
    let mut path = "/api/v1/users?limit=50".to_owned();
    let mut pages = 1;
    loop {
        let page = client.get(&path).await?;
        let Some(cursor) = page["next_cursor"].as_str() else {
            anyhow::ensure!(pages == 2_000, "{pages} pages");
            page["items"]
                .as_array()
                .filter(|items| items.len() == 50)
                .context("the last page is full")?;
            return Ok(path);
        };
        path = format!("/api/v1/users?limit=50&cursor={cursor}");
        pages += 1;
    }
}

async fn repeat(server: &Server, client: &mut Client, path: &str) -> Result<String> {
    let (cpu, start) = (server.cpu_s()?, Instant::now());
    for _ in 0..REPEATS {
        client.get(path).await?;
    }
    let each = |seconds: f64| seconds * 1e6 / f64::from(REPEATS);
    Ok(format!(
        "{:.0} µs CPU, {:.0} µs in all",
        each(server.cpu_s()? - cpu),
        each(start.elapsed().as_secs_f64())
    ))
}
