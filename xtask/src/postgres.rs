//! A throw-away PostgreSQL cluster: made in a temporary folder, stopped and removed on drop.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::process::{self, command, find};

/// Owner of every object in the cluster; may log in without a password, from this machine only.
const USER: &str = "klinke";

/// What the server has to say; shown only when it does not start.
const LOG: &str = "log";

/// What is not durable may be quick; every test has a database of its own, so there are many connections.
const SETTINGS: [&str; 7] = [
    "listen_addresses=127.0.0.1",
    "max_connections=200",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_logical_replication_workers=0",
];

/// A running cluster.
pub(crate) struct Postgres {
    server: Child,
    port: u16,
    // Dropped after the server was stopped.
    folder: TempDir,
}

impl Postgres {
    /// Makes a cluster, starts it and waits until it answers.
    pub(crate) fn start() -> Result<Self> {
        let programs = programs()?;
        let folder = tempfile::Builder::new()
            .prefix("klinke-postgres-")
            .tempdir()?;
        if is_root()? {
            process::output(command("chown").arg("postgres:").arg(folder.path()))?;
        }
        let data = folder.path().join("data");
        process::output(initdb(&programs, &data)?.current_dir(folder.path()))?;
        let port = free_port()?;
        let log = File::create(folder.path().join(LOG))?;
        let server = server(&programs, &data, port)?
            .current_dir(folder.path())
            .stderr(log)
            .spawn()?;
        let mut postgres = Self {
            server,
            port,
            folder,
        };
        postgres.wait()?;
        Ok(postgres)
    }

    /// The address of a database in this cluster.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes an empty database and gives its address.
    pub(crate) fn create_database(&self, name: &str) -> Result<String> {
        let sql = format!("create database {name}");
        process::output(psql(&self.url("postgres")).args(["--command", &sql]))?;
        Ok(self.url(name))
    }

    fn wait(&mut self) -> Result<()> {
        let url = self.url("postgres");
        let answered = process::wait_until(Duration::from_secs(60), || {
            let gone = !matches!(self.server.try_wait(), Ok(None));
            gone || process::succeeds(psql(&url).args(["--command", "select 1"]))
        });
        match self.server.try_wait()? {
            None if answered => Ok(()),
            _ => {
                let log = fs::read_to_string(self.folder.path().join(LOG))?;
                bail!("the throw-away PostgreSQL does not answer: {}", log.trim())
            }
        }
    }
}

impl Drop for Postgres {
    /// SIGINT is PostgreSQL's "fast shutdown": connections are cut, the server ends.
    fn drop(&mut self) {
        let id = self.server.id().to_string();
        process::succeeds(command("kill").args(["-s", "INT", &id]));
        let ended = || !matches!(self.server.try_wait(), Ok(None));
        if !process::wait_until(Duration::from_secs(20), ended) {
            eprintln!("the throw-away PostgreSQL (process {id}) does not stop");
        }
    }
}

/// `psql` for one database: stops at the first error and prints bare values.
pub(crate) fn psql(url: &str) -> Command {
    let mut psql = command("psql");
    psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]);
    psql.args(["--set", "ON_ERROR_STOP=1", "--dbname", url]);
    psql
}

/// Where `initdb` and `postgres` lie: Debian keeps the versions apart and off the `PATH`; the newest counts.
pub(crate) fn programs() -> Result<PathBuf> {
    let versions = Path::new("/usr/lib/postgresql")
        .read_dir()
        .into_iter()
        .flatten()
        .flatten();
    let newest = versions
        .filter(|version| version.path().join("bin/initdb").is_file())
        .max_by_key(|version| version.file_name().to_string_lossy().parse::<u32>().ok());
    let elsewhere = || find("initdb")?.parent().map(Path::to_owned);
    let programs = newest
        .map(|version| version.path().join("bin"))
        .or_else(elsewhere);
    programs.context("PostgreSQL is not installed")
}

/// PostgreSQL refuses to run as root.
pub(crate) fn is_root() -> Result<bool> {
    Ok(process::output(command("id").arg("-u"))?.trim() == "0")
}

fn initdb(programs: &Path, data: &Path) -> Result<Command> {
    let mut initdb = unprivileged(&programs.join("initdb"))?;
    initdb.args([
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]);
    initdb.arg("--username").arg(USER).arg("--pgdata").arg(data);
    Ok(initdb)
}

fn server(programs: &Path, data: &Path, port: u16) -> Result<Command> {
    let mut server = unprivileged(&programs.join("postgres"))?;
    server
        .arg("-D")
        .arg(data)
        .args(["-p", &port.to_string(), "-k", ""]);
    for setting in SETTINGS {
        server.args(["-c", setting]);
    }
    Ok(server)
}

/// The program under an account PostgreSQL accepts. On Linux it gets SIGINT when xtask ends, however
/// that ends.
fn unprivileged(program: &Path) -> Result<Command> {
    if find("setpriv").is_none() {
        return Ok(command(program));
    }
    let mut start = command("setpriv");
    if is_root()? {
        start.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
    }
    start.args(["--pdeathsig", "INT"]).arg(program);
    Ok(start)
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    Ok(listener.local_addr()?.port())
}
