//! Kamailio beside us: the same logins, the same work, what the phones see and what it takes.

use std::{
    fmt::Write as _,
    fs::{self, File},
    net::{SocketAddr, UdpSocket},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::{
    contender::{Contender, Kind},
    phones::Account,
};

/// Processes that take datagrams: twice the cores, so that one that waits for the database holds up nobody.
pub(crate) const CHILDREN: usize = 4;
const CONFIGURATION: &str = include_str!("kamailio.cfg");
/// Kamailio's own tables, of its Debian packages.
const TABLES: &str = "/usr/share/kamailio/postgres";
const LOG: &str = "log";

/// Where Kamailio finds passwords.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passwords {
    /// Read from the database once.
    Memory,
    /// Asked of the database each time, as `auth_db` does.
    Postgres,
}

/// A running Kamailio.
pub(crate) struct Kamailio {
    process: Child,
    sip: SocketAddr,
    passwords: Passwords,
    folder: TempDir,
}

/// Its version; an error when it is not installed.
pub(crate) fn version() -> Result<String> {
    let output = Command::new("kamailio").arg("-v").output();
    let output = output.context("Kamailio is not installed")?;
    let text = String::from_utf8(output.stdout)?;
    let words: Vec<_> = text.split_whitespace().skip(1).take(2).collect();
    Ok(words.join(" "))
}

/// Puts the logins into a database that is empty.
pub(crate) fn subscribers(database: &str, accounts: &[Account]) -> Result<()> {
    let folder = TempDir::new()?;
    let mut sql = String::new();
    for script in ["standard-create.sql", "auth_db-create.sql"] {
        sql += &fs::read_to_string(Path::new(TABLES).join(script))?;
    }
    for account in accounts {
        let (login, ha1) = (&account.login, account.ha1());
        writeln!(
            sql,
            "insert into subscriber (username, domain, ha1) values ('{login}', 'klinke', '{ha1}');"
        )?;
    }
    sql += "analyze;\n";
    let script = folder.path().join("subscribers.sql");
    fs::write(&script, sql)?;
    let output = psql(database)
        .arg("--single-transaction")
        .arg("--file")
        .arg(&script)
        .output()?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{complaint}");
    Ok(())
}

impl Kamailio {
    /// Starts one on a free port and waits until it answers.
    pub(crate) async fn start(passwords: Passwords, database: &str) -> Result<Self> {
        let folder = TempDir::new()?;
        let sip = UdpSocket::bind("127.0.0.1:0")?.local_addr()?;
        let configuration = CONFIGURATION
            .replace("{children}", &CHILDREN.to_string())
            .replace("{address}", &sip.to_string())
            .replace("{database}", database);
        let path = folder.path().join("kamailio.cfg");
        fs::write(&path, configuration)?;
        let mut command = Command::new("kamailio");
        command.args(["-DD", "-E", "-m", "256", "-M", "16"]);
        if passwords == Passwords::Postgres {
            command.args(["-A", "ASKS_DATABASE"]);
        }
        let log = File::create(folder.path().join(LOG))?;
        let process = command
            .arg("-f")
            .arg(&path)
            .arg("-Y")
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut kamailio = Self {
            process,
            sip,
            passwords,
            folder,
        };
        kamailio.wait().await?;
        Ok(kamailio)
    }

    /// What phones see of it.
    pub(crate) fn contender(&self, database: &str) -> Result<Contender> {
        let version = version()?;
        let (where_from, database) = match self.passwords {
            Passwords::Memory => ("memory", Vec::new()),
            Passwords::Postgres => ("PostgreSQL", backends(database)?),
        };
        Ok(Contender {
            kind: Kind::Kamailio,
            name: format!("{version}, logins in {where_from}"),
            sip: self.sip,
            process: self.process.id(),
            database,
        })
    }

    async fn wait(&mut self) -> Result<()> {
        let phone = tokio::net::UdpSocket::bind("127.0.0.1:0").await?;
        phone.connect(self.sip).await?;
        let at = phone.local_addr()?;
        let request = format!(
            "REGISTER sip:klinke SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bKr;rport\r\nMax-Forwards: 9\r\n\
             From: <sip:a@klinke>;tag=a\r\nTo: <sip:a@klinke>\r\nCall-ID: {at}\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n"
        );
        for _ in 0..100 {
            // Nobody may listen yet; then the answer is an error as well.
            let _ = phone.send(request.as_bytes()).await;
            let mut buffer = [0; 2048];
            let answer = phone.recv(&mut buffer);
            let answer = tokio::time::timeout(Duration::from_millis(100), answer).await;
            if matches!(answer, Ok(Ok(_))) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let log = fs::read_to_string(self.folder.path().join(LOG))?;
        anyhow::bail!("Kamailio does not answer: {log}")
    }
}

impl Drop for Kamailio {
    /// SIGTERM, so that it ends its children.
    fn drop(&mut self) {
        let id = self.process.id().to_string();
        let _ = Command::new("kill").arg(&id).status();
        let _ = self.process.wait();
    }
}

/// The database's processes that serve Kamailio.
fn backends(database: &str) -> Result<Vec<u32>> {
    let sql = "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    let output = psql(database).args(["--command", sql]).output()?;
    let text = String::from_utf8(output.stdout)?;
    Ok(text
        .lines()
        .map(str::parse)
        .collect::<Result<Vec<_>, _>>()?)
}

fn psql(database: &str) -> Command {
    let mut psql = Command::new("psql");
    psql.args([
        "--no-psqlrc",
        "--quiet",
        "--tuples-only",
        "--no-align",
        "--set",
        "ON_ERROR_STOP=1",
        "--dbname",
        database,
    ]);
    psql
}
