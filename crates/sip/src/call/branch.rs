//! Ringing: one branch for each contact.

use super::leg::{Asking, Leg, Purpose};
use super::session::Description;
use super::{Engine, user_of, write};
use crate::dialog::{Dialog, contact_for, inner_uri};
use crate::flow::Flow;
use crate::location::Binding;
use crate::message::{Message, Method, Uri};
use crate::stateless::{ALLOW, SUPPORTED, SUPPORTED_PLAIN};
use crate::time::Time;
use crate::transaction::hex;
use bytes::Bytes;

impl Engine {
    pub(super) fn ring_phone(&mut self, now: Time, call: usize, login: &str, binding: &Binding) {
        let hop = binding
            .path
            .first()
            .map(|path| inner_uri(path.as_bytes()).to_vec());
        let edge = hop.and_then(|hop| Uri::parse(&hop).and_then(|uri| uri.socket()));
        let flow = edge.map_or(binding.flow, |edge| binding.flow.towards(edge));
        let routes = binding
            .path
            .iter()
            .map(|path| Bytes::copy_from_slice(path.as_bytes()))
            .collect();
        self.ring(
            now,
            call,
            Target {
                login: Some(login),
                user: login,
                uri: binding.contact.as_bytes(),
                routes,
                flow,
                domain: None,
            },
        );
    }

    pub(super) fn ring(&mut self, now: Time, call: usize, target: Target<'_>) {
        let (leg, random) = (self.legs.vacant_key(), self.transactions.random());
        let call_id = hex(self.transactions.random(), 16);
        let presented = self.calls[call].shown();
        let mut dialog = Dialog::calling(
            &presented,
            target.user,
            call_id,
            &self.tag(leg, random),
            target.flow,
        );
        if let Some(domain) = target.domain {
            self.call_outside(&mut dialog, (leg, random), &presented, domain);
        }
        self.hide_caller(call, &mut dialog, (leg, random));
        dialog.target = Bytes::copy_from_slice(target.uri);
        dialog.routes = target.routes;
        let mut new = Leg::new(call, random, dialog, target.login.map(Into::into));
        new.rung = Some(now);
        self.legs.insert(new);
        self.calls[call].branches.push(leg);
        self.invite(now, leg);
    }

    /// Sends the INVITE of a branch with the caller's offer; again when a longer session is wanted.
    fn invite(&mut self, now: Time, leg: usize) {
        let branch = self.transactions.branch();
        let Leg { dialog, call, .. } = &self.legs[leg];
        let (call, cseq, flow) = (&self.calls[*call], dialog.local_cseq, dialog.destination());
        let mut out = dialog.request(b"INVITE", cseq, &branch.text(), call.hops);
        contact_for(&mut out, flow, &dialog.target);
        self.identify(call, flow, &mut out);
        out.header("Allow", ALLOW);
        if let Some(alert) = &call.alert {
            out.header("Alert-Info", alert.as_bytes());
        }
        self.propose(leg, &mut out);
        let caller = self.legs.get(call.caller);
        let asked = caller.and_then(|caller| caller.asked.as_ref());
        let source = asked.map(|asked| &asked.request);
        let proposed = Description::of(source);
        // An offer in a provisional response needs somebody who answers it.
        let is_answered =
            caller.is_some_and(|c| c.reliable.is_some()) && !call.is_forked && call.is_last_route();
        if proposed.is_some() || is_answered || self.legs[leg].must_prack {
            out.header("Supported", SUPPORTED);
        } else {
            out.header("Supported", SUPPORTED_PLAIN);
        }
        let packet = write::carry(out, source);
        let user = user_of(leg);
        let id = self
            .transactions
            .start(now, flow, Method::Invite, user, (branch, packet));
        let found = &mut self.legs[leg];
        found.asking = Some(Asking::new(id, cseq, proposed.is_some(), Purpose::Passed));
        found.session.proposed = proposed;
    }

    /// The interval was too short for the phone (RFC 4028 §7.3), or it insists on reliable provisional responses
    /// (RFC 3261 §21.4.16): true when it is asked again as it wants.
    pub(super) fn is_invited_again(&mut self, now: Time, leg: usize, message: &Message) -> bool {
        let is_open = self.call_in(self.legs[leg].call, super::CallState::Ringing)
            && self.legs[leg].dialog.remote_tag.is_empty();
        let is_met = match message.code() {
            422 if is_open => self.raise_interval(leg, message),
            421 if is_open => self.grants_prack(leg, message),
            _ => false,
        };
        if !is_met {
            return false;
        }
        self.legs[leg].dialog.local_cseq += 1;
        self.invite(now, leg);
        true
    }

    /// Ends a branch that rings: CANCEL as soon as there is something to cancel (RFC 3261 §9.1).
    pub(super) fn cancel_branch(&mut self, now: Time, leg: usize) {
        let Some(call) = self.legs.get(leg).map(|found| found.call) else {
            return;
        };
        let is_taken = |call: &super::Call| call.is_taken_elsewhere;
        let is_taken_elsewhere =
            self.call_in(call, super::CallState::Up) || self.calls.get(call).is_some_and(is_taken);
        let found = &mut self.legs[leg];
        found.state = super::leg::LegState::Closing;
        if let Some(asking) = found.asking.as_mut() {
            asking.is_cancelled = true;
            asking.is_taken_elsewhere = is_taken_elsewhere;
            let (id, reason) = (asking.id, asking.cancel_reason());
            self.transactions.cancel(now, id, reason);
        }
    }
}

/// Whom a branch rings.
pub(super) struct Target<'a> {
    pub(super) login: Option<&'a str>,
    /// User part of To.
    pub(super) user: &'a str,
    pub(super) uri: &'a [u8],
    pub(super) routes: Vec<Bytes>,
    pub(super) flow: Flow,
    /// The carrier's domain, outside.
    pub(super) domain: Option<&'a str>,
}
