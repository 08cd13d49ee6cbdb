//! Who may prove something now, and the challenge for who has not yet.

use super::{Name, Stateless, Step, Writer, credentials_header};
use crate::digest::Challenge;
use crate::flow::Flow;
use crate::guard::Admission;
use crate::message::{Message, Method};
use crate::time::Time;

/// Longer login names cannot exist.
const MAX_LOGIN: usize = 64;

impl Stateless {
    pub(super) fn authenticate(
        &self,
        request: Message,
        header: Name,
        flow: Flow,
        now: Time,
    ) -> Step {
        let Some(credentials) = self.digest.credentials(&request, header) else {
            return self.challenge(&request, flow, now, false);
        };
        // A name that cannot exist is looked up as the empty one, so that it takes the same way as any other.
        let login = std::str::from_utf8(credentials.username)
            .ok()
            .filter(|name| name.len() <= MAX_LOGIN);
        let login = login.unwrap_or("").to_owned();
        if !self.is_admitted(&login, flow, now) {
            self.metrics.guessing.add();
            return Step::Drop;
        }
        Step::LookUp { login, request }
    }

    /// A phone that is registered from this very address is heard even when somebody beside it guesses.
    fn is_admitted(&self, login: &str, flow: Flow, now: Time) -> bool {
        if self.is_edge(flow) {
            return true;
        }
        match crate::lock(&self.guard).admit(flow.peer.ip(), now) {
            Admission::Served => true,
            Admission::Slowed | Admission::Ignored => self.location.is_known(login, flow.peer, now),
        }
    }

    pub(super) fn note_guess(&self, flow: Flow, now: Time) {
        self.metrics.wrong_password.add();
        if !self.is_edge(flow) {
            crate::lock(&self.guard).note_failure(flow.peer.ip(), now);
        }
    }

    fn is_edge(&self, flow: Flow) -> bool {
        self.settings.edges.contains(&flow.peer.ip().to_canonical())
    }

    pub(super) fn challenge(
        &self,
        request: &Message,
        flow: Flow,
        now: Time,
        is_stale: bool,
    ) -> Step {
        self.metrics.challenged.add();
        let (code, header) = match credentials_header(request) {
            Name::Authorization => (401, "WWW-Authenticate"),
            _ => (407, "Proxy-Authenticate"),
        };
        let challenge = Challenge {
            header,
            is_stale,
            is_md5_only: self.knows_only_md5(request),
        };
        let moment = (now, flow.peer.ip());
        self.answer_with(request, flow, code, |out: &mut Writer| {
            self.digest.challenge(out, &challenge, request, moment);
        })
    }

    fn knows_only_md5(&self, request: &Message) -> bool {
        let agent = request.header(Name::UserAgent).unwrap_or(b"");
        self.settings
            .md5_only_agents
            .iter()
            .any(|prefix| agent.starts_with(prefix.as_bytes()))
    }

    /// 405 or 501 with what is allowed.
    pub(super) fn refuse_method(&self, request: &Message, flow: Flow, code: u16) -> Step {
        self.metrics.unknown_method.add();
        self.answer_with(request, flow, code, |out| {
            out.header("Allow", super::ALLOW);
        })
    }

    pub(super) fn refuse_broken(
        &self,
        request: &Message,
        method: Method,
        flow: Flow,
        fault: crate::message::Fault,
    ) -> Step {
        if method == Method::Ack || !request.is_answerable {
            return Step::Drop;
        }
        self.answer_reason(request, flow, fault.code, fault.why)
    }
}
