//! Everything that is decided about a request without a transaction: the grammar, who sent it, REGISTER, OPTIONS,
//! refusals. What is left are calls.

mod admission;
mod answer;
mod settings;

pub(crate) use answer::reply_flow;
pub use settings::Settings;

use crate::digest::{Digest, Verdict};
use crate::directory::{Caller, Login};
use crate::flow::{Flow, Transmit};
use crate::guard::Guard;
use crate::location::Location;
use crate::message::{Message, Method, Name, Writer};
use crate::metrics::Metrics;
use crate::registrar::{self, Rejection};
use crate::time::Time;
use ring::hmac;
use std::sync::{Arc, Mutex};

/// The methods answered by the engine, for `Allow`.
pub(crate) const ALLOW: &[u8] =
    b"INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, INFO, UPDATE, MESSAGE, REFER, PRACK";

/// What phones may use with us (REFER with Replaces), for `Supported`.
pub(crate) const SUPPORTED: &[u8] = b"path, replaces, timer, 100rel";

/// The same for an INVITE without an offer whose provisional responses could not be acknowledged with an answer.
pub(crate) const SUPPORTED_PLAIN: &[u8] = b"path, replaces, timer";

/// What becomes of a message.
#[derive(Debug)]
pub enum Step {
    /// Nothing.
    Drop,
    /// Send this; it is over.
    Answer(Transmit),
    /// The proof is wrong. Sent after a while that does not tell whether there is such a login.
    Deny(Transmit),
    /// Ask the directory for `login`, then go on with [`Stateless::proven`].
    LookUp {
        /// Login name as the phone gave it.
        login: String,
        /// The request.
        request: Message,
    },
    /// For the transactions; a request outside a dialog comes with its caller.
    Pass {
        /// The message.
        message: Message,
        /// Who calls, once authenticated.
        caller: Option<Caller>,
    },
}

/// The engine's part without transactions, shared by all sockets.
pub struct Stateless {
    settings: Settings,
    tag_key: hmac::Key,
    digest: Digest,
    guard: Mutex<Guard>,
    location: Arc<Location>,
    metrics: Arc<Metrics>,
}

impl Stateless {
    /// `key` is secret and random.
    #[must_use]
    pub fn new(
        settings: Settings,
        key: &[u8; 32],
        location: Arc<Location>,
        metrics: Arc<Metrics>,
    ) -> Stateless {
        Stateless {
            digest: Digest::new(&settings.realm, key),
            tag_key: hmac::Key::new(hmac::HMAC_SHA256, key),
            guard: Mutex::new(Guard::new(settings.guard.clone())),
            settings,
            location,
            metrics,
        }
    }

    /// The registrations.
    #[must_use]
    pub fn location(&self) -> &Arc<Location> {
        &self.location
    }

    /// Takes a message as far as it goes without the directory.
    pub fn receive(&self, message: Message, flow: Flow, now: Time) -> Step {
        self.metrics.received.add();
        let Some(method) = message.method() else {
            return if message.fault.is_some() {
                Step::Drop
            } else {
                Step::Pass {
                    message,
                    caller: None,
                }
            };
        };
        if let Some(fault) = message.fault {
            self.metrics.malformed.add();
            return self.refuse_broken(&message, method, flow, fault);
        }
        if matches!(method, Method::Ack | Method::Cancel) {
            return Step::Pass {
                message,
                caller: None,
            };
        }
        if let Some(refusal) = self.refuse_plainly(&message, method, flow) {
            return refusal;
        }
        match method {
            Method::Register => self.authenticate(message, Name::Authorization, flow, now),
            _ if !message.to.tag.is_empty() => Step::Pass {
                message,
                caller: None,
            },
            Method::Options => self.answer_with(&message, flow, 200, answer::capabilities),
            Method::Invite => self.invite(message, flow, now),
            Method::Bye
            | Method::Info
            | Method::Update
            | Method::Prack
            | Method::Notify
            | Method::Refer => self.answer(&message, flow, 481),
            Method::Subscribe | Method::Publish | Method::Message => {
                self.refuse_method(&message, flow, 405)
            }
            Method::Other | Method::Ack | Method::Cancel => self.refuse_method(&message, flow, 501),
        }
    }

    /// Goes on with a request once the directory has answered for the login in its credentials.
    pub fn proven(
        &self,
        request: Message,
        flow: Flow,
        now: Time,
        login: Option<Arc<Login>>,
    ) -> Step {
        let header = credentials_header(&request);
        let Some(credentials) = self.digest.credentials(&request, header) else {
            return self.challenge(&request, flow, now, false);
        };
        let ha1 = login.as_ref().map(|login| &login.ha1);
        let verdict = self
            .digest
            .verify(&credentials, &request, ha1, (now, flow.peer.ip()));
        match (verdict, login) {
            (Verdict::Accepted, Some(login)) => self.carry_out(request, flow, now, login),
            (Verdict::Stale, _) => self.challenge(&request, flow, now, true),
            (Verdict::Malformed, _) => self.answer_reason(&request, flow, 400, "Bad Credentials"),
            (Verdict::Wrong | Verdict::Accepted, _) => {
                self.note_guess(flow, now);
                self.deny(&request, flow)
            }
        }
    }

    fn carry_out(&self, request: Message, flow: Flow, now: Time, login: Arc<Login>) -> Step {
        match request.method() {
            Some(Method::Register) => self.register(&request, flow, now, &login),
            _ if answer::is_callers_own(&request, &login) => Step::Pass {
                message: request,
                caller: Some(Caller::Phone(login)),
            },
            _ => self.answer_reason(&request, flow, 403, "Not Your Identity"),
        }
    }

    fn register(&self, request: &Message, flow: Flow, now: Time, login: &Login) -> Step {
        let settings = &self.settings.registrar;
        match registrar::register(&self.location, settings, request, login, flow, now) {
            Ok(bindings) => {
                self.metrics.registered.add();
                self.answer_with(request, flow, 200, |out| {
                    registrar::describe(out, request, &bindings, now);
                })
            }
            Err(Rejection::Malformed(why)) => self.answer_reason(request, flow, 400, why),
            Err(Rejection::NotTheirs) => {
                self.answer_reason(request, flow, 403, "Not Your Identity")
            }
            Err(Rejection::OutOfOrder) => {
                self.answer_reason(request, flow, 500, "CSeq Out Of Order")
            }
            Err(Rejection::Full) => self.overloaded(request, flow),
            Err(Rejection::TooBrief(seconds)) => self.answer_with(request, flow, 423, |out| {
                out.number_header("Min-Expires", seconds.into());
            }),
        }
    }

    fn invite(&self, message: Message, flow: Flow, now: Time) -> Step {
        let trunk = self.settings.trunk.as_ref();
        if trunk.is_some_and(|trunk| trunk.trusts(flow.peer.ip())) {
            let number = answer::calling_number(&message);
            return Step::Pass {
                message,
                caller: Some(Caller::Trunk { number }),
            };
        }
        self.authenticate(message, Name::ProxyAuthorization, flow, now)
    }

    /// 503 with Retry-After, for whatever has no room.
    #[must_use]
    pub fn overloaded(&self, request: &Message, flow: Flow) -> Step {
        self.metrics.overloaded.add();
        let seconds = u64::from(self.settings.retry_after);
        self.answer_with(request, flow, 503, |out: &mut Writer| {
            out.number_header("Retry-After", seconds);
        })
    }
}

/// REGISTER proves itself to the registrar, everything else to us as its proxy.
fn credentials_header(request: &Message) -> Name {
    if request.method() == Some(Method::Register) {
        Name::Authorization
    } else {
        Name::ProxyAuthorization
    }
}
