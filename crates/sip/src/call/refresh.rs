//! Keeping a session alive, and noticing that a phone has vanished (RFC 4028 §10).
//!
//! | terms | at | what |
//! |---|---|---|
//! | we refresh | half the interval | UPDATE without a description, or the last INVITE again where UPDATE is not allowed |
//! | we refresh, it fails | the end of the interval | the call ends |
//! | the peer refreshes | shortly before the end | the call ends |
//! | none | each `probe_every` | OPTIONS, which every phone answers |

use super::leg::{Asking, LegState, Purpose};
use super::session::{Description, Refresher, Terms};
use super::state::CallState;
use super::{Engine, Timer};
use crate::dialog::contact_for;
use crate::message::{Message, Method, Name, Writer};
use crate::stateless::{ALLOW, SUPPORTED};
use crate::time::Time;
use crate::transaction::TransactionId;
use std::time::Duration;

/// A refresh that meets another INVITE looks again after this.
const BUSY: Duration = Duration::from_secs(2);
/// A peer that refreshes is late when so much is left (RFC 4028 §10).
const MARGIN: Duration = Duration::from_secs(32);

impl Engine {
    /// The session counts from now.
    pub(super) fn watch(&mut self, now: Time, leg: usize) {
        let Some(found) = self.legs.get_mut(leg) else {
            return;
        };
        let next = match found.session.terms {
            Some(terms) => {
                let interval = terms.interval();
                let margin = MARGIN.min(interval / 3);
                let (next, end) = match terms.refresher {
                    Refresher::Us => (interval / 2, interval),
                    Refresher::Peer => (interval - margin, interval - margin),
                };
                found.session.end = Some(now + end);
                now + next
            }
            None => {
                found.session.end = None;
                now + self.settings.probe_every
            }
        };
        self.watch_at(leg, next);
    }

    fn watch_at(&mut self, leg: usize, next: Time) {
        let found = &mut self.legs[leg];
        let next = found.session.end.map_or(next, |end| next.min(end));
        found.session.next = Some(next);
        self.timers.add(next, Timer::Watch(leg, found.random));
    }

    pub(super) fn watched(&mut self, now: Time, at: Time, leg: usize, random: u64) {
        let is_due = |found: &&super::Leg| {
            found.random == random && found.session.next == Some(at) && found.state == LegState::Up
        };
        let Some(found) = self.legs.get(leg).filter(is_due) else {
            return;
        };
        let call = found.call;
        if !self.call_in(call, CallState::Up) {
            return;
        }
        self.handling = Some(leg);
        if found.session.end.is_some_and(|end| end <= now) {
            return self.end_call(now, call, None, 408);
        }
        match found.session.terms {
            None => self.probe(now, leg),
            Some(_) => self.refresh(now, leg),
        }
    }

    fn probe(&mut self, now: Time, leg: usize) {
        if self.legs[leg].session.refresh.is_none() {
            let probe = self.send(now, leg, b"OPTIONS", None);
            self.legs[leg].session.refresh = Some(probe);
        }
        self.watch(now, leg);
    }

    fn refresh(&mut self, now: Time, leg: usize) {
        let session = &self.legs[leg].session;
        if session.refresh.is_some() || !self.is_idle(leg) {
            return self.watch_at(leg, now + BUSY);
        }
        match session.agreed.clone().filter(|_| !session.can_update) {
            None => {
                let update = self.send(now, leg, b"UPDATE", None);
                self.legs[leg].session.refresh = Some(update);
            }
            Some(last) => self.reinvite_unchanged(now, leg, &last),
        }
        if let Some(end) = self.legs[leg].session.end {
            self.watch_at(leg, end);
        }
    }

    /// The description as the peer knows it, so that nothing changes (RFC 4028 §7.4).
    fn reinvite_unchanged(&mut self, now: Time, leg: usize, last: &Description) {
        let dialog = &self.legs[leg].dialog;
        let (flow, target) = (dialog.destination(), dialog.target.clone());
        let mut session = Writer::part();
        self.propose(leg, &mut session);
        let id = self.send_with(now, leg, b"INVITE", |mut out| {
            contact_for(&mut out, flow, &target);
            out.header("Allow", ALLOW)
                .header("Supported", SUPPORTED)
                .join(&session);
            out.finish(Some(&last.kind), &last.body)
        });
        let cseq = self.legs[leg].dialog.local_cseq;
        self.legs[leg].session.proposed = Some(last.clone());
        self.legs[leg].asking = Some(Asking::new(id, cseq, true, Purpose::Refresh));
    }

    /// The answer to a refresh or a probe of ours; `None` when none came.
    pub(super) fn refreshed(&mut self, now: Time, leg: usize, answer: Option<&Message>) {
        let code = answer.map_or(408, Message::code);
        if code < 200 {
            return;
        }
        let found = &mut self.legs[leg];
        found.session.refresh = None;
        let call = found.call;
        if !self.call_in(call, CallState::Up) {
            return;
        }
        match (code, answer) {
            // The dialog is gone (RFC 3261 §12.2.1.2).
            (408 | 481, _) => self.end_call(now, call, None, 408),
            (_, Some(answer)) if answer.cseq_method == Method::Options => {}
            (200..300, Some(answer)) => self.agree(now, leg, answer),
            (_, Some(answer)) => self.refresh_refused(now, leg, answer),
            (_, None) => {}
        }
    }

    /// What can be done before the interval ends is tried; the end stands.
    fn refresh_refused(&mut self, now: Time, leg: usize, answer: &Message) {
        let seconds = answer.number(Name::RetryAfter);
        let wait = match answer.code() {
            422 => self.raise_interval(leg, answer).then_some(Duration::ZERO),
            405 | 501 => {
                std::mem::take(&mut self.legs[leg].session.can_update).then_some(Duration::ZERO)
            }
            491 => Some(self.glare_wait(leg)),
            _ => seconds.map(|seconds| Duration::from_secs(seconds.into())),
        };
        let again = wait.map(|wait| now + wait);
        if let Some(next) = again.or(self.legs[leg].session.end) {
            self.watch_at(leg, next);
        }
    }

    /// Who owns the Call-ID waits longer (RFC 3261 §14.1), so that the two do not meet again.
    pub(super) fn glare_wait(&mut self, leg: usize) -> Duration {
        let (from, steps) = if self.legs[leg].dialog.is_call_id_ours {
            (2100, 191)
        } else {
            (0, 201)
        };
        Duration::from_millis(from + 10 * (self.transactions.random() % steps))
    }

    pub(super) fn is_refresh(&self, leg: usize, id: TransactionId) -> bool {
        self.legs[leg].session.refresh == Some(id)
    }
}

impl Terms {
    fn interval(self) -> Duration {
        Duration::from_secs(self.seconds.into())
    }
}
