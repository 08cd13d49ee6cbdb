//! Reliable provisional responses of whom we call (RFC 3262 §4): taken in order, each acknowledged once.
//!
//! Where we ring for one who waits, our INVITE has no offer, and the first reliable response has to carry one (RFC 3262 §5),
//! before anybody is there to answer it. So phones are asked without 100rel; one that insists (421) is asked again with it,
//! gets an answer in which nothing flows, and is asked for another offer once it has answered.

use super::Engine;
use super::leg::{LegState, Purpose};
use super::pickup::described;
use super::quiet::quiet;
use super::transfer::{Join, Transfer};
use super::write::carry;
use crate::attend::Missed;
use crate::message::{Message, Name};
use crate::time::Time;
use crate::transaction::TransactionId;
use bytes::Bytes;

/// Early dialogs of one INVITE whose order is kept.
const MAX_FORKS: usize = 8;

/// A provisional response.
pub(super) enum Heard {
    Plain,
    /// Reliable, with its RSeq; wants a PRACK.
    Fresh(u32),
    /// Sent again, or out of order: not even looked at.
    Old,
}

impl Engine {
    /// The early dialog is in force from here on (RFC 3261 §12.1.2).
    pub(super) fn hear(&mut self, leg: usize, message: &Message) -> Heard {
        let tag = message.get(message.to.tag);
        let found = &mut self.legs[leg];
        let is_reliable = message.has(Name::Require, b"100rel") && !tag.is_empty();
        let rseq = message.number(Name::RSeq).filter(|_| is_reliable);
        if let (Some(rseq), Some(asking)) = (rseq, found.asking.as_mut()) {
            let has_room = asking.heard.len() < MAX_FORKS;
            let known = asking.heard.iter_mut().find(|(known, _)| known == tag);
            match known {
                Some((_, last)) if rseq != last.wrapping_add(1) => return Heard::Old,
                Some((_, last)) => *last = rseq,
                None if has_room => {
                    asking.heard.push((Bytes::copy_from_slice(tag), rseq));
                }
                None => return Heard::Old,
            }
            if !message.body().is_empty() {
                asking.said = Some(message.clone());
            }
        }
        if found.state != LegState::Up && !tag.is_empty() {
            found.dialog.confirm(message);
        }
        rseq.map_or(Heard::Plain, Heard::Fresh)
    }

    /// True when the phone is to be asked again with 100rel, because it takes nothing else and we ring for one who waits:
    /// any other call has offered it from the beginning, or has nobody who could answer an offer.
    pub(super) fn grants_prack(&mut self, leg: usize, refusal: &Message) -> bool {
        let call = self.calls.get(self.legs[leg].call);
        let is_for_waiting = call.is_some_and(|call| call.transfer.is_some());
        let found = &mut self.legs[leg];
        let is_asked = refusal.has(Name::Require, b"100rel") && !found.must_prack;
        found.must_prack |= is_for_waiting && is_asked;
        is_for_waiting && is_asked
    }

    /// The answer to an offer that came before anybody is there to take it.
    pub(super) fn quiet_answer(&self, leg: usize, message: &Message) -> Option<Message> {
        let found = self.legs.get(leg)?;
        let is_for_waiting = self.calls.get(found.call)?.transfer.is_some();
        let asking = found.asking.as_ref()?;
        if !is_for_waiting || asking.has_offer || asking.is_described {
            return None;
        }
        described(&quiet(message.body(), found.dialog.flow.local.ip())?)
    }

    /// The phone has answered with nothing flowing: now it is asked for an offer that can be passed on.
    pub(super) fn ask_anew(&mut self, now: Time, leg: usize, cseq: u32, transfer: Transfer) {
        self.acknowledge(leg, cseq, None);
        let missed = Missed::NotJoined;
        let join = Join::Offer(Transfer { missed, ..transfer });
        self.invite_with(now, leg, None, Purpose::Transfer(join));
    }

    /// Acknowledges a reliable response, with the answer or the new offer of `source`.
    pub(super) fn prack(
        &mut self,
        now: Time,
        leg: usize,
        rseq: u32,
        source: Option<&Message>,
    ) -> Option<TransactionId> {
        let asking = self.legs[leg].asking.as_mut()?;
        asking.is_described = asking.said.is_some();
        let rack = format!("{rseq} {} INVITE", asking.cseq);
        Some(self.send_with(now, leg, b"PRACK", |mut out| {
            out.header("RAck", rack.as_bytes());
            carry(out, source)
        }))
    }
}
