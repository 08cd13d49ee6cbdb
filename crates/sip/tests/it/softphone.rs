//! A real softphone: baresip from Debian, driven over its control port.

use crate::tone;
use serde_json::{Value, json};
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

const MODULES: &str = "/usr/lib/baresip/modules";
const PATIENCE: Duration = Duration::from_secs(20);

/// One baresip process with one account.
pub(crate) struct Softphone {
    process: Child,
    control: TcpStream,
    buffer: Vec<u8>,
    folder: TempDir,
}

impl Softphone {
    /// Starts it; `mode` is baresip's answer mode, `transport` udp or tcp.
    pub(crate) async fn start(
        server: SocketAddr,
        login: &str,
        password: &str,
        transport: &str,
        mode: &str,
    ) -> Softphone {
        let folder = tempfile::tempdir().unwrap();
        let (sip, control) = (free_port(), free_port());
        let tone = folder.path().join("tone.wav");
        tone::write(&tone, login);
        fs::write(
            folder.path().join("config"),
            config(sip, control, folder.path()),
        )
        .unwrap();
        fs::write(folder.path().join("accounts"), "").unwrap();
        fs::write(folder.path().join("contacts"), "").unwrap();
        let process = Command::new("baresip")
            .arg("-f")
            .arg(folder.path())
            .arg("-s")
            .stdin(Stdio::null())
            .stdout(fs::File::create(folder.path().join("out")).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .expect("baresip is needed: apt-get install baresip-core");
        let mut phone = Softphone {
            process,
            control: connect(control).await,
            buffer: Vec::new(),
            folder,
        };
        // Only now, so that no event is missed.
        let account = account(server, login, password, transport, mode);
        phone.command("uanew", &account).await;
        phone
    }

    /// Waits for an event of this type.
    pub(crate) async fn event(&mut self, kind: &str) -> Value {
        self.event_after(Duration::ZERO, kind).await
    }

    /// The same for one that takes so long by itself.
    pub(crate) async fn event_after(&mut self, wait: Duration, kind: &str) -> Value {
        let found = timeout(wait + PATIENCE, async {
            loop {
                let value = self.next().await;
                if value["type"] == kind {
                    return value;
                }
            }
        });
        if let Ok(value) = found.await {
            return value;
        }
        let said = fs::read_to_string(self.folder.path().join("out")).unwrap();
        panic!("baresip never said {kind}, but:\n{said}");
    }

    /// True when it rang since it was last listened to; whatever else it said meanwhile is forgotten.
    #[allow(
        dead_code,
        reason = "who is passed over is heard by the stories at the binary"
    )]
    pub(crate) fn has_rung(&mut self) -> bool {
        let mut has_rung = false;
        loop {
            while let Some(value) = self.cut() {
                has_rung |= value["type"] == "CALL_INCOMING";
            }
            if !matches!(self.control.try_read_buf(&mut self.buffer), Ok(1..)) {
                return has_rung;
            }
        }
    }

    /// True when this stands in what it has sent or received.
    #[allow(
        dead_code,
        reason = "what other phones do not show is read by the stories at the binary"
    )]
    pub(crate) fn has_seen(&self, text: &str) -> bool {
        let said = fs::read(self.folder.path().join("out")).unwrap();
        String::from_utf8_lossy(&said).contains(text)
    }

    /// Gives a command.
    pub(crate) async fn command(&mut self, command: &str, parameters: &str) {
        let text = json!({ "command": command, "params": parameters, "token": "t" }).to_string();
        self.control
            .write_all(format!("{}:{text},", text.len()).as_bytes())
            .await
            .unwrap();
    }

    /// The next netstring of the control port.
    async fn next(&mut self) -> Value {
        loop {
            if let Some(value) = self.cut() {
                return value;
            }
            assert_ne!(
                self.control.read_buf(&mut self.buffer).await.unwrap(),
                0,
                "baresip ended"
            );
        }
    }

    fn cut(&mut self) -> Option<Value> {
        let colon = self.buffer.iter().position(|c| *c == b':')?;
        let length: usize = std::str::from_utf8(&self.buffer[..colon])
            .unwrap()
            .parse()
            .unwrap();
        let (start, end) = (colon + 1, colon + 1 + length);
        (self.buffer.len() > end).then(|| {
            let value = serde_json::from_slice(&self.buffer[start..end]).unwrap();
            self.buffer.drain(..=end);
            value
        })
    }
}

impl Softphone {
    /// True when the last second this phone recorded is the tone of `login`.
    pub(crate) fn hears(&self, login: &str) -> bool {
        let file = self.recording();
        file.is_some_and(|file| tone::ends_with(&file, login))
    }

    /// True when the last second this phone recorded is loud and no phone's tone.
    #[allow(
        dead_code,
        reason = "announcements are heard by the stories at the binary"
    )]
    pub(crate) fn hears_words(&self) -> bool {
        let file = self.recording();
        file.is_some_and(|file| tone::ends_with_words(&file))
    }

    /// What it heard last.
    fn recording(&self) -> Option<PathBuf> {
        let files = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path());
        files
            .filter(|path| path.to_string_lossy().ends_with("dec.wav"))
            .max()
    }
}

impl Drop for Softphone {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn config(sip: u16, control: u16, folder: &Path) -> String {
    let folder = folder.display();
    let modules = [
        "g711", "aubridge", "aufile", "sndfile", "account", "menu", "ctrl_tcp",
    ];
    let modules: String = modules
        .iter()
        .map(|name| {
            if matches!(*name, "account" | "menu" | "ctrl_tcp") {
                format!("module_app {name}.so\n")
            } else {
                format!("module {name}.so\n")
            }
        })
        .collect();
    format!(
        "sip_listen 127.0.0.1:{sip}\naudio_source aufile,{folder}/tone.wav\naudio_player aubridge,null\naudio_alert aubridge,null\n\
         ausrc_srate 8000\nauplay_srate 8000\nausrc_channels 1\nauplay_channels 1\nmodule_path {MODULES}\n{modules}\
         ctrl_tcp_listen 127.0.0.1:{control}\nsnd_path {folder}\n"
    )
}

fn account(server: SocketAddr, login: &str, password: &str, transport: &str, mode: &str) -> String {
    format!(
        "<sip:{login}@127.0.0.1;transport={transport}>;auth_user={login};auth_pass={password};\
         outbound=\"sip:{server};transport={transport}\";regint=300;answermode={mode};audio_codecs=PCMA/8000/1;mwi=no"
    )
}

/// Below the range the kernel takes ports from by itself, each only once; baresip takes the next one too, for TLS.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let base = 21_000 + u16::try_from(std::process::id() % 100).unwrap() * 100;
    loop {
        let port = base + NEXT.fetch_add(2, Ordering::Relaxed);
        let address = (Ipv4Addr::LOCALHOST, port);
        if std::net::TcpListener::bind(address).is_ok()
            && std::net::UdpSocket::bind(address).is_ok()
        {
            return port;
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a process that starts tells nobody when it listens"
)]
async fn connect(port: u16) -> TcpStream {
    for _ in 0..200 {
        if let Ok(stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await {
            return stream;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("baresip did not open its control port");
}
