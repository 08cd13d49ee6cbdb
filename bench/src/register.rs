//! Phones that log in: REGISTER, 401, REGISTER with the proof, 200.

use std::time::Instant;

use anyhow::Result;
use testkit::Softphone;
use tokio::task::JoinSet;

use crate::{
    contender::Contender,
    kamailio::Passwords,
    phones::Systems,
    process,
    report::Report,
    rounds::{ROUNDS, Round, Rounds},
};

const LOGINS: u64 = 10_000;
/// Phones that wait for an answer at the same time.
const AT_ONCE: usize = 100;
/// How often each phone registers in a round.
const TIMES: usize = 2;
/// Further contacts of each login, to see what one takes: as many as it may have.
const FURTHER: u32 = 7;

/// Rounds in turn, then memory.
pub(crate) async fn measure(report: &mut Report, database: Option<&str>) -> Result<()> {
    let kamailios = [Passwords::Memory, Passwords::Postgres];
    let systems = Systems::start(LOGINS, database, &kamailios).await?;
    let own = &systems.contenders[0];
    let mut phones = Vec::new();
    for account in &systems.accounts {
        phones.push(account.phone(own).await?);
    }
    for contender in &systems.contenders {
        round(&mut phones, contender, 0).await?;
    }
    let mut all: Vec<_> = systems
        .contenders
        .iter()
        .map(|_| Rounds::default())
        .collect();
    for _ in 0..ROUNDS {
        for (contender, rounds) in systems.contenders.iter().zip(&mut all) {
            let mut attempt = 0;
            loop {
                attempt += 1;
                let round = round(&mut phones, contender, 0).await?;
                if round.is_quiet(contender, attempt) {
                    rounds.push(round);
                    break;
                }
            }
        }
    }
    say(report, &systems, &all);
    memory(report, &systems, &mut phones).await?;
    systems.klinke.stop().await
}

fn say(report: &mut Report, systems: &Systems, all: &[Rounds]) {
    let marks = ["≥ 8,000/s, none failed", "klinke ≤ 0.5×", "klinke ≤ 0.3×"];
    let own = all[0].cpu_us();
    for ((contender, rounds), mark) in systems.contenders.iter().zip(all).zip(marks) {
        let what = format!("REGISTER with digest, {LOGINS} logins, {}", contender.name);
        let mark = if mark.starts_with("klinke") {
            format!("{mark}: {:.2}×", own / rounds.cpu_us())
        } else {
            mark.to_owned()
        };
        report.line(&what, &rounds.say(), &mark);
    }
}

/// What a contact takes. There are many of them, because the first ones find room that the rounds have used before.
async fn memory(report: &mut Report, systems: &Systems, phones: &mut Vec<Softphone>) -> Result<()> {
    let own = &systems.contenders[0];
    for phone in phones.iter_mut() {
        phone.turn_to(own.sip).await?;
    }
    let before = process::memory_kb(own.process)?;
    let mut steps = Vec::new();
    for nth in 1..=FURTHER {
        wave(phones, own, nth, 1).await?;
        own.settled().await?;
        let grown = process::memory_kb(own.process)? - before;
        steps.push(format!("{grown:.0}"));
    }
    let contacts = u64::from(FURTHER) * LOGINS;
    ensure_registered(systems, contacts + LOGINS).await?;
    let grown = process::memory_kb(own.process)? - before;
    report.line(
        &format!("memory of a contact, {contacts} further ones"),
        &format!(
            "{:.2} kB (after each {LOGINS}: {} kB)",
            grown / contacts as f64,
            steps.join(", ")
        ),
        "≤ 2 kB",
    );
    Ok(())
}

async fn ensure_registered(systems: &Systems, contacts: u64) -> Result<()> {
    let metrics = systems.world.client().await?.text("/metrics").await?;
    let wanted = format!("klinke_sip_registrations {contacts}");
    anyhow::ensure!(
        metrics.lines().any(|line| line == wanted),
        "not {contacts} contacts are registered"
    );
    Ok(())
}

async fn round(phones: &mut Vec<Softphone>, at: &Contender, nth: u32) -> Result<Round> {
    for phone in phones.iter_mut() {
        phone.turn_to(at.sip).await?;
    }
    let watch = at.watch()?;
    let begin = Instant::now();
    let (done, failed) = wave(phones, at, nth, TIMES).await?;
    let elapsed = begin.elapsed();
    Ok(Round {
        used: watch.end().await?,
        done,
        failed,
        elapsed,
        setups: Vec::new(),
    })
}

/// Every phone registers, some at a time: how many did, and how many did not.
async fn wave(
    phones: &mut Vec<Softphone>,
    at: &Contender,
    nth: u32,
    times: usize,
) -> Result<(usize, usize)> {
    let mut workers = JoinSet::new();
    let each = phones.len().div_ceil(AT_ONCE);
    while !phones.is_empty() {
        let mut mine = phones.split_off(phones.len().saturating_sub(each));
        let name = at.name.clone();
        workers.spawn(async move {
            let (mut done, mut failed) = (0, 0);
            for turn in 0..times * mine.len() {
                let count = mine.len();
                let phone = &mut mine[turn % count];
                phone.forget_challenge();
                match phone.register(nth).await {
                    Ok(200) => done += 1,
                    other => {
                        eprintln!("{name}: {other:?}");
                        failed += 1;
                    }
                }
            }
            (mine, done, failed)
        });
    }
    let (mut all_done, mut all_failed) = (0, 0);
    while let Some(worker) = workers.join_next().await {
        let (mine, done, failed) = worker?;
        phones.extend(mine);
        all_done += done;
        all_failed += failed;
    }
    Ok((all_done, all_failed))
}
