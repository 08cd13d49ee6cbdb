//! Calls at a steady pace: INVITE, 407, INVITE with the proof, 180, 200, ACK, BYE.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;
use testkit::Softphone;
use tokio::task::JoinSet;

use crate::{
    contender::{Contender, Kind},
    kamailio::Passwords,
    phones::{Account, Systems},
    process,
    report::Report,
    rounds::{ROUNDS, Round, Rounds},
    world::World,
};

const LOGINS: u64 = 1_000;
const CALLS_PER_SECOND: u32 = 400;
/// Calls in a round; all rounds together are 20,000.
const CALLS: usize = 4_000;
/// The longest a transaction may stay after its end: timers H and J (RFC 3261 §17).
const LINGERING: Duration = Duration::from_secs(40);

/// Somebody who calls, and whom.
pub(crate) struct Pair {
    pub(crate) caller: Softphone,
    pub(crate) dialled: String,
}

/// How fast, and how much.
#[derive(Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) calls_per_second: u32,
    pub(crate) calls: usize,
}

const PACE: Pace = Pace {
    calls_per_second: CALLS_PER_SECOND,
    calls: CALLS,
};

/// Rounds in turn, then what is left of 20,000 calls.
pub(crate) async fn measure(report: &mut Report, database: Option<&str>) -> Result<()> {
    let systems = Systems::start(LOGINS, database, &[Passwords::Memory]).await?;
    let mut sides = Vec::new();
    let mut served = JoinSet::new();
    for contender in &systems.contenders {
        let mut pairs = pairs(contender, &systems.accounts, &mut served).await?;
        round(&mut pairs, contender, PACE).await?;
        sides.push((contender, pairs, Rounds::default()));
    }
    let own = &systems.contenders[0];
    let before = process::memory_kb(own.process)?;
    let mut calls = 0;
    for _ in 0..ROUNDS {
        for (contender, pairs, rounds) in &mut sides {
            let mut attempt = 0;
            loop {
                attempt += 1;
                let round = round(pairs, contender, PACE).await?;
                if contender.process == own.process {
                    calls += round.done;
                }
                if round.is_quiet(contender, attempt) {
                    rounds.push(round);
                    break;
                }
            }
        }
    }
    say(report, &sides);
    tokio::time::sleep(LINGERING).await;
    own.settled().await?;
    let grown = process::memory_kb(own.process)? - before;
    let left = left(&systems.world).await?;
    let what = format!("what is left of {calls} calls");
    report.line(&what, &format!("{left}memory {grown:+.0} kB"), "nothing");
    systems.klinke.stop().await
}

fn say(report: &mut Report, sides: &[(&Contender, Vec<Pair>, Rounds)]) {
    let own = sides[0].2.cpu_us();
    for (nth, (contender, _, rounds)) in sides.iter().enumerate() {
        let what = format!(
            "authenticated call, {CALLS_PER_SECOND}/s, {}",
            contender.name
        );
        let measured = format!(
            "{}, setup p95 {:.1} ms",
            rounds.say(),
            rounds.setup_p95_ms()
        );
        let mark = if nth == 0 {
            "none failed, setup p95 ≤ 20 ms".to_owned()
        } else {
            format!("klinke ≤ 1×: {:.2}×", own / rounds.cpu_us())
        };
        report.line(&what, &measured, &mark);
    }
}

/// Half of the logins call the other half; all are registered.
async fn pairs(
    at: &Contender,
    accounts: &[Account],
    served: &mut JoinSet<()>,
) -> Result<Vec<Pair>> {
    let (callers, callees) = accounts.split_at(accounts.len() / 2);
    let mut pairs = Vec::new();
    for (caller, callee) in callers.iter().zip(callees) {
        let (mut one, mut other) = (caller.phone(at).await?, callee.phone(at).await?);
        for phone in [&mut one, &mut other] {
            let code = phone.register(0).await?;
            anyhow::ensure!(code == 200, "{}: {code}", at.name);
        }
        served.spawn(async move { drop(other.serve().await) });
        let dialled = match at.kind {
            Kind::Klinke => &callee.extension,
            Kind::Kamailio => &callee.login,
        };
        pairs.push(Pair {
            caller: one,
            dialled: dialled.clone(),
        });
    }
    Ok(pairs)
}

/// Calls at this pace until all are over.
pub(crate) async fn round(pairs: &mut Vec<Pair>, at: &Contender, pace: Pace) -> Result<Round> {
    let watch = at.watch()?;
    let (begin, callers) = (Instant::now(), pairs.len());
    let mut workers = JoinSet::new();
    let name: Arc<str> = at.name.as_str().into();
    for (nth, mut pair) in pairs.drain(..).enumerate() {
        let name = name.clone();
        workers.spawn(async move {
            let mut setups = Vec::new();
            for call in (nth..pace.calls).step_by(callers) {
                let after = u32::try_from(call)? * Duration::from_secs(1) / pace.calls_per_second;
                let due = begin + after;
                tokio::time::sleep_until(due.into()).await;
                match pair.call(call).await {
                    Ok(setup) => setups.push(setup),
                    Err(error) => eprintln!("{name}: {error:#}"),
                }
            }
            anyhow::Ok((pair, setups))
        });
    }
    let mut setups = Vec::new();
    while let Some(worker) = workers.join_next().await {
        let (pair, mine) = worker??;
        pairs.push(pair);
        setups.extend(mine);
    }
    let elapsed = begin.elapsed();
    Ok(Round {
        used: watch.end().await?,
        done: setups.len(),
        failed: pace.calls - setups.len(),
        elapsed,
        setups,
    })
}

impl Pair {
    /// One call to its end; how long it took from the first INVITE to the 200.
    async fn call(&mut self, call: usize) -> Result<Duration> {
        self.caller.forget_challenge();
        let begin = Instant::now();
        let talk = self.caller.call(&self.dialled, &format!("c{call}")).await?;
        let setup = begin.elapsed();
        let talk = talk.map_err(|code| anyhow::anyhow!("INVITE: {code}"))?;
        let code = self.caller.hang_up(&talk).await?;
        anyhow::ensure!(code == 200, "BYE: {code}");
        Ok(setup)
    }
}

/// The gauges that must be zero when nobody talks.
pub(crate) async fn left(world: &World) -> Result<String> {
    let text = world.client().await?.text("/metrics").await?;
    let gauges = ["klinke_sip_calls ", "klinke_sip_transactions"];
    let lines = text
        .lines()
        .filter(|line| gauges.iter().any(|gauge| line.starts_with(gauge)));
    Ok(lines.map(|line| format!("{line}, ")).collect())
}
