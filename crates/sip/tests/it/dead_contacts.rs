//! Many phones that have gone without a word.

use crate::desk::{flow, login};
use crate::network::offer;
use bytes::BytesMut;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sip::call::{CallSettings, Engine, Sizes};
use sip::directory::{Caller, Decision, Party};
use sip::location::{Binding, Location, Registration};
use sip::message::{Message, Wire};
use sip::metrics::Metrics;
use sip::{Flow, Time, Transport};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

const CONTACTS: u16 = 5;
const USERS: u64 = 2000;

/// Callers without end, and users with so many contacts each, of which only the first says something.
struct Load {
    engine: Engine,
    now: Time,
    /// Final answers of the callers, by status.
    answers: BTreeMap<u16, usize>,
    most: Sizes,
}

fn load(transport: fn(u64) -> Transport) -> Load {
    let now = Time::from_unix_ms(1_800_000_000_000);
    let location = Arc::new(Location::default());
    let bindings = (0..USERS).flat_map(|user| (0..CONTACTS).map(move |contact| (user, contact)));
    let registrations = bindings.map(|(user, contact)| {
        let at = format!("10.1.{}.{}:{}", user / 250, user % 250 + 1, 5060 + contact);
        let number = user * u64::from(CONTACTS) + u64::from(contact) + 1;
        let flow = Flow {
            transport: if contact == 0 {
                Transport::Udp
            } else {
                transport(number)
            },
            ..flow(&at)
        };
        let uri = format!("sip:{user}@{at}");
        let binding = Binding::stored(&uri, flow, now, now + Duration::from_secs(9999));
        Registration {
            login: user.to_string(),
            binding,
        }
    });
    location.restore(registrations, now);
    let metrics = Arc::new(Metrics::default());
    let rng = StdRng::from_seed([9; 32]);
    // A fifth of the usual room, so that 10,000 calls are too many for it.
    let settings = CallSettings {
        max_calls: 4000,
        max_transactions: 40_000,
        ..CallSettings::default()
    };
    Load {
        engine: Engine::new(settings, rng, location, metrics),
        now,
        answers: BTreeMap::new(),
        most: Sizes::default(),
    }
}

impl Load {
    fn call(&mut self, number: u64) {
        let text = format!(
            "INVITE sip:{}@us SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKc{number};rport\r\n\
             From: <sip:a@us>;tag=f{number}\r\nTo: <sip:b@us>\r\nCall-ID: c{number}\r\nCSeq: 1 INVITE\r\n\
             Contact: <sip:a@10.0.0.2>\r\nContent-Length: 0\r\n\r\n",
            number % USERS
        );
        let message = Message::parse(BytesMut::from(text.as_bytes()), Wire::Datagram).unwrap();
        let caller = Caller::Phone(Arc::new(login(&number.to_string(), "x")));
        self.engine
            .receive(self.now, flow("10.0.0.2:5060"), message, Some(caller));
        self.pump();
    }

    /// The living phones are busy; the callers acknowledge.
    fn pump(&mut self) {
        loop {
            while let Some(question) = self.engine.poll_question() {
                let route = offer(&[&question.attempt.dialled], 20);
                let decision = Decision {
                    sides: sip::directory::Sides::default(),
                    presented: Party::default(),
                    route,
                    limit: None,
                };
                self.engine.decided(self.now, question.call, Ok(decision));
            }
            while self.engine.poll_record().is_some() {}
            let Some(out) = self.engine.poll_transmit() else {
                break;
            };
            if out.flow.peer.ip().to_string() == "10.0.0.2" {
                self.caller(&out.bytes);
            } else if out.flow.transport != Transport::Udp {
                self.engine.flow_lost(self.now, out.flow);
            } else if out.flow.peer.port() == 5060 && out.bytes.starts_with(b"INVITE") {
                self.busy(&out);
            }
        }
        let sizes = self.engine.sizes();
        self.most.transactions = self.most.transactions.max(sizes.transactions);
        self.most.calls = self.most.calls.max(sizes.calls);
    }

    fn busy(&mut self, out: &sip::Transmit) {
        let invite = Message::parse(BytesMut::from(&out.bytes[..]), Wire::Datagram).unwrap();
        let answer = invite
            .response(600, b"Busy", Some(b"b"), out.flow.local)
            .finish(None, b"");
        let answer = Message::parse(BytesMut::from(&answer[..]), Wire::Datagram).unwrap();
        self.engine.receive(self.now, out.flow, answer, None);
    }

    fn caller(&mut self, bytes: &[u8]) {
        let answer = Message::parse(BytesMut::from(bytes), Wire::Datagram).unwrap();
        if answer.code() < 200 {
            return;
        }
        *self.answers.entry(answer.code()).or_default() += 1;
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let line = |name: &str| text.lines().find(|line| line.starts_with(name)).unwrap();
        let via = line("Via: ").split(";rport").next().unwrap();
        let ack = format!(
            "ACK sip:b@us SIP/2.0\r\n{via};rport\r\n{}\r\n{}\r\n{}\r\nCSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n",
            line("From: "),
            line("To: "),
            line("Call-ID: ")
        );
        let ack = Message::parse(BytesMut::from(ack.as_bytes()), Wire::Datagram).unwrap();
        self.engine
            .receive(self.now, flow("10.0.0.2:5060"), ack, None);
    }

    fn run(&mut self, per_second: u64, seconds: u64) {
        let total = per_second * seconds;
        for number in 0..total {
            self.call(number);
            self.now = self.now + Duration::from_millis(1000 / per_second);
            if number % 8 == 7 {
                self.engine.timeout(self.now);
                self.pump();
            }
        }
        for _ in 0..100 {
            self.now = self.now + Duration::from_secs(1);
            self.engine.timeout(self.now);
            self.pump();
        }
        assert_eq!(self.engine.sizes(), Sizes::default());
    }
}

#[test]
fn calls_that_are_over_do_not_keep_others_out() {
    for transport in [(|_| Transport::Udp) as fn(u64) -> Transport, Transport::Tcp] {
        let mut load = load(transport);
        load.run(400, 25);
        let all = BTreeMap::from([(600, 10_000)]);
        assert_eq!(load.answers, all, "{:?}", load.most);
    }
}
