//! Phones of an independent stack (pjsua2), driven by a script.

use crate::tone;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::process::Command;

/// What the three phones did and heard.
pub(crate) struct ThreePhones {
    folder: TempDir,
    pub(crate) said: String,
}

/// Anna, Bob and Eve, each with login, password and the number the others dial: Anna calls Bob, holds, resumes, calls Eve
/// and joins the two.
pub(crate) async fn meet(server: SocketAddr, people: &[[&str; 3]; 3]) -> ThreePhones {
    run(server, people, &["transfer"]).await
}

/// The same people: Anna calls Bob and sends him on to Eve.
#[allow(dead_code, reason = "blind transfers are there in the stories of sip")]
pub(crate) async fn send_on(server: SocketAddr, people: &[[&str; 3]; 3]) -> ThreePhones {
    run(server, people, &["blind"]).await
}

/// The same people: Anna calls Bob, whose phone rings, and Eve dials this code.
pub(crate) async fn pick_up(
    server: SocketAddr,
    people: &[[&str; 3]; 3],
    code: &str,
) -> ThreePhones {
    run(server, people, &["pickup", code]).await
}

/// The same people: Anna dials a queue, whose agents are Bob, who never answers, and Eve.
#[allow(dead_code, reason = "queues are there in the stories at the binary")]
pub(crate) async fn queue(
    server: SocketAddr,
    people: &[[&str; 3]; 3],
    dialled: &str,
) -> ThreePhones {
    run(server, people, &["queue", dialled]).await
}

/// The same people: Anna talks to Bob and parks him, and Eve dials this code.
#[allow(
    dead_code,
    reason = "park groups are there in the stories at the binary"
)]
pub(crate) async fn park(server: SocketAddr, people: &[[&str; 3]; 3], code: &str) -> ThreePhones {
    run(server, people, &["park", code]).await
}

async fn run(server: SocketAddr, people: &[[&str; 3]; 3], story: &[&str]) -> ThreePhones {
    let folder = tempfile::tempdir().unwrap();
    for [login, ..] in people {
        tone::write(&folder.path().join(format!("{login}.wav")), login);
    }
    let output = Command::new(python())
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../sip/tests/it/second_stack.py"
        ))
        .arg(server.to_string())
        .arg(folder.path())
        .args(people.iter().map(|person| person.join(":")))
        .args(story)
        .output()
        .await
        .expect("pjsua2 is needed: cargo xtask setup");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ThreePhones { folder, said }
}

/// Where `cargo xtask setup` puts it.
fn python() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pjsua2/bin/python")
}

impl ThreePhones {
    /// Everything went as it should, and at the end Bob and Eve heard each other.
    pub(crate) fn assert_joined(&self, bob: &str, eve: &str) {
        let lines = [
            "anna registered 200",
            "bob-in CONFIRMED",
            "eve-in CONFIRMED",
            "anna-bob transfer 200",
            "joined bob-in eve-in",
        ];
        self.assert_met(&lines, bob, eve);
    }

    /// Eve has Anna's part of the call, and Bob and she heard each other at the end.
    #[allow(dead_code, reason = "blind transfers are there in the stories of sip")]
    pub(crate) fn assert_sent_on(&self, bob: &str, eve: &str) {
        let lines = ["anna-bob transfer 200", "joined bob-in eve-in"];
        self.assert_met(&lines, bob, eve);
    }

    /// Eve has Bob's call, and Anna and she heard each other at the end.
    pub(crate) fn assert_picked_up(&self, anna: &str, eve: &str) {
        let lines = ["eve-pickup CONFIRMED", "joined anna-bob eve-pickup"];
        self.assert_met(&lines, anna, eve);
    }

    /// It rang at Bob in vain, and Anna and Eve heard each other at the end.
    #[allow(dead_code, reason = "queues are there in the stories at the binary")]
    pub(crate) fn assert_served(&self, anna: &str, eve: &str) {
        let lines = [
            "anna-queue CONFIRMED 200",
            "bob-in DISCONNECTED",
            "joined anna-queue eve-in",
        ];
        self.assert_met(&lines, anna, eve);
    }

    /// Both of Anna's calls ended by themselves, and Bob and Eve heard each other at the end.
    #[allow(
        dead_code,
        reason = "park groups are there in the stories at the binary"
    )]
    pub(crate) fn assert_retrieved(&self, bob: &str, eve: &str) {
        let lines = [
            "anna-park CONFIRMED 200",
            "anna-park DISCONNECTED",
            "anna-bob DISCONNECTED",
            "joined bob-in eve-retrieve",
        ];
        self.assert_met(&lines, bob, eve);
    }

    /// All this was said, the two heard each other at the end, and nobody is left.
    fn assert_met(&self, lines: &[&str], one: &str, other: &str) {
        let said = &self.said;
        for line in lines {
            assert!(said.contains(line), "{line} is missing in:\n{said}");
        }
        assert!(said.trim_end().ends_with("left"), "{said}");
        for (one, other) in [(one, other), (other, one)] {
            assert!(
                self.heard(one, other),
                "{one} does not hear {other}:\n{said}"
            );
        }
    }

    fn heard(&self, one: &str, other: &str) -> bool {
        let recording = self.folder.path().join(format!("{one}-hears.wav"));
        tone::ends_with(&recording, other)
    }
}
