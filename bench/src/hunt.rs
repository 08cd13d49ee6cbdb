//! Calls to hunt groups at a steady pace: five phones ring, one answers, four are told that it did.

use std::time::Duration;

use anyhow::Result;
use tokio::task::JoinSet;

use crate::{
    call::{self, Pace, Pair},
    contender::Contender,
    phones::{self, Account},
    report::Report,
    rounds::Rounds,
    server::Server,
    world::World,
};

const GROUPS: usize = 100;
const MEMBERS: usize = 5;
const PACE: Pace = Pace {
    calls_per_second: 50,
    calls: 1_000,
};
/// The longest a transaction may stay after its end: timers H and J (RFC 3261 §17).
const LINGERING: Duration = Duration::from_secs(40);

/// Each group has a caller of its own, so that nobody is on the phone when it is called.
pub(crate) async fn measure(report: &mut Report) -> Result<()> {
    let klinke = Server::start("automatic").await?;
    let users = u64::try_from(GROUPS * (MEMBERS + 1))?;
    let world = World::make(&klinke, 1, users + u64::try_from(GROUPS)?).await?;
    let accounts = phones::accounts(&world, users).await?;
    let own = klinke.contender()?;
    let mut served = JoinSet::new();
    let mut pairs = Vec::with_capacity(GROUPS);
    for (team, n) in accounts.chunks(MEMBERS + 1).zip(users..) {
        pairs.push(group(&world, &own, team, n, &mut served).await?);
    }
    own.settled().await?;
    let mut rounds = Rounds::default();
    rounds.push(call::round(&mut pairs, &own, PACE).await?);
    let what = format!(
        "hunt-group call, {MEMBERS} phones ring, {}/s",
        PACE.calls_per_second
    );
    let measured = format!(
        "{}, setup p95 {:.1} ms",
        rounds.say(),
        rounds.setup_p95_ms()
    );
    report.line(&what, &measured, "none failed");
    tokio::time::sleep(LINGERING).await;
    let left = call::left(&world).await?;
    report.line("what is left of them", &left, "nothing");
    klinke.stop().await
}

/// The first of the team calls the others, the last of whom answers.
async fn group(
    world: &World,
    at: &Contender,
    team: &[Account],
    n: u64,
    served: &mut JoinSet<()>,
) -> Result<Pair> {
    let mut logged_in = Vec::with_capacity(team.len());
    for account in team {
        let mut phone = account.phone(at).await?;
        let code = phone.register(0).await?;
        anyhow::ensure!(code == 200, "REGISTER: {code}");
        logged_in.push(phone);
    }
    let members: Vec<&str> = team[1..].iter().map(|member| member.id.as_str()).collect();
    let site = &world.sites[0];
    let wanted = site.hunt_group(n, &members);
    let mut client = world.administrator().await?;
    client.post(&site.hunt_groups_path(), &wanted).await?;
    let mut logged_in = logged_in.into_iter();
    let caller = logged_in.next();
    if let Some(answering) = logged_in.next_back() {
        served.spawn(async move { drop(answering.serve().await) });
    }
    for ringing in logged_in {
        served.spawn(async move { drop(ringing.ring().await) });
    }
    Ok(Pair {
        caller: caller.ok_or_else(|| anyhow::anyhow!("a team has a caller"))?,
        dialled: format!("{n:06}"),
    })
}
