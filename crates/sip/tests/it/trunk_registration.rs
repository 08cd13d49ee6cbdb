//! Our registration at the carrier, on virtual time.

use crate::carrier::Guard;
use crate::desk::lines;
use crate::scripted::server;
use crate::trunk::{reached, settings};
use bytes::BytesMut;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sip::message::{Message, Wire, reason};
use sip::trunk::{Registration, Trunk, TrunkSettings};
use sip::{Flow, Time};
use std::sync::Arc;
use std::time::Duration;

/// A carrier's registrar and our side of it.
struct Registrar {
    registration: Registration,
    now: Time,
    start: Time,
    guard: Option<Guard>,
    /// Answers with this instead.
    refuses: Option<(u16, &'static str)>,
    is_silent: bool,
    granted: u32,
    seen: Vec<(u64, Message)>,
}

fn registrar(trunk: Arc<Trunk>, seed: u8) -> Registrar {
    let start = Time::from_unix_ms(1_800_000_000_000);
    Registrar {
        registration: Registration::new(start, trunk, StdRng::from_seed([seed; 32])).unwrap(),
        now: start,
        start,
        guard: None,
        refuses: None,
        is_silent: false,
        granted: 3600,
        seen: vec![],
    }
}

impl Registrar {
    fn answer(&mut self, request: &Message) -> Message {
        let peer = server().peer;
        let tag = Some(&b"reg"[..]);
        let refusal = self
            .guard
            .as_mut()
            .and_then(|guard| guard.refusal(self.now, request, "reg"));
        let bytes = if let Some(refusal) = refusal {
            refusal
        } else if let Some((code, line)) = self.refuses {
            let mut out = request.response(code, reason(code).as_bytes(), tag, peer);
            out.put(line.as_bytes());
            out.finish(None, b"")
        } else {
            let mut out = request.response(200, b"OK", tag, peer);
            let contact = lines(request, "Contact").concat();
            out.put(b"Contact: <sip:other@198.51.100.1>;expires=7\r\n");
            out.put(format!("Contact: {contact};expires={}\r\n", self.granted).as_bytes());
            out.finish(None, b"")
        };
        Message::parse(BytesMut::from(&bytes[..]), Wire::Datagram).unwrap()
    }

    /// Lets so many seconds pass.
    fn run(&mut self, seconds: u64) {
        let end = self.now + Duration::from_secs(seconds);
        loop {
            while let Some(out) = self.registration.poll() {
                let request =
                    Message::parse(BytesMut::from(&out.bytes[..]), Wire::Datagram).unwrap();
                assert_eq!(request.fault, None);
                self.seen
                    .push((self.now.since(self.start).as_secs(), request.clone()));
                if !self.is_silent {
                    let answer = self.answer(&request);
                    self.registration.receive(self.now, answer);
                }
            }
            match self.registration.next_timeout().filter(|at| *at <= end) {
                Some(at) => self.now = at.max(self.now),
                None => break,
            }
            self.registration.timeout(self.now);
        }
        self.now = end;
    }

    fn moments(&self) -> Vec<u64> {
        self.seen.iter().map(|(at, _)| *at).collect()
    }
}

#[test]
fn it_registers_refreshes_before_the_end_and_takes_its_leave() {
    let mut registrar = registrar(reached(settings()), 1);
    registrar.granted = 600;
    registrar.run(1000);
    assert_eq!(registrar.moments(), [0, 450, 900]);
    assert!(registrar.registration.is_registered(registrar.now));
    let first = &registrar.seen[0].1;
    assert_eq!(first.uri(), b"sip:carrier.example");
    assert_eq!(lines(first, "Contact"), ["<sip:klinke@192.0.2.1:5060>"]);
    assert_eq!(lines(first, "Expires"), ["3600"]);
    assert_eq!(lines(first, "To"), ["<sip:muster@carrier.example>"]);
    registrar.registration.stop(registrar.now);
    registrar.run(1);
    let last = &registrar.seen.last().unwrap().1;
    assert_eq!(lines(last, "Expires"), ["0"]);
    let (cseqs, call_ids): (Vec<u32>, Vec<_>) = registrar
        .seen
        .iter()
        .map(|(_, m)| (m.cseq, lines(m, "Call-ID").concat()))
        .unzip();
    assert_eq!(cseqs, [1, 2, 3, 4]);
    assert!(call_ids.windows(2).all(|pair| pair[0] == pair[1]));
    assert!(registrar.registration.is_gone());
}

#[test]
fn it_proves_itself_when_asked_and_not_again_and_again() {
    let mut registrar = registrar(reached(settings()), 1);
    registrar.guard = Some(Guard::new("geheim", 401, false));
    registrar.run(10);
    assert!(registrar.registration.is_registered(registrar.now));
    assert_eq!(registrar.seen.len(), 2);
    registrar.registration.stop(registrar.now);
    registrar.run(10);
    assert!(registrar.registration.is_gone());
    let guard = registrar.guard.as_ref().unwrap();
    assert_eq!((guard.proven.len(), guard.challenges), (2, 2));

    let mut wrong = self::registrar(reached(settings()), 1);
    wrong.guard = Some(Guard::new("anders", 401, false));
    wrong.run(200);
    assert_eq!(
        wrong.seen.len(),
        2,
        "a wrong password is not tried again soon"
    );
    assert_eq!(wrong.registration.refusal(), Some(401));
    wrong.run(200);
    assert_eq!(wrong.seen.len(), 4);
}

#[test]
fn a_password_is_not_shown_to_another_realm() {
    let mut settings = settings();
    settings.credentials.as_mut().unwrap().realm = Some("elsewhere".into());
    let mut registrar = registrar(reached(settings), 1);
    registrar.guard = Some(Guard::new("geheim", 401, false));
    registrar.run(10);
    assert_eq!(registrar.seen.len(), 1);
}

#[test]
fn too_short_a_time_is_asked_for_again_as_the_carrier_wants() {
    let mut short = settings();
    short.registration.as_mut().unwrap().expires = 60;
    let mut registrar = registrar(reached(short), 1);
    registrar.refuses = Some((423, "Min-Expires: 900\r\n"));
    registrar.registration.timeout(registrar.now);
    let out = registrar.registration.poll().unwrap();
    let request = Message::parse(BytesMut::from(&out.bytes[..]), Wire::Datagram).unwrap();
    let answer = registrar.answer(&request);
    registrar.refuses = None;
    registrar.registration.receive(registrar.now, answer);
    registrar.run(1);
    assert_eq!(lines(&registrar.seen[0].1, "Expires"), ["900"]);
    assert!(registrar.registration.is_registered(registrar.now));
}

#[test]
fn a_carrier_that_always_says_423_is_not_asked_without_a_pause() {
    let mut registrar = registrar(reached(settings()), 1);
    registrar.refuses = Some((423, "Min-Expires: 3600\r\n"));
    registrar.run(60);
    assert!(registrar.seen.len() < 10, "{:?}", registrar.moments());
}

#[test]
fn failures_are_repeated_ever_more_slowly_and_each_installation_at_its_own_time() {
    let moments = |seed| {
        let mut registrar = registrar(reached(settings()), seed);
        registrar.refuses = Some((500, ""));
        registrar.run(3600);
        registrar.moments()
    };
    let (one, other) = (moments(1), moments(2));
    assert!((12..30).contains(&one.len()), "{one:?}");
    let pauses: Vec<u64> = one.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(
        pauses[0] <= 3 && *pauses.last().unwrap() >= 225,
        "{pauses:?}"
    );
    assert!(pauses.iter().all(|pause| *pause <= 375), "{pauses:?}");
    assert_ne!(one, other);
}

#[test]
fn silence_is_a_failure_and_the_carrier_may_ask_for_patience() {
    let mut registrar = registrar(reached(settings()), 1);
    registrar.is_silent = true;
    registrar.run(33);
    assert_eq!(registrar.registration.refusal(), Some(408));
    registrar.is_silent = false;
    registrar.run(10);
    assert!(registrar.registration.is_registered(registrar.now));

    let mut busy = self::registrar(reached(settings()), 1);
    busy.refuses = Some((503, "Retry-After: 120\r\n"));
    busy.run(89);
    assert_eq!(busy.seen.len(), 1);
    busy.run(70);
    assert_eq!(busy.seen.len(), 2);
}

#[test]
fn a_lost_connection_is_registered_anew() {
    let trunk = reached(settings());
    let flow = Flow {
        transport: sip::Transport::Tcp(7),
        ..trunk.flow().unwrap()
    };
    trunk.reach(flow, &[]);
    let mut registrar = registrar(trunk, 1);
    registrar.run(10);
    registrar.registration.flow_lost(registrar.now, flow);
    assert!(!registrar.registration.is_registered(registrar.now));
    registrar.run(10);
    assert!(registrar.registration.is_registered(registrar.now));
    assert_eq!(
        lines(&registrar.seen[1].1, "Contact"),
        ["<sip:klinke@192.0.2.1:5060;transport=tcp>"]
    );
}

#[test]
fn without_an_address_it_waits_and_without_a_wish_it_does_nothing() {
    let trunk = Arc::new(Trunk::new(settings()));
    let mut registrar = registrar(Arc::clone(&trunk), 1);
    registrar.run(5);
    assert_eq!(
        (registrar.seen.len(), registrar.registration.refusal()),
        (0, Some(503))
    );
    trunk.reach(reached(settings()).flow().unwrap(), &[]);
    registrar.run(60);
    assert!(registrar.registration.is_registered(registrar.now));
    let none = Arc::new(Trunk::new(TrunkSettings::new("carrier.example")));
    let rng = StdRng::from_seed([1; 32]);
    assert!(Registration::new(registrar.now, none, rng).is_none());
}
