//! Reliable provisional responses of whom we call (RFC 3262 §4): taken in order, each acknowledged once.

use super::Engine;
use super::leg::LegState;
use super::write::carry;
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
