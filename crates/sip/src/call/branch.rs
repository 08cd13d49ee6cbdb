//! Ringing: one branch for each contact.

use super::leg::{Asking, Leg};
use super::{Engine, user_of, write};
use crate::dialog::{Dialog, address, contact_for, inner_uri};
use crate::flow::Flow;
use crate::location::Binding;
use crate::message::{Method, Uri};
use crate::stateless::{ALLOW, SUPPORTED};
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
        let presented = self.calls[call].presented.clone();
        let mut dialog = Dialog::calling(
            &presented,
            target.user,
            call_id,
            &self.tag(leg, random),
            target.flow,
        );
        let mut asserted = address(&presented, target.flow);
        if let Some(domain) = target.domain {
            asserted = self.call_outside(&mut dialog, (leg, random), &presented, domain);
        }
        dialog.target = Bytes::copy_from_slice(target.uri);
        dialog.routes = target.routes;
        let branch = self.transactions.branch();
        let flow = dialog.destination();
        let mut out = dialog.request(
            b"INVITE",
            dialog.local_cseq,
            &branch.text(),
            self.calls[call].hops,
        );
        contact_for(&mut out, flow, target.uri);
        out.header("P-Asserted-Identity", &asserted)
            .header("Allow", ALLOW)
            .header("Supported", SUPPORTED);
        let asked = self
            .legs
            .get(self.calls[call].caller)
            .and_then(|caller| caller.asked.as_ref());
        let source = asked.map(|asked| &asked.request);
        let has_offer = source.is_some_and(|request| !request.body().is_empty());
        let packet = write::carry(out, source);
        self.legs
            .insert(Leg::new(call, random, dialog, target.login.map(Into::into)));
        let id = self
            .transactions
            .start(now, flow, Method::Invite, user_of(leg), (branch, packet));
        self.legs[leg].asking = Some(Asking {
            id,
            cseq: 1,
            is_cancelled: false,
            has_offer,
            awaits_answer: false,
            join: None,
        });
        self.calls[call].branches.push(leg);
    }

    /// Ends a branch that rings: CANCEL as soon as there is something to cancel (RFC 3261 §9.1).
    pub(super) fn cancel_branch(&mut self, now: Time, leg: usize) {
        let Some(found) = self.legs.get_mut(leg) else {
            return;
        };
        found.state = super::leg::LegState::Closing;
        if let Some(asking) = found.asking.as_mut() {
            asking.is_cancelled = true;
            let id = asking.id;
            self.transactions.cancel(now, id);
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
