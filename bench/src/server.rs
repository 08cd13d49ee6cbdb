//! A server under load, started from the release build.

use std::{net::SocketAddr, process::Stdio};

use anyhow::{Context, Result, anyhow};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use crate::{
    contender::{Contender, Kind},
    process,
};

/// A running `klinke serve`.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: SocketAddr,
    sip: SocketAddr,
    data: TempDir,
}

impl Server {
    /// Starts one on a new database.
    pub(crate) async fn start(activation: &str) -> Result<Self> {
        let data = TempDir::new()?;
        let mut process = Command::new(binary()?)
            .args([
                "serve",
                "--http",
                "127.0.0.1:0",
                "--sip",
                "127.0.0.1:0",
                "--activation",
                activation,
                "--data",
            ])
            .arg(data.path())
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines =
            BufReader::new(process.stdout.take().context("the output is piped")?).lines();
        let ready = lines
            .next_line()
            .await?
            .context("the server ended before it was ready")?;
        let address = listening(&ready, "http=http://")?;
        let sip = listening(&ready, "sip=")?;
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self {
            process,
            address,
            sip,
            data,
        })
    }

    /// A token of this server.
    pub(crate) async fn token(&self, arguments: &[&str]) -> Result<String> {
        let output = Command::new(binary()?)
            .arg("token")
            .arg("--data")
            .arg(self.data.path())
            .args(arguments)
            .output()
            .await?;
        anyhow::ensure!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// A letter to this address among those it has kept.
    pub(crate) fn letter_to(&self, email: &str) -> Result<Option<String>> {
        for file in std::fs::read_dir(self.data.path().join("mail"))? {
            let letter = std::fs::read_to_string(file?.path())?;
            if letter.contains(email) {
                return Ok(Some(letter));
            }
        }
        Ok(None)
    }

    /// CPU time so far, in seconds.
    pub(crate) fn cpu_s(&self) -> Result<f64> {
        process::cpu_s(self.id()?)
    }

    /// Memory that is resident, in MB.
    pub(crate) fn memory_mb(&self) -> Result<f64> {
        Ok(process::memory_kb(self.id()?)? / 1024.0)
    }

    /// What phones see of it.
    pub(crate) fn contender(&self) -> Result<Contender> {
        Ok(Contender {
            kind: Kind::Klinke,
            name: "klinke".to_owned(),
            sip: self.sip,
            process: self.id()?,
            database: Vec::new(),
        })
    }

    fn id(&self) -> Result<u32> {
        self.process.id().context("the server runs")
    }

    /// Ends it.
    pub(crate) async fn stop(mut self) -> Result<()> {
        Ok(self.process.kill().await?)
    }
}

/// An address from the line a server says when it is ready.
fn listening(ready: &str, what: &str) -> Result<SocketAddr> {
    let address = ready
        .split_whitespace()
        .find_map(|word| word.strip_prefix(what));
    let address = address.ok_or_else(|| anyhow!("not a ready line: {ready}"))?;
    Ok(address.parse()?)
}

/// The binary beside this one.
fn binary() -> Result<std::path::PathBuf> {
    let own = std::env::current_exe()?;
    Ok(own
        .parent()
        .context("a binary lies in a folder")?
        .join("klinke"))
}
