//! One leg of a call: a dialog and what is under way in it.

use super::again::Again;
use super::reliable::Reliable;
use super::session::Session;
use super::transfer::{Join, Transfer};
use crate::dialog::Dialog;
use crate::directory::Party;
use crate::flow::Flow;
use crate::media::Port;
use crate::message::Message;
use crate::time::Time;
use crate::transaction::TransactionId;
use bytes::Bytes;
use std::time::Duration;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum LegState {
    Trying,
    Early,
    Up,
    /// BYE or CANCEL is out; the leg waits for the end of its transaction.
    Closing,
}

/// Our INVITE on this leg.
pub(super) struct Asking {
    pub(super) id: TransactionId,
    pub(super) cseq: u32,
    pub(super) is_cancelled: bool,
    /// It is cancelled because another phone has answered.
    pub(super) is_taken_elsewhere: bool,
    /// It carried an offer; without one the answer goes out in the ACK.
    pub(super) has_offer: bool,
    /// The 2xx is here; its ACK waits for the other side's answer.
    pub(super) awaits_answer: bool,
    pub(super) purpose: Purpose,
    /// Its offer, kept while it may have to be sent again.
    pub(super) offer: Option<Message>,
    /// How often it has met another INVITE.
    pub(super) tries: u8,
    /// RSeq of the last reliable provisional response, for each tag.
    pub(super) heard: Vec<(Bytes, u32)>,
    /// The last of them with a description: a 2xx need not repeat it.
    pub(super) said: Option<Message>,
    /// That one is acknowledged, so offers may follow (RFC 3262 §5).
    pub(super) is_described: bool,
}

impl Asking {
    pub(super) fn new(id: TransactionId, cseq: u32, has_offer: bool, purpose: Purpose) -> Asking {
        Asking {
            id,
            cseq,
            is_cancelled: false,
            is_taken_elsewhere: false,
            has_offer,
            awaits_answer: false,
            purpose,
            offer: None,
            tries: 0,
            heard: Vec::new(),
            said: None,
            is_described: false,
        }
    }
}

impl Asking {
    /// What its CANCEL says (RFC 3326): phones then do not show the call as missed.
    pub(super) fn cancel_reason(&self) -> Option<&'static str> {
        const ELSEWHERE: &str = "SIP;cause=200;text=\"Call completed elsewhere\"";
        self.is_taken_elsewhere.then_some(ELSEWHERE)
    }
}

/// What an INVITE of ours is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// It passes on the other leg's.
    Passed,
    /// It keeps the session alive (RFC 4028 §7.4).
    Refresh,
    /// It serves a transfer, or brings the peer to us or away from us.
    Transfer(Join),
}

impl Purpose {
    pub(super) fn join(self) -> Option<Join> {
        match self {
            Purpose::Transfer(join) => Some(join),
            Purpose::Passed | Purpose::Refresh => None,
        }
    }
}

/// The peer's INVITE on this leg; kept until our 2xx is acknowledged.
pub(super) struct Asked {
    pub(super) id: TransactionId,
    pub(super) request: Message,
    /// Our 2xx, while it is sent again until its ACK.
    pub(super) accepted: Option<Accepted>,
}

pub(super) struct Accepted {
    pub(super) packet: Bytes,
    pub(super) interval: Duration,
    pub(super) give_up: Time,
    /// It carried an offer; the answer comes in the ACK.
    pub(super) awaits_answer: bool,
}

/// The ACK we sent last, for a 2xx that comes again.
pub(super) struct Acknowledged {
    pub(super) cseq: u32,
    pub(super) flow: Flow,
    pub(super) packet: Bytes,
}

pub(super) struct Leg {
    pub(super) call: usize,
    /// The random part of our tag: tells this leg from an older one at the same place.
    pub(super) random: u64,
    pub(super) dialog: Dialog,
    pub(super) login: Option<Box<str>>,
    /// It is counted as a call of its login's own.
    pub(super) is_own_call: bool,
    pub(super) state: LegState,
    pub(super) asking: Option<Asking>,
    pub(super) asked: Option<Asked>,
    pub(super) bye: Option<TransactionId>,
    /// BYE waits until the peer acknowledges our 2xx (RFC 3261 §15).
    pub(super) is_bye_due: bool,
    pub(super) acknowledged: Option<Acknowledged>,
    /// What was agreed about how long the session lasts without a sign of life.
    pub(super) session: Session,
    /// Reliable provisional responses to this caller; `None` when it knows no PRACK.
    pub(super) reliable: Option<Box<Reliable>>,
    /// The peer's UPDATE or PRACK with an offer that waits for the other leg's answer.
    pub(super) offered: Option<TransactionId>,
    /// Such a request as it was passed on to this peer.
    pub(super) offering: Option<TransactionId>,
    /// An INVITE of ours that waits to be sent again.
    pub(super) again: Option<Again>,
    /// This phone takes calls only if its provisional responses may be reliable.
    pub(super) must_prack: bool,
    /// When this phone began to ring.
    pub(super) rung: Option<Time>,
    /// It has picked up a call, whose caller waits for what it describes.
    pub(super) has_picked_up: bool,
    /// The transfer this phone asked for, while it is under way.
    pub(super) transfer: Option<Transfer>,
    /// The engine's own audio, while this phone hears it.
    pub(super) port: Option<Box<dyn Port>>,
    /// Whom this phone is to show it is connected with, when that is not whom it called.
    pub(super) shows: Option<Box<Party>>,
}

impl Leg {
    pub(super) fn new(call: usize, random: u64, dialog: Dialog, login: Option<Box<str>>) -> Leg {
        Leg {
            call,
            random,
            dialog,
            login,
            is_own_call: false,
            state: LegState::Trying,
            asking: None,
            asked: None,
            bye: None,
            is_bye_due: false,
            acknowledged: None,
            session: Session::default(),
            reliable: None,
            offered: None,
            offering: None,
            again: None,
            must_prack: false,
            rung: None,
            has_picked_up: false,
            transfer: None,
            port: None,
            shows: None,
        }
    }

    /// The caller takes no provisional response that is not reliable.
    pub(super) fn requires_prack(&self) -> bool {
        let reliable = self.reliable.as_ref();
        reliable.is_some_and(|reliable| reliable.is_required())
    }

    /// The peer's INVITE has no final response yet.
    pub(super) fn is_asked(&self) -> bool {
        self.asked
            .as_ref()
            .is_some_and(|asked| asked.accepted.is_none())
    }

    /// Our 2xx waits for its ACK.
    pub(super) fn is_unacknowledged(&self) -> bool {
        self.asked
            .as_ref()
            .is_some_and(|asked| asked.accepted.is_some())
    }

    /// The peer's INVITE, taken away if it still waits for a final response.
    pub(super) fn take_asked(&mut self) -> Option<Asked> {
        if self.is_asked() {
            self.asked.take()
        } else {
            None
        }
    }

    pub(super) fn is_asking_with(&self, id: TransactionId) -> bool {
        self.asking
            .as_ref()
            .is_some_and(|asking| asking.id == id && !asking.awaits_answer)
    }
}
