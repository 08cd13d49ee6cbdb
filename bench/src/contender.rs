//! Who is measured, and what a round of work took it.

use std::{net::SocketAddr, time::Duration};

use anyhow::Result;

use crate::process;

/// Which program it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A number is dialled.
    Klinke,
    /// A login is dialled: it knows no numbers.
    Kamailio,
}

/// A system phones can log in to.
pub(crate) struct Contender {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) sip: SocketAddr,
    /// Whose CPU time counts, with its children.
    pub(crate) process: u32,
    /// What works for it besides: the database's processes.
    pub(crate) database: Vec<u32>,
}

/// What a contender has used when a round begins.
pub(crate) struct Watch<'a> {
    contender: &'a Contender,
    own_s: f64,
    database_s: f64,
    machine_s: f64,
    /// The generator itself.
    phones_s: f64,
    begin: std::time::Instant,
}

/// What a round took, in seconds.
pub(crate) struct Used {
    pub(crate) own_s: f64,
    pub(crate) database_s: f64,
    /// CPU time of everybody who has nothing to do with it, as a share of one core.
    pub(crate) strangers: f64,
}

impl Contender {
    /// Begins a round.
    pub(crate) fn watch(&self) -> Result<Watch<'_>> {
        Ok(Watch {
            contender: self,
            own_s: process::cpu_s(self.process)?,
            database_s: process::sum_cpu_s(&self.database),
            machine_s: process::machine_s()?,
            phones_s: process::sum_cpu_s(&[std::process::id()]),
            begin: std::time::Instant::now(),
        })
    }

    /// Waits until it rests: what it put off belongs to the cost of what it was asked.
    pub(crate) async fn settled(&self) -> Result<()> {
        loop {
            let before = process::cpu_s(self.process)?;
            tokio::time::sleep(Duration::from_millis(200)).await;
            if process::cpu_s(self.process)? - before < 0.02 {
                return Ok(());
            }
        }
    }
}

impl Watch<'_> {
    /// Ends the round, once the contender rests.
    pub(crate) async fn end(self) -> Result<Used> {
        self.contender.settled().await?;
        let own_s = process::cpu_s(self.contender.process)? - self.own_s;
        let database_s = process::sum_cpu_s(&self.contender.database) - self.database_s;
        let phones_s = process::sum_cpu_s(&[std::process::id()]) - self.phones_s;
        let known_s = own_s + database_s + phones_s;
        let strangers_s = process::machine_s()? - self.machine_s - known_s;
        Ok(Used {
            own_s,
            database_s,
            strangers: (strangers_s / self.begin.elapsed().as_secs_f64()).max(0.0),
        })
    }
}
