//! A real softphone: baresip from Debian, driven over its control port.

use serde_json::{Value, json};
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
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
        fs::write(&tone, wav(&sine(tone_of(login)))).unwrap();
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
        let found = timeout(PATIENCE, async {
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

/// Samples each second.
const RATE: u32 = 8000;
/// baresip hangs up at the end of its file.
const SECONDS: u32 = 60;

/// Every phone speaks in a tone of its own.
fn tone_of(login: &str) -> f64 {
    400.0 + 100.0 * f64::from(login.bytes().last().unwrap() - b'0')
}

fn sine(hertz: f64) -> Vec<i16> {
    let step = std::f64::consts::TAU * hertz / f64::from(RATE);
    #[allow(clippy::cast_possible_truncation, reason = "12,000 fits")]
    (0..RATE * SECONDS)
        .map(|n| (12_000.0 * (step * f64::from(n)).sin()) as i16)
        .collect()
}

fn wav(samples: &[i16]) -> Vec<u8> {
    let data: Vec<u8> = samples
        .iter()
        .flat_map(|sample| sample.to_le_bytes())
        .collect();
    let length = u32::try_from(data.len()).unwrap();
    let mut out = b"RIFF".to_vec();
    out.extend((36 + length).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    out.extend(RATE.to_le_bytes());
    out.extend((RATE * 2).to_le_bytes());
    out.extend(b"\x02\0\x10\0data");
    out.extend(length.to_le_bytes());
    out.extend(data);
    out
}

/// How much of a tone is in the samples, 0 to 1 (Goertzel).
fn share(samples: &[f64], hertz: f64) -> f64 {
    let turn = 2.0 * (std::f64::consts::TAU * hertz / f64::from(RATE)).cos();
    let (mut last, mut before) = (0.0, 0.0);
    for sample in samples {
        (last, before) = (sample + turn * last - before, last);
    }
    let power = last * last + before * before - turn * last * before;
    let all: f64 = samples.iter().map(|sample| sample * sample).sum();
    let count = f64::from(u32::try_from(samples.len()).unwrap());
    if all == 0.0 {
        0.0
    } else {
        2.0 * power / (count * all)
    }
}

impl Softphone {
    /// True when the last second this phone recorded is the tone of `login`.
    pub(crate) fn hears(&self, login: &str) -> bool {
        let files = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let Some(file) = files
            .filter(|path| path.to_string_lossy().ends_with("dec.wav"))
            .max()
        else {
            return false;
        };
        let bytes = fs::read(file).unwrap();
        let samples: Vec<f64> = bytes
            .chunks_exact(2)
            .map(|pair| f64::from(i16::from_le_bytes([pair[0], pair[1]])))
            .collect();
        let second = samples.len().saturating_sub(RATE as usize).max(22);
        samples.len() > RATE as usize && share(&samples[second..], tone_of(login)) > 0.8
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
