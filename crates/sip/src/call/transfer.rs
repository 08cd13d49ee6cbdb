//! REFER (RFC 3515, 3891): the phone that asks leaves, its two partners are joined.
//!
//! Blind: a call of its own rings the target without an offer. Attended: the partner of the other call is asked for an
//! offer. Either way that offer then goes to the partner who stays, and the answer back in the ACK.

use super::leg::{Leg, LegState, Purpose};
use super::own::Own;
use super::replaces::replaces;
use super::state::{Call, CallState};
use super::tag::Tag;
use super::{CallId, Engine, Question};
use crate::attend::{Missed, OfferId};
use crate::dialog::Dialog;
use crate::directory::{Attempt, CallRecord, Caller, Otherwise, Party, Sides};
use crate::message::{Message, Name, Uri, Writer, reason};
use crate::time::Time;
use crate::transaction::{TransactionId, hex};
use smallvec::SmallVec;

/// A leg that may be gone, or followed by another, when it is asked for again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct LegRef {
    pub(super) leg: usize,
    pub(super) random: u64,
}

impl LegRef {
    /// In the place of a leg that never was.
    pub(super) const NOBODY: LegRef = LegRef {
        leg: usize::MAX,
        random: 0,
    };
}

/// Who takes part in a transfer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Transfer {
    /// The phone that asked; it leaves.
    pub(super) transferor: LegRef,
    /// Its partner; stays.
    pub(super) kept: LegRef,
    /// The transferor's leg in the other call, of an attended transfer.
    pub(super) consulting: Option<LegRef>,
    /// Its partner there.
    pub(super) partner: Option<LegRef>,
    /// No phone asked for it: the engine rings for one whom it attends to.
    pub(super) ours: Option<Ours>,
    /// How it failed, if it does.
    pub(super) missed: Missed,
}

/// Why the engine rings for one whom it attends to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ours {
    /// It was ordered: somebody is to serve the call.
    Offer(OfferId),
    /// It was ordered: the call is no longer its attendant's.
    Sent(OfferId),
    /// A parked call returns.
    Recall,
}

/// What an INVITE of ours inside a dialog is for, when it serves a transfer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Join {
    /// Asks the new partner for an offer.
    Offer(Transfer),
    /// Brings that offer to the one who stays; the answer goes to this leg.
    Answer(Transfer, LegRef),
    /// Brings the peer to the engine's own audio.
    Own(Own),
    /// Brings the offer of who retrieves a parked call to the parked one.
    Fetch(LegRef),
}

/// What Refer-To asks for.
enum Wanted {
    Dial(String),
    Replace(usize),
}

impl Engine {
    pub(super) fn leg_ref(&self, leg: usize) -> Option<LegRef> {
        self.legs.get(leg).map(|found| LegRef {
            leg,
            random: found.random,
        })
    }

    pub(super) fn is_there(&self, reference: LegRef) -> bool {
        self.legs
            .get(reference.leg)
            .is_some_and(|leg| leg.random == reference.random)
    }

    pub(super) fn refer(&mut self, now: Time, leg: usize, id: TransactionId, request: &Message) {
        let is_free = |leg: &Leg| leg.state == LegState::Up && leg.transfer.is_none();
        let kept = self
            .peer(leg)
            .filter(|kept| is_free(&self.legs[*kept]) && is_free(&self.legs[leg]));
        let references = (self.leg_ref(leg), kept.and_then(|kept| self.leg_ref(kept)));
        let (Some(transferor), Some(kept)) = references else {
            return self.answer(now, leg, (id, request), 491);
        };
        let wanted = match self.wanted(leg, request) {
            Ok(wanted) => wanted,
            Err(code) => return self.answer(now, leg, (id, request), code),
        };
        self.answer(now, leg, (id, request), 202);
        let transfer = Transfer {
            transferor,
            kept,
            consulting: None,
            partner: None,
            ours: None,
            missed: Missed::Unreachable,
        };
        self.legs[leg].transfer = Some(transfer);
        self.notify(now, transfer, 100);
        match wanted {
            Wanted::Dial(number) => self.dial_target(now, transfer, number),
            Wanted::Replace(consulting) => self.ask_partner(now, transfer, consulting),
        }
    }

    fn wanted(&self, leg: usize, request: &Message) -> Result<Wanted, u16> {
        let mut targets = request
            .list(Name::ReferTo)
            .filter_map(|element| request.address(element));
        let (Some(target), None) = (targets.next(), targets.next()) else {
            return Err(400);
        };
        let text = request.get(target.uri);
        let uri = Uri::parse(text).ok_or(400u16)?;
        let Some(replaces) = replaces(text) else {
            return Ok(Wanted::Dial(
                String::from_utf8_lossy(&uri.plain_user()).into_owned(),
            ));
        };
        // The tag that is ours names the leg; the Call-ID has to fit, and both phones have to be the same login's.
        let tag = replaces
            .to_tag
            .as_deref()
            .and_then(|tag| Tag::read(tag.as_bytes()))
            .ok_or(481u16)?;
        let other = self.legs.get(tag.leg).filter(|other| {
            other.random == tag.random
                && other.dialog.call_id == replaces.call_id
                && other.state == LegState::Up
        });
        let is_own = |other: &&Leg| other.login.is_some() && other.login == self.legs[leg].login;
        let other = other.ok_or(481u16)?;
        if !is_own(&other) {
            return Err(403);
        }
        (other.call != self.legs[leg].call)
            .then_some(Wanted::Replace(tag.leg))
            .ok_or(488)
    }

    /// A call of its own rings the target on the transferor's behalf.
    fn dial_target(&mut self, now: Time, transfer: Transfer, number: String) {
        let Transfer {
            transferor, kept, ..
        } = transfer;
        let from = &self.legs[transferor.leg];
        let Some(login) = from.login.clone() else {
            return self.transfer_ended(now, transfer, 403);
        };
        let old = &self.calls[from.call];
        let keeps_identity = old.caller == kept.leg;
        let (presented, is_withheld) = if keeps_identity {
            (old.presented.clone(), old.is_withheld)
        } else {
            (Party::default(), false)
        };
        let login = login.to_string();
        let call = self.stand_in(now, transfer, (presented, is_withheld), &number);
        self.calls[call].keeps_identity = keeps_identity;
        self.calls[call].record.caller = Some(login.clone());
        self.hold_place(&login);
        self.ask_for(call, login, number);
    }

    /// Asks the directory on behalf of a login.
    pub(super) fn ask_for(&mut self, call: usize, login: String, dialled: String) {
        let attempt = Attempt {
            caller: Caller::Transferor { login },
            dialled,
        };
        let call = self.call_ref(call);
        self.questions.push_back(Question { call, attempt });
    }

    /// A call whose caller is only stood for: nothing is ever sent in that leg's dialog.
    pub(super) fn stand_in(
        &mut self,
        now: Time,
        transfer: Transfer,
        (presented, is_withheld): (Party, bool),
        dialled: &str,
    ) -> usize {
        let flow = self.legs[transfer.kept.leg].dialog.flow;
        let (call, leg) = (self.calls.vacant_key(), self.legs.vacant_key());
        let random = self.transactions.random();
        let dialog = Dialog::calling(&presented, dialled, hex(random, 16), b"", flow);
        self.legs.insert(Leg::new(call, random, dialog, None));
        self.last_number += 1;
        self.running += 1;
        self.transfers.insert(call);
        self.metrics.calls.add();
        self.calls.insert(Call {
            number: self.last_number,
            caller: leg,
            branches: SmallVec::new(),
            closing: SmallVec::new(),
            winner: None,
            is_forked: false,
            state: CallState::Routing,
            best: None,
            ring_end: None,
            presented,
            is_withheld,
            keeps_identity: true,
            otherwise: Otherwise::default(),
            hunting: None,
            hops: 70,
            transfer: Some(transfer),
            attended: None,
            alert: None,
            left_by: None,
            is_ours: transfer.ours.is_some(),
            is_taken_elsewhere: false,
            ends_at: None,
            enterprise: None,
            is_outside: false,
            is_over_trunk: false,
            record: CallRecord {
                caller: None,
                sides: Sides::default(),
                dialled: dialled.to_owned(),
                answered_by: None,
                rang: false,
                started: now,
                answered: None,
                ended: now,
                code: 0,
                why: String::new(),
                visits: Vec::new(),
            },
        });
        call
    }

    pub(super) fn call_ref(&self, call: usize) -> CallId {
        let number = self.calls[call].number;
        CallId {
            index: call,
            number,
        }
    }

    /// The call, if it is still that one and not over.
    pub(super) fn call_at(&self, id: CallId) -> Option<usize> {
        let found = self.calls.get(id.index)?;
        let is_it = found.number == id.number && found.state != CallState::Ended;
        is_it.then_some(id.index)
    }

    /// Attended: the other call's partner is asked for an offer.
    fn ask_partner(&mut self, now: Time, transfer: Transfer, consulting: usize) {
        let is_idle = |leg: &usize| self.is_idle(*leg);
        let partner = self.peer(consulting).filter(is_idle);
        let (Some(partner), Some(consulting)) = (partner, self.leg_ref(consulting)) else {
            return self.transfer_ended(now, transfer, 491);
        };
        let transfer = Transfer {
            consulting: Some(consulting),
            partner: self.leg_ref(partner),
            ..transfer
        };
        self.legs[consulting.leg].transfer = Some(transfer);
        self.invite_with(now, partner, None, Purpose::Transfer(Join::Offer(transfer)));
    }

    pub(super) fn is_idle(&self, leg: usize) -> bool {
        let found = &self.legs[leg];
        found.state == LegState::Up && found.asking.is_none() && found.asked.is_none()
    }

    pub(super) fn is_up(&self, leg: LegRef) -> bool {
        self.is_there(leg) && self.legs[leg.leg].state == LegState::Up
    }

    /// How far the transfer is (RFC 3515 §2.4.4).
    pub(super) fn notify(&mut self, now: Time, transfer: Transfer, code: u16) {
        if !self.is_up(transfer.transferor) {
            return;
        }
        let state = if code < 200 {
            "active;expires=60"
        } else {
            "terminated;reason=noresource"
        };
        let fragment = format!("SIP/2.0 {code} {}\r\n", reason(code));
        self.send_with(
            now,
            transfer.transferor.leg,
            b"NOTIFY",
            |mut out: Writer| {
                out.header("Event", b"refer")
                    .header("Subscription-State", state.as_bytes());
                out.finish(Some(b"message/sipfrag;version=2.0"), fragment.as_bytes())
            },
        );
    }
}
