//! Answers without a transaction: the same request always gets the same To tag.

use super::{ALLOW, Stateless, Step};
use crate::directory::Login;
use crate::flow::{Flow, Transmit};
use crate::message::{Message, Method, Name, Scheme, Uri, Writer, reason};
use data_encoding::HEXLOWER;

/// Extensions a request may require (RFC 3261 §8.2.2.3).
const REQUIRABLE: [&[u8]; 3] = [b"path", b"timer", b"100rel"];

impl Stateless {
    /// A plain answer.
    #[must_use]
    pub fn answer(&self, request: &Message, flow: Flow, code: u16) -> Step {
        self.answer_reason(request, flow, code, reason(code))
    }

    /// 403 for a wrong proof, whatever is wrong about it.
    pub(super) fn deny(&self, request: &Message, flow: Flow) -> Step {
        match self.answer(request, flow, 403) {
            Step::Answer(out) => Step::Deny(out),
            step => step,
        }
    }

    pub(super) fn answer_reason(
        &self,
        request: &Message,
        flow: Flow,
        code: u16,
        reason: &str,
    ) -> Step {
        self.write(request, flow, code, reason, |_| {})
    }

    pub(super) fn answer_with(
        &self,
        request: &Message,
        flow: Flow,
        code: u16,
        more: impl FnOnce(&mut Writer),
    ) -> Step {
        self.write(request, flow, code, reason(code), more)
    }

    fn write(
        &self,
        request: &Message,
        flow: Flow,
        code: u16,
        reason: &str,
        more: impl FnOnce(&mut Writer),
    ) -> Step {
        let tag = self.tag(request);
        let mut out = request.response(code, reason.as_bytes(), Some(tag.as_bytes()), flow.peer);
        more(&mut out);
        Step::Answer(Transmit {
            flow: reply_flow(request, flow),
            bytes: out.finish(None, b""),
        })
    }

    fn tag(&self, request: &Message) -> String {
        let mut context = ring::hmac::Context::with_key(&self.tag_key);
        context.update(b"tag");
        context.update(request.get(request.call_id));
        context.update(request.get(request.from.tag));
        HEXLOWER.encode(&context.sign().as_ref()[..8])
    }

    /// Refusals that need nothing but the request (RFC 3261 §8.2.1–8.2.2, §16.3).
    pub(super) fn refuse_plainly(
        &self,
        request: &Message,
        method: Method,
        flow: Flow,
    ) -> Option<Step> {
        let scheme = Uri::parse(request.uri()).map(|uri| uri.scheme);
        if !matches!(scheme, Some(Scheme::Sip | Scheme::Sips | Scheme::Tel)) {
            return Some(self.answer(request, flow, 416));
        }
        if request.max_forwards == Some(0) && !matches!(method, Method::Options | Method::Register)
        {
            return Some(self.answer(request, flow, 483));
        }
        let is_unknown =
            |option: &crate::message::Span| !REQUIRABLE.contains(&request.get(*option));
        let mut unknown = request.list(Name::Require).filter(is_unknown).peekable();
        unknown.peek()?;
        Some(self.answer_with(request, flow, 420, |out| {
            for option in unknown {
                out.header("Unsupported", request.get(option));
            }
        }))
    }
}

/// The flow the answer takes: back where it came from, or to the port in Via (RFC 3581).
pub(crate) fn reply_flow(request: &Message, flow: Flow) -> Flow {
    if flow.is_reliable() {
        flow
    } else {
        flow.towards(request.reply_address(flow.peer))
    }
}

/// What an OPTIONS is told.
pub(super) fn capabilities(out: &mut Writer) {
    out.header("Allow", ALLOW)
        .header("Accept", b"application/sdp")
        .header("Supported", super::SUPPORTED);
}

/// From names the login or its number: a phone may not speak as somebody else.
pub(super) fn is_callers_own(request: &Message, login: &Login) -> bool {
    let user = Uri::parse(request.get(request.from.uri))
        .map(|uri| uri.plain_user())
        .unwrap_or_default();
    let digits = |text: &[u8]| text.strip_prefix(b"+").unwrap_or(text).to_vec();
    let user = digits(&user);
    user == login.login.as_bytes() || user == digits(login.identity.as_bytes())
}

/// The carrier's word for who calls: P-Asserted-Identity, else From; empty when the caller withholds it (RFC 3325 §9.3).
pub(super) fn calling_number(request: &Message) -> String {
    let withholds = |value: &[u8]| {
        !value.eq_ignore_ascii_case(b"none") && !value.eq_ignore_ascii_case(b"critical")
    };
    let mut privacy = request
        .header(Name::Privacy)
        .unwrap_or(b"none")
        .split(|c| *c == b';');
    if privacy.any(|value| withholds(value.trim_ascii())) {
        return String::new();
    }
    let asserted = request
        .list(Name::AssertedIdentity)
        .find_map(|element| request.address(element));
    let address = asserted.unwrap_or(request.from);
    let user = Uri::parse(request.get(address.uri))
        .map(|uri| uri.plain_user())
        .unwrap_or_default();
    String::from_utf8_lossy(&user).into_owned()
}
