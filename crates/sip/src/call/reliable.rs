//! Reliable provisional responses to a caller (RFC 3262 §3): sent again until PRACK, one after another.
//!
//! A description goes end to end: the phone's response is acknowledged with what the caller's PRACK brings. Everything
//! else is acknowledged on each leg by itself, because several phones may ring for one caller.

use super::state::CallState;
use super::transfer::LegRef;
use super::{Engine, Timer};
use crate::message::{Message, Name};
use crate::time::Time;
use bytes::Bytes;
use std::collections::VecDeque;
use std::time::Duration;

/// Further responses that may wait for the PRACK of the one before.
const MAX_WAITING: usize = 8;

/// The phone's reliable response that waits for the caller's PRACK.
#[derive(Clone, Copy)]
pub(super) struct Behind {
    pub(super) branch: LegRef,
    pub(super) rseq: u32,
}

/// Something the caller is to hear before the final response.
pub(super) struct Progress {
    pub(super) code: u16,
    /// Whose body it carries.
    pub(super) source: Option<Message>,
    pub(super) behind: Option<Behind>,
}

impl Progress {
    fn has_description(&self) -> bool {
        let source = self.source.as_ref();
        source.is_some_and(|source| !source.body().is_empty())
    }
}

pub(super) struct Unacknowledged {
    rseq: u32,
    packet: Bytes,
    interval: Duration,
    /// `None` once the final response is out: it is not sent again, but PRACK is still taken.
    next: Option<Time>,
    give_up: Time,
    has_description: bool,
    pub(super) behind: Option<Behind>,
}

/// What a caller that knows 100rel has been told.
pub(super) struct Reliable {
    is_required: bool,
    cseq: u32,
    last: u32,
    last_code: u16,
    sent: Option<Unacknowledged>,
    pub(super) waiting: VecDeque<Progress>,
    /// A 2xx that has to wait until the description before it is acknowledged.
    pub(super) held: Option<Message>,
    /// The caller has acknowledged a description.
    pub(super) is_described: bool,
}

impl Reliable {
    /// `None` for a caller that knows no PRACK.
    pub(super) fn of(request: &Message) -> Option<Box<Reliable>> {
        let is_required = request.has(Name::Require, b"100rel");
        let is_known = is_required || request.has(Name::Supported, b"100rel");
        is_known.then(|| {
            Box::new(Reliable {
                is_required,
                cseq: request.cseq,
                last: 0,
                last_code: 0,
                sent: None,
                waiting: VecDeque::new(),
                held: None,
                is_described: false,
            })
        })
    }

    pub(super) fn is_required(&self) -> bool {
        self.is_required
    }

    /// The caller has been told a description that counts.
    pub(super) fn has_described(&self) -> bool {
        let sent = self.sent.as_ref();
        self.is_described || sent.is_some_and(|sent| sent.has_description)
    }

    pub(super) fn is_due(&self, at: Time) -> bool {
        self.sent.as_ref().is_some_and(|sent| sent.next == Some(at))
    }

    /// What this PRACK acknowledges.
    pub(super) fn take(&mut self, prack: &Message) -> Option<Unacknowledged> {
        let rack = prack.header(Name::RAck)?;
        let mut parts = rack
            .split(u8::is_ascii_whitespace)
            .filter(|part| !part.is_empty());
        let numbers = [parts.next()?, parts.next()?].map(crate::message::number);
        let is_invite = parts.next()? == b"INVITE" && parts.next().is_none();
        let cseq = self.cseq;
        let is_it =
            |sent: &mut Unacknowledged| is_invite && numbers == [Some(sent.rseq), Some(cseq)];
        let sent = self.sent.take_if(is_it)?;
        self.is_described |= sent.has_description;
        Some(sent)
    }
}

impl Engine {
    /// Tells the caller, reliably where it has to be.
    pub(super) fn progress(&mut self, now: Time, caller: usize, progress: Progress) {
        let reliable = self.legs[caller].reliable.as_mut();
        let Some(reliable) =
            reliable.filter(|reliable| reliable.is_required || progress.behind.is_some())
        else {
            return self.say(now, caller, &progress);
        };
        if !progress.has_description() && reliable.last_code == progress.code {
            return;
        }
        reliable.last_code = progress.code;
        if reliable.sent.is_none() {
            self.send_reliable(now, caller, &progress);
        } else if reliable.waiting.len() < MAX_WAITING {
            reliable.waiting.push_back(progress);
        }
    }

    fn say(&mut self, now: Time, caller: usize, progress: &Progress) {
        if let Some(asked) = self.legs[caller].take_asked() {
            let source = progress.source.as_ref();
            self.respond(
                now,
                caller,
                (asked.id, &asked.request),
                progress.code,
                source,
            );
            self.legs[caller].asked = Some(asked);
        }
    }

    pub(super) fn send_reliable(&mut self, now: Time, caller: usize, progress: &Progress) {
        let first = 1 + u32::try_from(self.transactions.random() >> 34).unwrap_or(0);
        let Some(asked) = self.legs[caller].take_asked() else {
            return;
        };
        let Some(reliable) = self.legs[caller].reliable.as_mut() else {
            return;
        };
        let rseq = if reliable.last == 0 {
            first
        } else {
            reliable.last + 1
        };
        reliable.last = rseq;
        let source = progress.source.as_ref();
        let about = (asked.id, &asked.request);
        let packet = self.respond_with(now, caller, about, (progress.code, source), |out| {
            out.header("Require", b"100rel")
                .number_header("RSeq", rseq.into());
        });
        self.note_agreed(caller, source);
        let interval = self.settings.intervals.t1;
        let give_up = now + self.settings.intervals.patience();
        let found = &mut self.legs[caller];
        found.asked = Some(asked);
        if let Some(reliable) = found.reliable.as_mut() {
            reliable.sent = Some(Unacknowledged {
                rseq,
                packet,
                interval,
                next: Some(now + interval),
                give_up,
                has_description: progress.has_description(),
                behind: progress.behind,
            });
        }
        self.timers
            .add(now + interval, Timer::Reliable(caller, found.random));
    }

    /// It is sent again at doubling intervals (RFC 3262 §3), on every transport.
    pub(super) fn repeat_reliable(&mut self, now: Time, at: Time, leg: usize, random: u64) {
        let Some(found) = self
            .legs
            .get_mut(leg)
            .filter(|found| found.random == random)
        else {
            return;
        };
        let id = found.asked.as_ref().map(|asked| asked.id);
        let sent = found
            .reliable
            .as_mut()
            .and_then(|reliable| reliable.sent.as_mut());
        let Some(sent) = sent.filter(|sent| sent.next == Some(at)) else {
            return;
        };
        if at >= sent.give_up {
            self.handling = Some(leg);
            return self.never_pracked(now, leg);
        }
        sent.interval *= 2;
        let next = (at + sent.interval).min(sent.give_up);
        sent.next = Some(next);
        let packet = sent.packet.clone();
        self.timers.add(next, Timer::Reliable(leg, random));
        if let Some(flow) = id.and_then(|id| self.transactions.flow(id)) {
            self.metrics.retransmitted.add();
            self.transactions.send(flow, packet);
        }
    }

    /// The INVITE is refused with 5xx (RFC 3262 §3).
    fn never_pracked(&mut self, now: Time, leg: usize) {
        let call = self.legs[leg].call;
        if !self.call_in(call, CallState::Up) {
            return self.give_up(now, call, 504);
        }
        if let Some(asked) = self.legs[leg].take_asked() {
            self.answer(now, leg, (asked.id, &asked.request), 504);
        }
        self.end_call(now, call, Some(leg), 504);
    }

    /// True when the 2xx has to wait for a PRACK (RFC 3262 §3); without a description nothing is sent again from now on.
    pub(super) fn is_held(&mut self, leg: usize, accepted: &Message) -> bool {
        let Some(reliable) = self.legs[leg].reliable.as_mut() else {
            return false;
        };
        reliable.waiting.clear();
        match reliable.sent.as_mut() {
            Some(sent) if sent.has_description => {
                reliable.held = Some(accepted.clone());
                true
            }
            Some(sent) => {
                sent.next = None;
                false
            }
            None => false,
        }
    }
}
