//! Phones that register or call as fast as they are answered: `load 127.0.0.1:15060 register|call SECONDS PHONES`.
#![expect(clippy::disallowed_methods, reason = "it measures real time")]

use bytes::BytesMut;
use ring::digest::{SHA256, digest};
use sip::message::{Message, Method, Wire, reason};
use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::net::UdpSocket;
use tokio::time::timeout;

type Failure = Box<dyn Error + Send + Sync>;

#[derive(Default)]
struct Tally {
    done: AtomicU64,
    failed: AtomicU64,
    setup_us: std::sync::Mutex<Vec<u64>>,
}

struct Phone {
    socket: UdpSocket,
    login: String,
    cseq: u32,
    calls: u32,
}

fn hex(text: &str) -> String {
    data_encoding::HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref())
}

fn parse(bytes: &[u8]) -> Result<Message, Failure> {
    Ok(Message::parse(BytesMut::from(bytes), Wire::Datagram)?)
}

impl Phone {
    async fn new(server: SocketAddr, login: u32) -> Result<Phone, Failure> {
        let socket = UdpSocket::bind("127.0.0.1:0").await?;
        socket.connect(server).await?;
        Ok(Phone {
            socket,
            login: login.to_string(),
            cseq: 0,
            calls: 0,
        })
    }

    fn request(
        &mut self,
        method: &str,
        uri: &str,
        call: &str,
        to: &str,
        more: &str,
    ) -> Result<String, Failure> {
        if method != "ACK" {
            self.cseq += 1;
        }
        let (cseq, login, at) = (self.cseq, &self.login, self.socket.local_addr()?);
        Ok(format!(
            "{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bK{call}{cseq}{method};rport\r\nMax-Forwards: 70\r\n\
             From: <sip:{login}@klinke>;tag=f{call}\r\nTo: {to}\r\nCall-ID: {call}-{at}\r\nCSeq: {cseq} {method}\r\n\
             Contact: <sip:{login}@{at}>\r\n{more}Content-Length: 0\r\n\r\n"
        ))
    }

    fn proof(
        &self,
        header: &str,
        method: &str,
        uri: &str,
        challenge: &Message,
    ) -> Result<String, Failure> {
        let text = String::from_utf8_lossy(challenge.bytes()).into_owned();
        let nonce = text
            .split("nonce=\"")
            .nth(1)
            .and_then(|t| t.split('"').next())
            .ok_or("no nonce")?;
        let ha1 = hex(&format!("{}:klinke:secret", self.login));
        let response = hex(&format!(
            "{ha1}:{nonce}:00000001:c:auth:{}",
            hex(&format!("{method}:{uri}"))
        ));
        Ok(format!(
            "{header}: Digest username=\"{}\", realm=\"klinke\", nonce=\"{nonce}\", uri=\"{uri}\", response=\"{response}\", \
             algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"c\"\r\n",
            self.login
        ))
    }

    /// The next message that is not provisional.
    async fn hear(&self) -> Result<Message, Failure> {
        let mut buffer = [0; 4096];
        loop {
            let length = timeout(Duration::from_secs(2), self.socket.recv(&mut buffer)).await??;
            let message = parse(&buffer[..length])?;
            if message.method().is_some() || message.code() >= 200 {
                return Ok(message);
            }
        }
    }

    async fn ask(&self, text: &str, code: u16) -> Result<Message, Failure> {
        self.socket.send(text.as_bytes()).await?;
        let answer = self.hear().await?;
        if answer.code() == code {
            Ok(answer)
        } else {
            Err(format!("{} instead of {code}", answer.code()).into())
        }
    }

    async fn register(&mut self) -> Result<(), Failure> {
        let to = format!("<sip:{}@klinke>", self.login);
        let first = self.request("REGISTER", "sip:klinke", "r", &to, "")?;
        let challenge = self.ask(&first, 401).await?;
        let proof = self.proof("Authorization", "REGISTER", "sip:klinke", &challenge)?;
        let second = self.request("REGISTER", "sip:klinke", "r", &to, &proof)?;
        self.ask(&second, 200).await.map(|_| ())
    }

    async fn call(&mut self, callee: &str, tally: &Tally) -> Result<(), Failure> {
        self.calls += 1;
        let (call, uri) = (format!("c{}", self.calls), format!("sip:{callee}@klinke"));
        let to = format!("<{uri}>");
        let started = Instant::now();
        let first = self.request("INVITE", &uri, &call, &to, "")?;
        let challenge = self.ask(&first, 407).await?;
        let proof = self.proof("Proxy-Authorization", "INVITE", &uri, &challenge)?;
        let second = self.request("INVITE", &uri, &call, &to, &proof)?;
        let answer = self.ask(&second, 200).await?;
        let setup = started.elapsed().as_micros();
        let to = String::from_utf8_lossy(answer.header(sip::message::Name::To).unwrap_or(b""))
            .into_owned();
        let contact = answer.contacts().next().ok_or("no contact")?;
        let target = String::from_utf8_lossy(answer.get(contact.uri)).into_owned();
        let ack = self.request("ACK", &target, &call, &to, "")?;
        self.socket.send(ack.as_bytes()).await?;
        let bye = self.request("BYE", &target, &call, &to, "")?;
        self.ask(&bye, 200).await?;
        if let Ok(mut all) = tally.setup_us.lock() {
            all.push(u64::try_from(setup)?);
        }
        Ok(())
    }

    /// Rings, answers, and takes leave.
    async fn serve(self) -> Result<(), Failure> {
        let mut buffer = [0; 4096];
        let at = self.socket.local_addr()?;
        loop {
            let length = self.socket.recv(&mut buffer).await?;
            let message = parse(&buffer[..length])?;
            let codes: &[u16] = match message.method() {
                Some(Method::Invite) => &[180, 200],
                Some(Method::Ack) | None => &[],
                Some(_) => &[200],
            };
            for code in codes {
                let mut out = message.response(*code, reason(*code).as_bytes(), Some(b"t"), at);
                out.header("Contact", format!("<sip:{}@{at}>", self.login).as_bytes());
                self.socket.send(&out.finish(None, b"")).await?;
            }
        }
    }
}

async fn work(mut phone: Phone, callee: Option<String>, until: Instant, tally: Arc<Tally>) {
    while Instant::now() < until {
        let result = match &callee {
            None => phone.register().await,
            Some(callee) => phone.call(callee, &tally).await,
        };
        let counter = if result.is_ok() {
            &tally.done
        } else {
            &tally.failed
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, server, what, seconds, phones] = &arguments[..] else {
        return Err("SERVER register|call SECONDS PHONES".into());
    };
    let (server, seconds, phones): (SocketAddr, u64, u32) =
        (server.parse()?, seconds.parse()?, phones.parse()?);
    let tally = Arc::new(Tally::default());
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut tasks = Vec::new();
    for n in 0..phones {
        let mut phone = Phone::new(server, 1_000_000 + n).await?;
        let mut callee = None;
        if what == "call" {
            phone.register().await?;
            let mut other = Phone::new(server, 1_005_000 + n).await?;
            other.register().await?;
            callee = Some(other.login.clone());
            tokio::spawn(other.serve());
        }
        tasks.push(tokio::spawn(work(phone, callee, until, Arc::clone(&tally))));
    }
    for task in tasks {
        task.await?;
    }
    let (done, failed) = (
        tally.done.load(Ordering::Relaxed),
        tally.failed.load(Ordering::Relaxed),
    );
    println!(
        "{done} done, {failed} failed, {} each second",
        done / seconds
    );
    if let Ok(mut all) = tally.setup_us.lock() {
        all.sort_unstable();
        if let Some(p95) = all.get(all.len() * 95 / 100) {
            println!("setup p95 {p95} us");
        }
    }
    Ok(())
}
