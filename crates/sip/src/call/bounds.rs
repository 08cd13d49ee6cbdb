//! What is refused before it becomes a call, and how much may run at once.

use super::Engine;
use super::setup::login_of;
use crate::directory::Caller;
use crate::flow::Flow;
use crate::message::{Message, Method, reason};
use crate::stateless::reply_flow;
use crate::time::Time;
use crate::transaction::{TransactionId, hex};

impl Engine {
    /// Answers a request that belongs to no leg.
    pub(super) fn refuse_stray(
        &mut self,
        now: Time,
        flow: Flow,
        (id, request): (TransactionId, &Message),
        code: u16,
    ) {
        let tag = hex(self.transactions.random(), 16);
        let mut out = request.response(code, reason(code).as_bytes(), Some(&tag), flow.peer);
        match code {
            503 => drop(out.header("Retry-After", b"10")),
            422 => self.write_min_se(&mut out),
            _ => {}
        }
        self.transactions
            .respond(now, id, code, out.finish(None, b""));
    }

    /// What is refused without a transaction, so that strangers cannot fill the memory: requests for dialogs and INVITEs
    /// that do not exist, and everything beyond the bound.
    pub(super) fn refusal(&self, request: &Message) -> Option<u16> {
        if matches!(request.method()?, Method::Ack) || self.transactions.knows(request) {
            return None;
        }
        let is_stray = match request.method()? {
            Method::Cancel => !self.transactions.knows_invite_of(request),
            _ => !request.to.tag.is_empty() && self.find(request).is_none(),
        };
        let is_full = self.transactions.len() >= self.settings.max_transactions;
        if is_stray {
            Some(481)
        } else {
            is_full.then_some(503)
        }
    }

    pub(super) fn refuse_outright(&mut self, request: &Message, flow: Flow, code: u16) {
        let tag = hex(self.transactions.random(), 16);
        let mut out = request.response(code, reason(code).as_bytes(), Some(&tag), flow.peer);
        if code == 503 {
            self.metrics.overloaded.add();
            out.header("Retry-After", b"10");
        }
        self.transactions
            .send(reply_flow(request, flow), out.finish(None, b""));
    }

    /// Why the call does not even begin.
    pub(super) fn objection(&self, request: &Message, caller: &Caller) -> Option<u16> {
        if self.is_loop(request) {
            Some(482)
        } else if self.is_too_brief(request) {
            Some(422)
        } else {
            self.bound_reached(caller)
        }
    }

    fn bound_reached(&self, caller: &Caller) -> Option<u16> {
        let is_full = self.running >= self.settings.max_calls
            || self.transactions.len() >= self.settings.max_transactions;
        if is_full {
            self.metrics.overloaded.add();
            return Some(503);
        }
        login_of(caller).and_then(|login| self.asks_too_much(login))
    }
}
