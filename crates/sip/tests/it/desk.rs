//! A stateless engine on virtual time and a phone's half of the digest, for transcripts.

use bytes::BytesMut;
use sip::digest::Ha1;
use sip::directory::EnterpriseId;
use sip::guard::GuardSettings;
use sip::location::Location;
use sip::message::{Message, Wire};
use sip::metrics::Metrics;
use sip::stateless::{Settings, Stateless, Step};
use sip::{Flow, Login, Time, Transport};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

pub(crate) const REALM: &str = "klinke";
pub(crate) const PHONE: &str = "192.0.2.10:5060";

pub(crate) fn login(name: &str, password: &str) -> Login {
    Login {
        login: name.to_owned(),
        ha1: Ha1::new(name, REALM, password),
        identity: format!("+{name}"),
        display_name: format!("User {name}"),
        enterprise: EnterpriseId(1),
        generation: 1,
    }
}

/// What the phone puts around a proof.
#[derive(Clone)]
pub(crate) struct Proof {
    pub username: String,
    pub password: String,
    pub nonce: String,
    pub count: String,
    pub uri: String,
    pub is_sha256: bool,
    pub has_qop: bool,
}

impl Proof {
    pub(crate) fn new(username: &str, password: &str, nonce: &str) -> Proof {
        Proof {
            username: username.into(),
            password: password.into(),
            nonce: nonce.into(),
            count: "00000001".into(),
            uri: "sip:klinke.example".into(),
            is_sha256: true,
            has_qop: true,
        }
    }

    fn hash(&self, text: &str) -> String {
        if self.is_sha256 {
            data_encoding::HEXLOWER
                .encode(ring::digest::digest(&ring::digest::SHA256, text.as_bytes()).as_ref())
        } else {
            use md5::Digest as _;
            data_encoding::HEXLOWER.encode(&md5::Md5::digest(text.as_bytes()))
        }
    }

    pub(crate) fn header(&self, name: &str, method: &str) -> String {
        let ha1 = self.hash(&format!("{}:{REALM}:{}", self.username, self.password));
        let ha2 = self.hash(&format!("{method}:{}", self.uri));
        let middle = if self.has_qop {
            format!(":{}:abc:auth", self.count)
        } else {
            String::new()
        };
        let response = self.hash(&format!("{ha1}:{}{middle}:{ha2}", self.nonce));
        let qop = if self.has_qop {
            format!(", qop=auth, nc={}, cnonce=\"abc\"", self.count)
        } else {
            String::new()
        };
        let algorithm = if self.is_sha256 { "SHA-256" } else { "MD5" };
        format!(
            "{name}: Digest username=\"{}\", realm=\"{REALM}\", nonce=\"{}\", uri=\"{}\", response=\"{response}\", \
             algorithm={algorithm}{qop}\r\n",
            self.username, self.nonce, self.uri
        )
    }
}

/// The engine's stateless part with a directory in a map.
pub(crate) struct Desk {
    pub stateless: Stateless,
    pub logins: HashMap<String, Arc<Login>>,
    pub now: Time,
    pub flow: Flow,
    cseq: u32,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        let settings = Settings {
            guard: GuardSettings::default(),
            ..Settings::new(REALM)
        };
        Desk::with(settings)
    }

    pub(crate) fn with(settings: Settings) -> Desk {
        let location = Arc::new(Location::default());
        Desk {
            stateless: Stateless::new(settings, &[7; 32], location, Arc::new(Metrics::default())),
            logins: [login("100", "secret"), login("200", "other")]
                .map(|l| (l.login.clone(), Arc::new(l)))
                .into(),
            now: Time::from_unix_ms(1_800_000_000_000),
            flow: flow(PHONE),
            cseq: 0,
        }
    }

    pub(crate) fn wait(&mut self, seconds: u64) {
        self.now = self.now + std::time::Duration::from_secs(seconds);
    }

    pub(crate) fn location(&self) -> &Location {
        self.stateless.location()
    }

    /// Sends raw bytes; the answer, or `None` when there is none.
    pub(crate) fn send(&self, text: &str) -> Option<Message> {
        let message = Message::parse(BytesMut::from(text.as_bytes()), Wire::Datagram).unwrap();
        let mut step = self.stateless.receive(message, self.flow, self.now);
        if let Step::LookUp { login, request } = step {
            step = self.stateless.proven(
                request,
                self.flow,
                self.now,
                self.logins.get(&login).cloned(),
            );
        }
        match step {
            Step::Answer(out) | Step::Deny(out) => {
                Some(Message::parse(BytesMut::from(&out.bytes[..]), Wire::Datagram).unwrap())
            }
            Step::Drop | Step::Pass { .. } => None,
            Step::LookUp { .. } => panic!("asked twice"),
        }
    }

    /// A REGISTER with these header lines; CSeq rises by itself.
    pub(crate) fn register_text(&mut self, user: &str, lines: &str) -> String {
        self.cseq += 1;
        let cseq = self.cseq;
        format!(
            "REGISTER sip:klinke.example SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK{cseq};rport\r\n\
             From: <sip:{user}@klinke.example>;tag=f\r\nTo: <sip:{user}@klinke.example>\r\nCall-ID: c-{user}\r\n\
             CSeq: {cseq} REGISTER\r\nMax-Forwards: 70\r\nUser-Agent: Desk 1\r\n{lines}Content-Length: 0\r\n\r\n"
        )
    }

    pub(crate) fn nonce(&mut self) -> String {
        let text = self.register_text("100", "");
        nonce_of(&self.send(&text).unwrap())
    }

    /// Registers with a fresh nonce and the right password.
    pub(crate) fn register(&mut self, lines: &str) -> Message {
        let nonce = self.nonce();
        let proof = Proof::new("100", "secret", &nonce).header("Authorization", "REGISTER");
        let text = self.register_text("100", &format!("{proof}{lines}"));
        self.send(&text).unwrap()
    }
}

pub(crate) fn flow(peer: &str) -> Flow {
    let local: SocketAddr = "192.0.2.1:5060".parse().unwrap();
    Flow {
        transport: Transport::Udp,
        local,
        peer: peer.parse().unwrap(),
    }
}

pub(crate) fn text(message: &Message) -> String {
    String::from_utf8_lossy(message.bytes()).into_owned()
}

pub(crate) fn nonce_of(answer: &Message) -> String {
    let text = text(answer);
    let start = text.find("nonce=\"").unwrap() + 7;
    text[start..].split('"').next().unwrap().to_owned()
}

pub(crate) fn lines(message: &Message, name: &str) -> Vec<String> {
    let prefix = format!("{name}: ");
    text(message)
        .lines()
        .filter_map(|l| l.strip_prefix(&prefix).map(str::to_owned))
        .collect()
}
