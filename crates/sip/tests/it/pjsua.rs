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
    run(server, people, None).await
}

/// The same people: Anna calls Bob, whose phone rings, and Eve dials this code.
pub(crate) async fn pick_up(
    server: SocketAddr,
    people: &[[&str; 3]; 3],
    code: &str,
) -> ThreePhones {
    run(server, people, Some(code)).await
}

async fn run(server: SocketAddr, people: &[[&str; 3]; 3], code: Option<&str>) -> ThreePhones {
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
        .args(code)
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
        for line in [
            "anna registered 200",
            "bob-in CONFIRMED",
            "eve-in CONFIRMED",
            "anna-bob transfer 200",
            "joined bob-in eve-in",
        ] {
            assert!(
                self.said.contains(line),
                "{line} is missing in:\n{}",
                self.said
            );
        }
        assert!(self.said.trim_end().ends_with("left"), "{}", self.said);
        assert!(self.heard(bob, eve), "Bob does not hear Eve");
        assert!(self.heard(eve, bob), "Eve does not hear Bob");
    }

    /// Eve has Bob's call, and Anna and she heard each other at the end.
    pub(crate) fn assert_picked_up(&self, anna: &str, eve: &str) {
        for line in ["eve-pickup CONFIRMED", "joined anna-bob eve-pickup"] {
            assert!(
                self.said.contains(line),
                "{line} is missing in:\n{}",
                self.said
            );
        }
        assert!(self.said.trim_end().ends_with("left"), "{}", self.said);
        assert!(self.heard(anna, eve), "Anna does not hear Eve");
        assert!(self.heard(eve, anna), "Eve does not hear Anna");
    }

    fn heard(&self, one: &str, other: &str) -> bool {
        let recording = self.folder.path().join(format!("{one}-hears.wav"));
        tone::ends_with(&recording, other)
    }
}
