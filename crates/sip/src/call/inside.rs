//! Requests inside a dialog: BYE, re-INVITE (hold and resume), and what is passed through.

use super::Engine;
use super::answer::note_flow;
use super::leg::{Asked, Asking, LegState, Purpose};
use super::session::Description;
use super::tag::Tag;
use super::update::Glare;
use crate::flow::Flow;
use crate::message::{Message, Method};
use crate::time::Time;
use crate::transaction::TransactionId;

impl Engine {
    /// The leg a request belongs to.
    pub(super) fn find(&self, message: &Message) -> Option<usize> {
        let tag = Tag::read(message.get(message.to.tag))?;
        let leg = self.legs.get(tag.leg)?;
        (leg.random == tag.random && leg.dialog.is_of(message)).then_some(tag.leg)
    }

    pub(super) fn request_inside(
        &mut self,
        now: Time,
        flow: Flow,
        id: TransactionId,
        message: Message,
    ) {
        let Some(leg) = self.find(&message) else {
            return self.refuse_stray(now, flow, (id, &message), 481);
        };
        self.handling = Some(leg);
        self.transactions.set_user(id, super::user_of(leg));
        let found = &mut self.legs[leg];
        if found
            .dialog
            .remote_cseq
            .is_some_and(|last| message.cseq <= last)
        {
            return self.answer(now, leg, (id, &message), 500);
        }
        found.dialog.remote_cseq = Some(message.cseq);
        note_flow(&mut found.dialog, flow);
        match message.method() {
            Some(Method::Bye) => self.bye(now, leg, id, &message),
            Some(Method::Invite) => self.reinvite(now, leg, id, message),
            Some(Method::Refer) => self.refer(now, leg, id, &message),
            Some(Method::Options) => self.answer(now, leg, (id, &message), 200),
            Some(Method::Prack) => self.pracked(now, leg, id, message),
            Some(Method::Update) => self.update(now, leg, id, message),
            Some(Method::Info | Method::Message) => self.pass(now, leg, id, message),
            Some(Method::Other) => self.answer(now, leg, (id, &message), 501),
            Some(
                Method::Ack
                | Method::Cancel
                | Method::Register
                | Method::Subscribe
                | Method::Notify
                | Method::Publish,
            )
            | None => self.answer(now, leg, (id, &message), 405),
        }
    }

    /// RFC 3261 §14.2, seen over both legs.
    fn reinvite(&mut self, now: Time, leg: usize, id: TransactionId, message: Message) {
        let is_up = |leg: &usize| self.legs[*leg].state == LegState::Up;
        let peer = self.peer(leg).filter(is_up);
        let glare = self.glare(leg, peer);
        match (peer, glare) {
            _ if !is_up(&leg) => self.answer_later(now, leg, (id, &message)),
            (None, None) if self.legs[leg].port.is_some() => {
                self.reinvited_own(now, leg, id, message);
            }
            (None, _) if self.legs[leg].port.is_none() => {
                self.answer(now, leg, (id, &message), 481);
            }
            (_, Some(Glare::Theirs)) => self.answer_later(now, leg, (id, &message)),
            (_, Some(Glare::Ours)) => self.answer(now, leg, (id, &message), 491),
            (Some(_), None) if self.is_too_brief(&message) => {
                self.answer(now, leg, (id, &message), 422);
            }
            (Some(peer), None) => self.pass_reinvite(now, (leg, peer), id, message),
            (None, None) => self.answer(now, leg, (id, &message), 481),
        }
    }

    fn pass_reinvite(
        &mut self,
        now: Time,
        (leg, peer): (usize, usize),
        id: TransactionId,
        message: Message,
    ) {
        self.legs[leg].dialog.retarget(&message);
        self.answer(now, leg, (id, &message), 100);
        self.invite_with(now, peer, Some(&message), Purpose::Passed);
        self.legs[leg].asked = Some(Asked {
            id,
            request: message,
            accepted: None,
        });
    }

    /// An INVITE of ours inside the leg's dialog, with the body of `source`.
    pub(super) fn invite_with(
        &mut self,
        now: Time,
        leg: usize,
        source: Option<&Message>,
        purpose: Purpose,
    ) {
        let id = self.send(now, leg, b"INVITE", source);
        self.legs[leg].session.proposed = Description::of(source);
        let cseq = self.legs[leg].dialog.local_cseq;
        let has_offer = source.is_some_and(|source| !source.body().is_empty());
        let kept = source.filter(|_| purpose.join().is_some());
        self.legs[leg].asking = Some(Asking {
            offer: kept.cloned(),
            ..Asking::new(id, cseq, has_offer, purpose)
        });
    }

    /// The final response to an INVITE of ours inside a dialog.
    pub(super) fn reinvite_ended(&mut self, now: Time, leg: usize, message: &Message) {
        if message.code() < 300 {
            self.accepted_by_peer(now, leg, message);
        } else if self.is_asked_again(now, leg, message) || self.is_put_off(now, leg, message) {
            return;
        }
        match self.legs[leg].asking.as_ref().map(|asking| asking.purpose) {
            Some(Purpose::Transfer(join)) => self.join_answered(now, leg, join, Some(message)),
            Some(Purpose::Refresh) => self.refresh_ended(now, leg, message),
            Some(Purpose::Passed) => self.passed_ended(now, leg, message),
            None => {}
        }
    }

    fn passed_ended(&mut self, now: Time, leg: usize, message: &Message) {
        let Some(mut asking) = self.legs[leg].asking.take() else {
            return;
        };
        let asker = self.peer(leg).filter(|asker| self.legs[*asker].is_asked());
        if message.code() >= 300 {
            return self.reinvite_refused(now, leg, asker, message);
        }
        self.legs[leg].dialog.retarget(message);
        let said = asking.said.take().filter(|_| message.body().is_empty());
        if asking.has_offer || asker.is_none() || message.body().is_empty() {
            self.acknowledge(leg, asking.cseq, None);
        } else {
            asking.awaits_answer = true;
            self.legs[leg].asking = Some(asking);
        }
        if let Some(asker) = asker {
            self.accept(now, asker, said.as_ref().unwrap_or(message));
        }
    }

    /// The session stays as it was, unless the dialog is gone (RFC 3261 §12.2.1.2).
    fn reinvite_refused(&mut self, now: Time, leg: usize, asker: Option<usize>, message: &Message) {
        let code = message.code();
        if let Some(asker) = asker
            && let Some(asked) = self.legs[asker].take_asked()
        {
            self.respond(now, asker, (asked.id, &asked.request), code, Some(message));
        }
        if matches!(code, 408 | 481) {
            let call = self.legs[leg].call;
            self.end_call(now, call, None, code);
        }
    }

    /// The interval was too short for the peer: the same INVITE with a longer one (RFC 4028 §7.3).
    fn is_asked_again(&mut self, now: Time, leg: usize, message: &Message) -> bool {
        if message.code() != 422 {
            return false;
        }
        let asker = self.peer(leg).filter(|asker| self.legs[*asker].is_asked());
        let Some(asking) = self.legs[leg].asking.as_mut() else {
            return false;
        };
        match (asking.purpose, asker) {
            (Purpose::Transfer(_), _) => {
                let (purpose, offer) = (asking.purpose, asking.offer.take());
                let is_longer = self.raise_interval(leg, message);
                if is_longer {
                    self.invite_with(now, leg, offer.as_ref(), purpose);
                }
                is_longer
            }
            (Purpose::Passed, Some(asker)) => {
                let is_longer = self.raise_interval(leg, message);
                if is_longer && let Some(asked) = self.legs[asker].asked.take() {
                    self.invite_with(now, leg, Some(&asked.request), Purpose::Passed);
                    self.legs[asker].asked = Some(asked);
                }
                is_longer
            }
            (Purpose::Passed, None) | (Purpose::Refresh, _) => false,
        }
    }

    /// A re-INVITE that only refreshed: nothing of it reaches the other leg.
    fn refresh_ended(&mut self, now: Time, leg: usize, message: &Message) {
        let Some(asking) = self.legs[leg].asking.take() else {
            return;
        };
        if message.code() < 300 {
            self.legs[leg].dialog.retarget(message);
            return self.acknowledge(leg, asking.cseq, None);
        }
        self.refreshed(now, leg, Some(message));
    }
}
