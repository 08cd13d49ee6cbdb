//! Requests inside a dialog: BYE, re-INVITE (hold and resume), and what is passed through.

use super::Engine;
use super::answer::note_flow;
use super::leg::{Asked, Asking, LegState};
use super::tag::Tag;
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
            Some(Method::Info | Method::Update | Method::Message) => {
                self.relay(now, leg, id, message);
            }
            Some(Method::Other) => self.answer(now, leg, (id, &message), 501),
            Some(
                Method::Ack
                | Method::Cancel
                | Method::Register
                | Method::Prack
                | Method::Subscribe
                | Method::Notify
                | Method::Publish,
            )
            | None => self.answer(now, leg, (id, &message), 405),
        }
    }

    /// RFC 3261 §14.2, seen over both legs.
    fn reinvite(&mut self, now: Time, leg: usize, id: TransactionId, message: Message) {
        let peer = self
            .peer(leg)
            .filter(|peer| self.legs[*peer].state == LegState::Up);
        let own = &self.legs[leg];
        let refusal = if own.state != LegState::Up || own.is_asked() {
            Some(500)
        } else if own.asking.is_some() || own.asked.is_some() {
            Some(491)
        } else if peer.is_none() {
            Some(481)
        } else {
            None
        };
        let Some(peer) = peer.filter(|_| refusal.is_none()) else {
            return self.answer(now, leg, (id, &message), refusal.unwrap_or(481));
        };
        if self.legs[peer].asking.is_some() || self.legs[peer].asked.is_some() {
            // Glare across the two legs.
            return self.answer(now, leg, (id, &message), 491);
        }
        self.legs[leg].dialog.retarget(&message);
        self.answer(now, leg, (id, &message), 100);
        let invite = self.send(now, peer, b"INVITE", Some(&message));
        let cseq = self.legs[peer].dialog.local_cseq;
        let has_offer = !message.body().is_empty();
        self.legs[peer].asking = Some(Asking {
            id: invite,
            cseq,
            is_cancelled: false,
            has_offer,
            awaits_answer: false,
            join: None,
        });
        self.legs[leg].asked = Some(Asked {
            id,
            request: message,
            accepted: None,
        });
    }

    /// The final response to a re-INVITE we passed on to `leg`.
    pub(super) fn reinvite_ended(&mut self, now: Time, leg: usize, message: &Message) {
        if let Some(join) = self.legs[leg]
            .asking
            .as_ref()
            .and_then(|asking| asking.join)
        {
            return self.join_answered(now, leg, join, Some(message));
        }
        let Some(mut asking) = self.legs[leg].asking.take() else {
            return;
        };
        let asker = self.peer(leg).filter(|asker| self.legs[*asker].is_asked());
        if message.code() >= 300 {
            return self.reinvite_refused(now, leg, asker, message);
        }
        self.legs[leg].dialog.retarget(message);
        if asking.has_offer || asker.is_none() {
            self.acknowledge(leg, asking.cseq, None);
        } else {
            asking.awaits_answer = true;
            self.legs[leg].asking = Some(asking);
        }
        if let Some(asker) = asker {
            self.accept(now, asker, message);
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
}
