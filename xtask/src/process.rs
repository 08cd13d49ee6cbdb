//! Starting other programs, and saying which.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::workspace;

/// Set by `cargo run` for xtask itself. A cargo started from here must not inherit them: build scripts
/// that watch them would run again, and with them everything above.
const OF_XTASK: [&str; 6] = [
    "CARGO_BIN_NAME",
    "CARGO_CRATE_NAME",
    "CARGO_MANIFEST_",
    "CARGO_PKG_",
    "CARGO_PRIMARY_PACKAGE",
    "OUT_DIR",
];

/// A command that will run in the root of the workspace, without input.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace::root()).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        let inherited = name.to_string_lossy();
        if OF_XTASK.iter().any(|own| inherited.starts_with(own)) {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs the command with its output shown live; an error unless it succeeds.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    announce(command);
    let status = command.status().with_context(|| describe(command))?;
    if !status.success() {
        bail!("{} failed ({status})", describe(command));
    }
    Ok(())
}

/// Runs the command and gives its standard output; its complaints go into the error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| describe(command))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("{} failed: {}", describe(command), complaint.trim());
    }
    String::from_utf8(output.stdout).with_context(|| describe(command))
}

/// Runs the command, shows its standard output live and keeps it; true when it succeeded.
pub(crate) fn tee(command: &mut Command) -> Result<(bool, String)> {
    announce(command);
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut kept = String::new();
    for line in BufReader::new(child.stdout.take().context("stdout is piped")?).lines() {
        let line = line?;
        println!("{line}");
        kept.push_str(&line);
        kept.push('\n');
    }
    Ok((child.wait()?.success(), kept))
}

/// True when the command can be started and succeeds; its output is not shown.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Where a program lies on the `PATH`.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "finding programs is what PATH is for"
    )]
    let path = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&path).map(|folder| folder.join(program));
    places.find(|place| place.is_file())
}

/// Does the work, and says how long it took.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("\n=== {name}");
    let started = now();
    let outcome = work();
    let verdict = if outcome.is_ok() { "done" } else { "FAILED" };
    println!(
        "=== {name}: {verdict} in {:.1} s",
        started.elapsed().as_secs_f32()
    );
    outcome
}

/// Asks until the answer is yes; false when it is not within the time.
pub(crate) fn wait_until(limit: Duration, mut ready: impl FnMut() -> bool) -> bool {
    let started = now();
    while !ready() {
        if started.elapsed() > limit {
            return false;
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "another process can only be polled"
        )]
        std::thread::sleep(Duration::from_millis(50));
    }
    true
}

#[expect(clippy::disallowed_methods, reason = "measures how long a step takes")]
fn now() -> Instant {
    Instant::now()
}

fn announce(command: &Command) {
    println!("$ {}", describe(command));
    // The child writes to the same terminal: what is ours comes first. Nothing is lost if it cannot.
    let _ = std::io::stdout().flush();
}

fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}
