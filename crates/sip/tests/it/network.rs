//! A network that loses and reorders, on virtual time, with the engine in the middle.

use crate::desk::{flow, login};
use crate::scripted::{Do, Phone, SERVER};
use bytes::{Bytes, BytesMut};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sip::call::{CallSettings, Engine, Sizes};
use sip::directory::{
    Attempt, CallLimit, CallRecord, Caller, Decision, EnterpriseId, Otherwise, Party,
    Phone as Target, Refusal, Route, Sides,
};
use sip::location::{Binding, Location, Registration};
use sip::message::{Message, Method, Wire};
use sip::metrics::Metrics;
use sip::{Time, Unavailable};
use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

pub(crate) struct Network {
    pub engine: Engine,
    pub phones: Vec<Phone>,
    pub routes: HashMap<String, Route>,
    pub records: Vec<CallRecord>,
    pub metrics: Arc<Metrics>,
    pub directory_is_down: bool,
    pub limit: Option<CallLimit>,
    /// What is dialled without any limit.
    pub unlimited: String,
    /// Sources that are trusted as the carrier.
    pub carrier: Option<SocketAddr>,
    pub attempts: Vec<Attempt>,
    now: Time,
    start: Time,
    wire: BTreeMap<(Time, u64), (SocketAddr, SocketAddr, Bytes)>,
    sent: u64,
    loss_percent: u64,
    rng: StdRng,
}

pub(crate) fn offer(logins: &[&str], seconds: u64) -> Route {
    let phones = logins
        .iter()
        .map(|login| Target {
            login: (*login).into(),
            generation: 0,
        })
        .collect();
    Route::Offer {
        phones,
        ring_for: Duration::from_secs(seconds),
        otherwise: Otherwise::default(),
    }
}

/// Rings this login, with login details of this generation.
pub(crate) fn offer_of(login: &str, generation: u64) -> Route {
    let phones = vec![Target {
        login: login.into(),
        generation,
    }];
    Route::Offer {
        phones,
        ring_for: Duration::from_secs(20),
        otherwise: Otherwise::default(),
    }
}

impl Network {
    /// `users` names which phone is registered for which login.
    pub(crate) fn new(
        phones: Vec<Phone>,
        users: &[(&str, usize)],
        loss_percent: u64,
        seed: u64,
    ) -> Network {
        Network::with(CallSettings::default(), phones, users, loss_percent, seed)
    }

    pub(crate) fn with(
        settings: CallSettings,
        phones: Vec<Phone>,
        users: &[(&str, usize)],
        loss_percent: u64,
        seed: u64,
    ) -> Network {
        let start = Time::from_unix_ms(1_800_000_000_000);
        let location = Arc::new(Location::default());
        let expires = start + Duration::from_secs(99_999);
        location.restore(
            users.iter().map(|(login, phone)| {
                let at = phones[*phone].at;
                let contact = format!("sip:{login}@{at}");
                let binding = Binding::stored(&contact, flow(&at.to_string()), start, expires);
                Registration {
                    login: (*login).into(),
                    binding,
                }
            }),
            start,
        );
        let metrics = Arc::new(Metrics::default());
        let rng = StdRng::from_seed([9; 32]);
        let engine = Engine::new(settings, rng, location, Arc::clone(&metrics));
        Network {
            engine,
            phones,
            routes: HashMap::from([("bob".into(), offer(&["bob"], 30))]),
            records: vec![],
            metrics,
            directory_is_down: false,
            limit: Some(CallLimit {
                enterprise: EnterpriseId(1),
                max_calls: 500,
            }),
            unlimited: String::new(),
            carrier: None,
            attempts: vec![],
            now: start,
            start,
            wire: BTreeMap::new(),
            sent: 0,
            loss_percent,
            rng: StdRng::seed_from_u64(seed),
        }
    }

    pub(crate) fn at(&mut self, phone: usize, ms: u64, what: Do) {
        let at = self.start + Duration::from_millis(ms);
        self.phones[phone].todo.push((at, what));
    }

    pub(crate) fn log(&self, phone: usize) -> String {
        self.phones[phone].log.join(" ")
    }

    /// Between 5 and 25 ms each way, so datagrams overtake each other.
    fn post(&mut self, from: SocketAddr, to: SocketAddr, bytes: Bytes) {
        self.sent += 1;
        if self.rng.next_u64() % 100 >= self.loss_percent {
            let delay = Duration::from_millis(5 + self.rng.next_u64() % 20);
            self.wire
                .insert((self.now + delay, self.sent), (from, to, bytes));
        }
    }

    fn pump(&mut self) {
        while let Some(question) = self.engine.poll_question() {
            self.attempts.push(question.attempt.clone());
            let is_unlimited = question.attempt.dialled == self.unlimited;
            let nobody = || {
                Route::Refuse(Refusal {
                    code: 404,
                    why: "nobody".into(),
                })
            };
            let route = self
                .routes
                .get(&question.attempt.dialled)
                .cloned()
                .unwrap_or_else(nobody);
            let presented = Party {
                number: "100".into(),
                name: "Anna \"A\" Ä".into(),
            };
            let decision = if self.directory_is_down {
                Err(Unavailable)
            } else {
                Ok(Decision {
                    sides: Sides::default(),
                    presented,
                    route,
                    limit: self.limit.filter(|_| !is_unlimited),
                })
            };
            self.engine.decided(self.now, question.call, decision);
        }
        while let Some(out) = self.engine.poll_transmit() {
            self.post(SERVER.parse().unwrap(), out.flow.peer, out.bytes);
        }
        while let Some(record) = self.engine.poll_record() {
            self.records.push(record);
        }
        for phone in 0..self.phones.len() {
            while let Some(out) = self.phones[phone].transactions.poll() {
                self.post(self.phones[phone].at, SERVER.parse().unwrap(), out.bytes);
            }
        }
    }

    pub(crate) fn run(&mut self, seconds: u64) {
        self.run_until(self.start + Duration::from_secs(seconds));
    }

    /// So much further.
    pub(crate) fn run_on(&mut self, seconds: u64) {
        self.run_until(self.now + Duration::from_secs(seconds));
    }

    fn run_until(&mut self, end: Time) {
        loop {
            self.pump();
            let wire = self.wire.keys().next().map(|(at, _)| *at);
            let engine = self.engine.next_timeout();
            let phones = self.phones.iter_mut().filter_map(Phone::next).min();
            let Some(next) = [wire, engine, phones]
                .into_iter()
                .flatten()
                .min()
                .filter(|at| *at <= end)
            else {
                break;
            };
            self.now = next.max(self.now);
            self.deliver();
            self.engine.timeout(self.now);
            for phone in &mut self.phones {
                phone.tick(self.now);
            }
        }
        self.now = end;
    }

    fn deliver(&mut self) {
        while let Some(entry) = self
            .wire
            .first_entry()
            .filter(|entry| entry.key().0 <= self.now)
        {
            let (from, to, bytes) = entry.remove();
            let message = Message::parse(BytesMut::from(&bytes[..]), Wire::Datagram).unwrap();
            if to == SERVER.parse().unwrap() {
                let is_new = message.method() == Some(Method::Invite) && message.to.tag.is_empty();
                let caller = is_new.then(|| self.caller(from));
                self.engine
                    .receive(self.now, flow(&from.to_string()), message, caller);
            } else if let Some(phone) = self.phones.iter_mut().find(|phone| phone.at == to) {
                phone.input(self.now, message);
            }
            self.pump();
        }
    }

    fn caller(&self, from: SocketAddr) -> Caller {
        if self.carrier == Some(from) {
            Caller::Trunk {
                number: "+4915112345".into(),
            }
        } else {
            Caller::Phone(Arc::new(login("100", "x")))
        }
    }

    /// Runs until nothing can happen any more; nothing may be left.
    pub(crate) fn finish(&mut self) {
        self.run(900);
        assert_eq!(
            self.engine.sizes(),
            Sizes::default(),
            "{} | {}",
            self.log(0),
            self.log(1)
        );
    }
}
