//! Our registration at the carrier (RFC 3261 §10.2), without IO.
//!
//! | state | on | becomes |
//! |---|---|---|
//! | Waiting, Registered | its time comes | Asking |
//! | Asking | 2xx | Registered |
//! | Asking | 401, 407, 423 | Asking, with what was missed |
//! | Asking | another refusal, silence, lost connection | Waiting, longer each time |
//! | Registered | lost connection | Waiting |
//! | any | stop | Leaving, or Gone when nothing is registered |
//! | Leaving | any answer, silence | Gone |

use super::{Trunk, repeated};
use crate::flow::{Flow, Transmit};
use crate::message::{Message, Method, Name, Uri, Writer, number, reason};
use crate::time::Time;
use crate::transaction::{Event, Intervals, TransactionId, Transactions, hex};
use bytes::Bytes;
use rand::rngs::StdRng;
use std::sync::Arc;
use std::time::Duration;

/// Stands in our branches, so that the answers come here.
pub const REGISTRATION_SHARD: u8 = u8::MAX;

const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// A carrier that grants less is asked no more often.
const SHORTEST_REFRESH: Duration = Duration::from_secs(5);
/// Doublings until the longest pause.
const MOST_FAILURES: u32 = 8;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Waiting { until: Time },
    Asking { id: TransactionId },
    Registered { refresh: Time },
    Leaving { id: TransactionId },
    Gone,
}

/// The registration of one trunk.
pub struct Registration {
    trunk: Arc<Trunk>,
    transactions: Transactions,
    state: State,
    call_id: Vec<u8>,
    tag: Vec<u8>,
    cseq: u32,
    /// What we ask for, seconds.
    expires: u32,
    failures: u32,
    /// Until when the carrier knows us.
    valid: Option<Time>,
    /// The last refusal; 408 when there was no answer.
    refusal: Option<u16>,
}

impl Registration {
    /// Asks as soon as it is given the time; `None` where the carrier does not want it.
    #[must_use]
    pub fn new(now: Time, trunk: Arc<Trunk>, rng: StdRng) -> Option<Registration> {
        let expires = trunk.settings().registration.as_ref()?.expires;
        let mut transactions = Transactions::new(Intervals::default(), REGISTRATION_SHARD, rng);
        Some(Registration {
            trunk,
            state: State::Waiting { until: now },
            call_id: hex(transactions.random(), 16),
            tag: hex(transactions.random(), 16),
            transactions,
            cseq: 0,
            expires,
            failures: 0,
            valid: None,
            refusal: None,
        })
    }

    /// True while the carrier knows us.
    #[must_use]
    pub fn is_registered(&self, now: Time) -> bool {
        self.valid.is_some_and(|until| until > now)
    }

    /// The last refusal since it was registered; 408 when no answer came, 503 when there is no way to the carrier.
    #[must_use]
    pub fn refusal(&self) -> Option<u16> {
        self.refusal
    }

    /// True when nothing is left to be done after [`Registration::stop`].
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.state == State::Gone
    }

    /// The next message to be sent.
    pub fn poll(&mut self) -> Option<Transmit> {
        self.transactions.poll()
    }

    /// When [`Registration::timeout`] has something to do.
    pub fn next_timeout(&mut self) -> Option<Time> {
        let own = match self.state {
            State::Waiting { until } => Some(until),
            State::Registered { refresh } => Some(refresh),
            State::Asking { .. } | State::Leaving { .. } | State::Gone => None,
        };
        let sent = self.transactions.next_timeout();
        own.into_iter().chain(sent).min()
    }

    /// Runs everything that is due.
    pub fn timeout(&mut self, now: Time) {
        while let Some(event) = self.transactions.timeout(now) {
            self.handle(now, event);
        }
        match self.state {
            State::Waiting { until: at } | State::Registered { refresh: at } if at <= now => {
                self.ask(now);
            }
            State::Waiting { .. }
            | State::Registered { .. }
            | State::Asking { .. }
            | State::Leaving { .. }
            | State::Gone => {}
        }
    }

    /// Takes a response.
    pub fn receive(&mut self, now: Time, message: Message) {
        if message.fault.is_none()
            && let Some(event) = self.transactions.response(now, message)
        {
            self.handle(now, event);
        }
    }

    /// A connection is lost: if it was the carrier's, it no longer finds us there.
    pub fn flow_lost(&mut self, now: Time, flow: Flow) {
        for event in self.transactions.flow_lost(flow) {
            self.handle(now, event);
        }
        let is_own = self
            .trunk
            .flow()
            .is_some_and(|own| own.transport == flow.transport);
        if let State::Registered { .. } = self.state
            && is_own
        {
            self.valid = None;
            self.failed(now, 408, None);
        }
    }

    /// Takes our leave.
    pub fn stop(&mut self, now: Time) {
        let is_known = self.is_registered(now) || matches!(self.state, State::Asking { .. });
        self.state = match (is_known, self.send(now, 0)) {
            (true, Some(id)) => State::Leaving { id },
            _ => State::Gone,
        };
    }

    fn ask(&mut self, now: Time) {
        match self.send(now, self.expires) {
            Some(id) => self.state = State::Asking { id },
            None => self.failed(now, 503, None),
        }
    }

    fn handle(&mut self, now: Time, event: Event) {
        let (id, message) = match event {
            Event::Response { id, message, .. } => (id, Some(message)),
            Event::Timeout { id, .. } => (id, None),
            Event::Request { .. } | Event::Ack { .. } | Event::Cancel { .. } => return,
        };
        if message.as_ref().is_some_and(|message| message.code() < 200) {
            return;
        }
        match self.state {
            State::Asking { id: asked } if asked == id => self.answered(now, id, message.as_ref()),
            State::Leaving { id: asked } if asked == id => {
                let is_proven = message.is_some_and(|message| self.prove(now, id, &message));
                if !is_proven {
                    self.state = State::Gone;
                    self.valid = None;
                }
            }
            State::Waiting { .. }
            | State::Registered { .. }
            | State::Asking { .. }
            | State::Leaving { .. }
            | State::Gone => {}
        }
    }

    fn answered(&mut self, now: Time, id: TransactionId, message: Option<&Message>) {
        let Some(message) = message else {
            return self.failed(now, 408, None);
        };
        match message.code() {
            200..300 => self.granted(now, message),
            401 | 407 if self.prove(now, id, message) => {}
            423 if message.number(Name::MinExpires) > Some(self.expires) => {
                self.expires = message.number(Name::MinExpires).unwrap_or(self.expires);
                self.ask(now);
            }
            code @ (401 | 403 | 404 | 407) => {
                // Asking soon again would only look like guessing.
                self.failures = MOST_FAILURES;
                self.failed(now, code, Some(message));
            }
            code => self.failed(now, code, Some(message)),
        }
    }

    /// Comes back after three quarters of the time, so that a failure can be repaired in the rest.
    fn granted(&mut self, now: Time, message: &Message) {
        let granted = Duration::from_secs(self.granted_seconds(message).into());
        (self.failures, self.refusal) = (0, None);
        self.valid = Some(now + granted);
        self.state = State::Registered {
            refresh: now + (granted * 3 / 4).max(SHORTEST_REFRESH),
        };
    }

    fn granted_seconds(&self, message: &Message) -> u32 {
        let is_ours = |uri: &[u8]| {
            let user = Uri::parse(uri).map(|uri| uri.plain_user());
            user.is_some_and(|user| self.trunk.is_contact(&String::from_utf8_lossy(&user)))
        };
        let own = message
            .contacts()
            .find(|contact| is_ours(message.get(contact.uri)));
        let of_contact = own.and_then(|contact| {
            message
                .address_parameter(&contact, "expires")
                .and_then(number)
        });
        of_contact
            .or_else(|| message.number(Name::Expires))
            .unwrap_or(self.expires)
    }

    /// Waits longer each time, and never exactly as long as others that failed at the same moment.
    fn failed(&mut self, now: Time, code: u16, message: Option<&Message>) {
        self.refusal = Some(code);
        let pause = (FIRST_PAUSE * 2u32.pow(self.failures.min(MOST_FAILURES))).min(LONGEST_PAUSE);
        self.failures = (self.failures + 1).min(MOST_FAILURES);
        let asked = message.and_then(|message| message.number(Name::RetryAfter));
        let pause = pause
            .max(Duration::from_secs(asked.unwrap_or(0).into()))
            .min(LONGEST_PAUSE * 12);
        let percent = u32::try_from(75 + self.transactions.random() % 50).unwrap_or(100);
        let until = now + pause * percent / 100;
        self.state = State::Waiting { until };
    }

    fn prove(&mut self, now: Time, id: TransactionId, challenge: &Message) -> bool {
        let cnonce = self.transactions.random();
        let proofs = self.transactions.proofs(id);
        let refused = self.transactions.take_refused();
        let proof =
            refused.and_then(|refused| self.trunk.prove(challenge, refused, cnonce, proofs));
        let Some(proof) = proof else { return false };
        self.cseq += 1;
        let branch = self.transactions.branch();
        let packet = repeated(&proof, self.cseq, &branch.text());
        self.transactions.repeat(now, id, (branch, packet))
    }

    /// `None` while nobody knows where the carrier is.
    fn send(&mut self, now: Time, expires: u32) -> Option<TransactionId> {
        let flow = self.trunk.flow()?;
        self.cseq += 1;
        let branch = self.transactions.branch();
        let packet = self.request(flow, &branch.text(), expires)?;
        let start = (branch, packet);
        Some(
            self.transactions
                .start(now, flow, Method::Register, 0, start),
        )
    }

    fn request(&self, flow: Flow, branch: &[u8], expires: u32) -> Option<Bytes> {
        let registration = self.trunk.settings().registration.as_ref()?;
        let (domain, parameter) = (self.trunk.domain(), flow.transport.parameter());
        let own = format!("<sip:{}@{domain}>", registration.user);
        let mut out = Writer::request(b"REGISTER", format!("sip:{domain}{parameter}").as_bytes());
        let via = format!("SIP/2.0/{} {};branch=", flow.transport.name(), flow.local);
        out.put(b"Via: ")
            .put(via.as_bytes())
            .put(branch)
            .put(b";rport\r\n");
        out.header("Max-Forwards", b"70");
        out.put(b"From: ")
            .put(own.as_bytes())
            .put(b";tag=")
            .put(&self.tag)
            .put(b"\r\n");
        out.header("To", own.as_bytes())
            .header("Call-ID", &self.call_id);
        out.put(b"CSeq: ")
            .number(self.cseq.into())
            .put(b" REGISTER\r\n");
        let contact = format!(
            "<sip:{}@{}{parameter}>",
            registration.contact_user, flow.local
        );
        out.header("Contact", contact.as_bytes());
        out.number_header("Expires", expires.into());
        Some(out.finish(None, b""))
    }
}

impl Registration {
    /// How it stands, for the log.
    #[must_use]
    pub fn describe(&self, now: Time) -> String {
        match self.refusal {
            _ if self.is_registered(now) && self.refusal.is_none() => "registered".to_owned(),
            Some(code) => format!("not registered: {code} {}", reason(code)),
            None => "not registered".to_owned(),
        }
    }
}
