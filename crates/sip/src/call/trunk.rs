//! Calls to and from the telephone network.

use super::Engine;
use super::branch::Target;
use super::state::{Call, CallState};
use crate::dialog::{Dialog, address, address_at};
use crate::directory::{Caller, Party};
use crate::flow::Flow;
use crate::message::{Message, Uri};
use crate::time::Time;
use crate::transaction::TransactionId;
use crate::trunk::repeated;
use std::time::Duration;

/// A carrier may take its time; Timer C of RFC 3261 §16.8.
const PATIENCE: Duration = Duration::from_secs(180);

impl Engine {
    /// Rings at the carrier.
    pub(super) fn offer_trunk(&mut self, now: Time, call: usize, number: &str) {
        let trunk = self.settings.trunk.clone();
        let reached = trunk.as_ref().and_then(|trunk| trunk.flow());
        let (Some(trunk), Some(flow)) = (&trunk, reached) else {
            let why = match trunk {
                Some(_) => "the trunk's address is not known",
                None => "there is no trunk",
            };
            self.calls[call].record.why = why.to_owned();
            return self.give_up(now, call, 503);
        };
        let (domain, parameter) = (trunk.domain(), flow.transport.parameter());
        let (number, at) = (number.replace('#', "%23"), trunk.target());
        let uri = format!("sip:{number}@{at}{parameter}");
        self.calls[call].state = CallState::Ringing;
        self.calls[call].best = None;
        self.calls[call].is_outside = true;
        self.note_over_trunk(call);
        self.calls[call].is_forked = false;
        let target = Target {
            login: None,
            user: &number,
            uri: uri.as_bytes(),
            routes: Vec::new(),
            flow,
            domain: Some(domain),
        };
        self.ring(now, call, target);
        self.ring_until(call, now + PATIENCE);
    }

    /// Counts a call that the carrier is part of, once.
    fn note_over_trunk(&mut self, call: usize) {
        if !self.calls[call].is_over_trunk {
            self.calls[call].is_over_trunk = true;
            self.metrics.trunk_calls.add();
        }
    }

    /// From and To in the carrier's domain.
    pub(super) fn call_outside(
        &self,
        dialog: &mut Dialog,
        (leg, random): (usize, u64),
        presented: &Party,
        domain: &str,
    ) {
        let from = address_at(presented, domain);
        dialog.local = [&from[..], b";tag=", &self.tag(leg, random)]
            .concat()
            .into();
        let local = dialog.flow.local.to_string();
        let remote = String::from_utf8_lossy(&dialog.remote).replace(&local, domain);
        dialog.remote = remote.into_bytes().into();
    }

    /// Who calls, on our word (RFC 3325); outside in the carrier's domain.
    pub(super) fn asserted(&self, call: &Call, flow: Flow) -> Vec<u8> {
        match &self.settings.trunk {
            Some(trunk) if call.is_outside => address_at(&call.presented, trunk.domain()),
            Some(_) | None => address(&call.shown(), flow),
        }
    }

    /// What was dialled. The carrier may call the contact we registered; then the number is in To.
    pub(super) fn dialled(&self, request: &Message, caller: &Caller) -> String {
        let user = user_of(request.uri());
        let is_contact = match (caller, &self.settings.trunk) {
            (Caller::Trunk { .. }, Some(trunk)) => trunk.is_contact(&user),
            (Caller::Trunk { .. } | Caller::Phone(_) | Caller::Transferor { .. }, _) => false,
        };
        if is_contact {
            user_of(request.get(request.to.uri))
        } else {
            user
        }
    }

    /// Says the request again with the proof the carrier asks for; false when there is none to give.
    pub(super) fn prove(
        &mut self,
        now: Time,
        id: TransactionId,
        leg: usize,
        challenge: &Message,
    ) -> bool {
        let refused = self.transactions.take_refused();
        let cnonce = self.transactions.random();
        let proofs = self.transactions.proofs(id);
        let call_id = challenge.get(challenge.call_id);
        let (Some(trunk), Some(found)) = (self.settings.trunk.clone(), self.legs.get_mut(leg))
        else {
            return false;
        };
        let own = found.asking.as_mut().filter(|asking| asking.id == id);
        let is_cancelled = own.as_ref().is_some_and(|asking| asking.is_cancelled);
        if found.login.is_some() || found.dialog.call_id != call_id || is_cancelled {
            return false;
        }
        let Some(proof) =
            refused.and_then(|refused| trunk.prove(challenge, refused, cnonce, proofs))
        else {
            return false;
        };
        found.dialog.local_cseq += 1;
        let cseq = found.dialog.local_cseq;
        if let Some(asking) = own {
            asking.cseq = cseq;
        }
        let branch = self.transactions.branch();
        let packet = repeated(&proof, cseq, &branch.text());
        self.transactions.repeat(now, id, (branch, packet))
    }

    /// The code of a branch that never answered: outside it is the carrier that is gone, not somebody's phone.
    pub(super) fn silence_code(&self, leg: usize) -> u16 {
        match self.legs[leg].login {
            Some(_) => 408,
            None => 503,
        }
    }
}

impl Call {
    /// Notes what the carrier said and translates it for the caller.
    pub(super) fn refused_outside(&mut self, code: u16) -> u16 {
        self.record.why = format!("the carrier answered {code}");
        carriers_code(code)
    }
}

/// What the caller hears of a refusal by the carrier: what is about the called one stays, what is between the carrier
/// and us becomes 503.
fn carriers_code(code: u16) -> u16 {
    match code {
        486 | 600 => 486,
        404 | 410 | 485 | 604 => 404,
        484 | 603 => code,
        415 | 488 | 606 => 488,
        300..=399 | 401 | 402 | 403 | 407 | 500..=599 => 503,
        _ if code >= 600 => 603,
        _ => 480,
    }
}

fn user_of(uri: &[u8]) -> String {
    let user = Uri::parse(uri).map(|uri| uri.plain_user());
    String::from_utf8_lossy(&user.unwrap_or_default()).into_owned()
}
