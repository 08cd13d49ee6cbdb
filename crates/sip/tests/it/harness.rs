//! What fuzzing runs, from bytes alone: the targets in `fuzz/` give what they find, `fuzzed.rs` random ones.

use bytes::{Bytes, BytesMut};
use rand::SeedableRng;
use rand::rngs::StdRng;
use sip::call::{CallSettings, Engine, Sizes};
use sip::digest::Ha1;
use sip::directory::{
    Caller, Decision, EnterpriseId, Otherwise, Party, Phone, Refusal, Route, Sides,
};
use sip::location::{Binding, Location, Registration};
use sip::message::{Frame, Framer, Message, Wire, reason};
use sip::metrics::Metrics;
use sip::stateless::{Settings, Stateless, Step};
use sip::{Flow, Login, Time, Transport, Unavailable};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

const METHODS: [&str; 10] = [
    "INVITE", "ACK", "BYE", "CANCEL", "PRACK", "UPDATE", "INFO", "REFER", "OPTIONS", "REGISTER",
];
const CODES: [u16; 12] = [100, 180, 183, 200, 202, 302, 401, 407, 422, 481, 486, 503];
/// How far time goes in one step, milliseconds.
const PAUSES: [u64; 8] = [0, 10, 500, 2_000, 5_000, 33_000, 200_000, 4_000_000];
/// What the engine has sent lately.
const REMEMBERED: usize = 8;

/// Reads the bytes as one datagram, and as a stream that arrives in two pieces.
pub(crate) fn message(bytes: &[u8]) {
    if let Ok(message) = Message::parse(BytesMut::from(bytes), Wire::Datagram) {
        read(&message);
    }
    let (split, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let (one, other) = rest.split_at(usize::from(*split).min(rest.len()));
    let mut framer = Framer::default();
    for piece in [one, other] {
        framer.buffer().extend_from_slice(piece);
        while let Ok(Some(frame)) = framer.next_frame() {
            if let Frame::Message(bytes) = frame
                && let Ok(message) = Message::parse(bytes, Wire::Stream)
            {
                read(&message);
            }
        }
    }
}

/// An answer copies what it was read from.
fn read(message: &Message) {
    for contact in message.contacts() {
        let _ = message.get(contact.uri);
    }
    if message.method().is_some() {
        let at = peer(0).peer;
        let answer = message.response(200, b"OK", Some(b"t"), at);
        drop(answer.finish(None, b""));
    }
}

/// Reads the bytes as a story: messages, answers to what the engine sent, decisions of the directory, and time that passes.
/// Nothing may be left when all of it is long over.
pub(crate) fn transactions(bytes: &[u8]) {
    let mut story = Story::new(bytes);
    while story.step().is_some() {
        story.drain();
    }
    story.end();
}

struct Story<'a> {
    bytes: &'a [u8],
    now: Time,
    login: Arc<Login>,
    stateless: Stateless,
    engine: Engine,
    sent: Vec<Bytes>,
}

impl<'a> Story<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let now = Time::from_unix_ms(1_800_000_000_000);
        let location = Arc::new(Location::default());
        let expires = now + Duration::from_secs(86_400 * 365);
        let registered = ["100", "200"].into_iter().zip(0..).map(|(login, nth)| {
            let flow = peer(nth);
            let contact = format!("sip:{login}@{}", flow.peer);
            Registration {
                login: login.into(),
                binding: Binding::stored(&contact, flow, now, expires),
            }
        });
        location.restore(registered, now);
        let metrics = Arc::new(Metrics::default());
        let settings = Settings::new("klinke");
        let engine = Engine::new(
            CallSettings::default(),
            StdRng::from_seed([3; 32]),
            Arc::clone(&location),
            Arc::clone(&metrics),
        );
        Story {
            bytes,
            now,
            login: Arc::new(login()),
            stateless: Stateless::new(settings, &[7; 32], location, metrics),
            engine,
            sent: Vec::new(),
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let at = usize::from(self.byte()?);
        Some(from[at % from.len()])
    }

    fn step(&mut self) -> Option<()> {
        match self.byte()? % 8 {
            0..3 => self.request(),
            3..5 => self.answer(),
            5 => self.decide(),
            6 => self.raw(),
            _ => self.wait(),
        }
    }

    /// A request of a phone; it may belong to a dialog of what was sent before.
    fn request(&mut self) -> Option<()> {
        let method = self.pick(&METHODS)?;
        let (branch, call, cseq) = (self.byte()? % 4, self.byte()? % 2, self.byte()? % 4);
        let to = self.tag()?;
        let more = self.pick(&[
            "",
            "Supported: 100rel, timer\r\nSession-Expires: 90;refresher=uac\r\n",
            "Require: 100rel\r\nRAck: 1 1 INVITE\r\n",
            "Refer-To: <sip:200@klinke>\r\n",
        ])?;
        let text = format!(
            "{method} sip:200@klinke SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1:5062;branch=z9hG4bK{branch};rport\r\n\
             From: <sip:100@klinke>;tag=f\r\nTo: <sip:200@klinke>{to}\r\nCall-ID: {call}\r\nCSeq: {cseq} {method}\r\n\
             Contact: <sip:100@10.0.0.1:5062>\r\nMax-Forwards: 70\r\n{more}Content-Length: 0\r\n\r\n"
        );
        self.receive(text.as_bytes(), 0);
        Some(())
    }

    /// A tag of To, as somebody would know it from what they were sent.
    fn tag(&mut self) -> Option<String> {
        let at = usize::from(self.byte()?);
        let sent = self.sent.get(at % REMEMBERED);
        let message = sent.and_then(|sent| parse(sent));
        let tag = message
            .map(|message| String::from_utf8_lossy(message.get(message.to.tag)).into_owned());
        Some(match tag {
            Some(tag) if !tag.is_empty() => format!(";tag={tag}"),
            _ => String::new(),
        })
    }

    /// An answer to something the engine sent.
    fn answer(&mut self) -> Option<()> {
        let (at, code) = (usize::from(self.byte()?), self.pick(&CODES)?);
        let more = self.pick(&[
            "",
            "Require: 100rel\r\nRSeq: 1\r\n",
            "Session-Expires: 90\r\n",
        ])?;
        let request = self
            .sent
            .get(at % REMEMBERED)
            .and_then(|sent| parse(sent))?;
        if request.method().is_some() {
            let flow = peer(1);
            let mut out = request.response(code, reason(code).as_bytes(), Some(b"z"), flow.peer);
            out.header("Contact", b"<sip:200@10.0.0.2:5062>");
            for line in more.lines() {
                let (name, value) = line.split_once(": ")?;
                out.header(name, value.as_bytes());
            }
            let bytes = out.finish(None, b"");
            self.receive(&bytes, 1);
        }
        Some(())
    }

    /// The directory has decided, or cannot.
    fn decide(&mut self) -> Option<()> {
        let choice = self.byte()? % 4;
        let Some(question) = self.engine.poll_question() else {
            return Some(());
        };
        let decision = match choice {
            0 => Err(Unavailable),
            1 => Ok(decision(Route::Refuse(Refusal {
                code: 404,
                why: "nobody".into(),
            }))),
            _ => Ok(decision(ring())),
        };
        self.engine.decided(self.now, question.call, decision);
        Some(())
    }

    /// The bytes themselves.
    fn raw(&mut self) -> Option<()> {
        let length = usize::from(self.byte()?).min(self.bytes.len());
        let (bytes, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        self.receive(bytes, 0);
        Some(())
    }

    fn wait(&mut self) -> Option<()> {
        let pause = self.pick(&PAUSES)?;
        self.now = self.now + Duration::from_millis(pause);
        self.engine.timeout(self.now);
        Some(())
    }

    fn receive(&mut self, bytes: &[u8], from: u8) {
        let Some(message) = parse(bytes) else {
            return;
        };
        let flow = peer(from);
        match self.stateless.receive(message.clone(), flow, self.now) {
            Step::LookUp { request, .. } => {
                let found = Some(Arc::clone(&self.login));
                drop(self.stateless.proven(request, flow, self.now, found));
            }
            Step::Pass { message, caller } => {
                return self.engine.receive(self.now, flow, message, caller);
            }
            Step::Answer(_) | Step::Deny(_) | Step::Drop => {}
        }
        // As if proven: nobody guesses a proof.
        let caller = Caller::Phone(Arc::clone(&self.login));
        self.engine.receive(self.now, flow, message, Some(caller));
    }

    fn drain(&mut self) {
        while let Some(out) = self.engine.poll_transmit() {
            self.sent.insert(0, out.bytes);
        }
        self.sent.truncate(REMEMBERED);
        assert!(self.engine.is_counted_right());
        while self.engine.poll_record().is_some() {}
    }

    fn end(mut self) {
        while let Some(question) = self.engine.poll_question() {
            self.engine
                .decided(self.now, question.call, Err(Unavailable));
        }
        for _ in 0..2_000 {
            self.drain();
            self.now = self.now + Duration::from_secs(5);
            self.engine.timeout(self.now);
            if self.engine.sizes() == Sizes::default() {
                return;
            }
        }
        panic!("left behind: {:?}", self.engine.sizes());
    }
}

fn parse(bytes: &[u8]) -> Option<Message> {
    Message::parse(BytesMut::from(bytes), Wire::Datagram).ok()
}

fn peer(nth: u8) -> Flow {
    Flow {
        transport: Transport::Udp,
        local: SocketAddr::from(([192, 0, 2, 1], 5060)),
        peer: SocketAddr::from(([10, 0, 0, nth + 1], 5062)),
    }
}

fn login() -> Login {
    Login {
        login: "100".to_owned(),
        ha1: Ha1::new("100", "klinke", "secret"),
        identity: "+100".to_owned(),
        display_name: "Anna".to_owned(),
        enterprise: EnterpriseId(1),
        generation: 0,
    }
}

fn decision(route: Route) -> Decision {
    Decision {
        sides: Sides::default(),
        presented: Party::default(),
        route,
        limit: None,
    }
}

fn ring() -> Route {
    let phones = ["100", "200"].map(|login| Phone {
        login: login.to_owned(),
        generation: 0,
    });
    Route::Offer {
        phones: phones.into(),
        ring_for: Duration::from_secs(20),
        otherwise: Otherwise::default(),
    }
}
