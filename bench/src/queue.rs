//! 500 callers wait in a queue of the server and hear music: what each of them costs, and how late packets go out.

use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::json;
use testkit::{Softphone, Talk};

use crate::{
    call,
    phones::{self, Account},
    report::Report,
    server::Server,
    world::World,
};

const CALLERS: u64 = 500;
const SECONDS: u64 = 30;
/// The longest a transaction may stay after its end: timers H and J (RFC 3261 §17).
const LINGERING: Duration = Duration::from_secs(40);

/// Nobody is signed in, so everybody waits.
pub(crate) async fn measure(report: &mut Report) -> Result<()> {
    let server = Server::start("automatic").await?;
    let world = World::make(&server, 1, CALLERS + 2).await?;
    let mut accounts = phones::accounts(&world, CALLERS + 1).await?;
    let agent = accounts.pop().context("there is an agent")?;
    let dialled = call_centre(&world, &agent).await?;
    let callers = logged_in(&server, &accounts).await?;
    server.contender()?.settled().await?;
    let memory = server.memory_mb()?;
    let mut waiting = Vec::with_capacity(callers.len());
    for (nth, mut caller) in callers.into_iter().enumerate() {
        let talk = caller.call(&dialled, &format!("w{nth}")).await?;
        let talk = talk.map_err(|code| anyhow!("INVITE: {code}"))?;
        waiting.push((caller, talk));
    }
    let cpu = server.cpu_s()?;
    tokio::time::sleep(Duration::from_secs(SECONDS)).await;
    let cpu = server.cpu_s()? - cpu;
    let memory = server.memory_mb()? - memory;
    let (late, sent) = late(&world).await?;
    report.line(
        &format!("{CALLERS} callers wait in a queue, {SECONDS} s"),
        &format!("{late} of {sent} packets later than 20 ms"),
        "99.9 % within 20 ms",
    );
    let each = 1000.0 * cpu / (CALLERS * SECONDS) as f64;
    let kb = memory * 1024.0 / CALLERS as f64;
    let measured = format!("{each:.3} ms CPU a second, {kb:.1} kB");
    report.line("the same, for each caller", &measured, "");
    leave(&mut waiting).await?;
    tokio::time::sleep(LINGERING).await;
    report.line(
        "what is left of them",
        &call::left(&world).await?,
        "nothing",
    );
    server.stop().await
}

/// A call centre with one agent, who is signed out; what is dialled.
async fn call_centre(world: &World, agent: &Account) -> Result<String> {
    let (site, n) = (&world.sites[0], CALLERS + 1);
    let extension = format!("{n:06}");
    let centre = json!({
        "name": "Service", "number": site.number(n), "extension": extension,
        "settings": { "queue_length": CALLERS }, "agents": [{ "user": agent.id }],
    });
    let mut client = world.administrator().await?;
    client.post(&site.call_centres_path(), &centre).await?;
    Ok(extension)
}

async fn logged_in(server: &Server, accounts: &[Account]) -> Result<Vec<Softphone>> {
    let at = server.contender()?;
    let mut phones = Vec::with_capacity(accounts.len());
    for account in accounts {
        let mut phone = account.phone(&at).await?;
        let code = phone.register(0).await?;
        ensure!(code == 200, "REGISTER: {code}");
        phones.push(phone);
    }
    Ok(phones)
}

async fn leave(waiting: &mut [(Softphone, Talk)]) -> Result<()> {
    for (caller, talk) in waiting {
        let code = caller.hang_up(talk).await?;
        ensure!(code == 200, "BYE: {code}");
    }
    Ok(())
}

/// How many packets went out later than 20 ms, and how many went out.
async fn late(world: &World) -> Result<(u64, u64)> {
    let text = world.client().await?.text("/metrics").await?;
    let value = |start: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(start));
        let number = line.with_context(|| format!("{start} is told"))?;
        anyhow::Ok(number.trim().parse::<u64>()?)
    };
    let in_time = value("klinke_media_late_seconds_bucket{le=\"0.02\"}")?;
    let sent = value("klinke_media_late_seconds_count")?;
    Ok((sent - in_time, sent))
}
