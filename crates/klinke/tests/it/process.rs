//! `klinke` as a process on a data directory of its own.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

/// A running `klinke serve`; killed when dropped.
pub(crate) struct Klinke {
    process: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    pub(crate) ready: String,
    pub(crate) http: SocketAddr,
    pub(crate) sip: SocketAddr,
}

impl Klinke {
    /// Starts it and waits for the line that says it is ready.
    pub(crate) fn start(data: &Path, options: &[&str]) -> Self {
        Self::start_at("127.0.0.1:0", data, options)
    }

    /// The same, with the portal at this address.
    pub(crate) fn start_at(http: &str, data: &Path, options: &[&str]) -> Self {
        let mut process = command(data, "serve", &["--http", http, "--sip", "127.0.0.1:0"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let ready = lines.next().unwrap().unwrap();
        let address = |of: &str| {
            let word = ready.split(' ').find_map(|word| word.strip_prefix(of));
            word.unwrap().parse().unwrap()
        };
        let (http, sip) = (address("http=http://"), address("sip="));
        Self {
            process,
            lines,
            ready,
            http,
            sip,
        }
    }

    /// The next line it says.
    pub(crate) fn line(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }

    /// What `kill -9` does.
    pub(crate) fn kill(mut self) {
        self.die();
    }

    /// The same, where somebody else keeps what is left.
    pub(crate) fn die(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Asks it to stop and answers whether it did so in order.
    pub(crate) fn stop(mut self) -> bool {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
        self.process.wait().unwrap().success()
    }
}

impl Drop for Klinke {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A command that has ended.
pub(crate) fn run(data: &Path, name: &str, options: &[&str]) -> Output {
    command(data, name, options).output().unwrap()
}

/// A token for the API.
pub(crate) fn token(data: &Path, options: &[&str]) -> String {
    let output = run(data, "token", options);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn command(data: &Path, name: &str, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klinke"));
    command
        .env_clear()
        .arg(name)
        .arg("--data")
        .arg(data)
        .args(options);
    command
}
