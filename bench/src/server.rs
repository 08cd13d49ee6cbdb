//! A server under load: started from the release build, watched through `/proc`.

use std::{fs, net::SocketAddr, process::Stdio};

use anyhow::{Context, Result, anyhow};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// Clock ticks in a second (`getconf CLK_TCK`), in which Linux counts CPU time.
const TICKS: f64 = 100.0;

/// A running `klinke serve`.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: SocketAddr,
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
        let http = ready
            .split_whitespace()
            .find_map(|word| word.strip_prefix("http=http://"));
        let address = http
            .ok_or_else(|| anyhow!("not a ready line: {ready}"))?
            .parse()?;
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self {
            process,
            address,
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

    /// CPU time so far, in seconds.
    pub(crate) fn cpu_s(&self) -> Result<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.id()?))?;
        let fields: Vec<&str> = stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let ticks: f64 = fields[11].parse::<f64>()? + fields[12].parse::<f64>()?;
        Ok(ticks / TICKS)
    }

    /// Memory that is resident, in MB.
    pub(crate) fn memory_mb(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id()?))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .context("there is a VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
    }

    fn id(&self) -> Result<u32> {
        self.process.id().context("the server runs")
    }

    /// Ends it.
    pub(crate) async fn stop(mut self) -> Result<()> {
        Ok(self.process.kill().await?)
    }
}

/// The binary beside this one.
fn binary() -> Result<std::path::PathBuf> {
    let own = std::env::current_exe()?;
    Ok(own
        .parent()
        .context("a binary lies in a folder")?
        .join("klinke"))
}
