//! Calls that the engine answers itself, on behalf of somebody outside (a call centre): what it reports, what it is told.
//!
//! | phase | begins with | the caller hears |
//! |---|---|---|
//! | waiting at the door | [`Notice::Entered`] | nothing yet: not answered |
//! | attended | [`Order::Play`] or [`Order::Offer`] | music and announcements of ours |
//! | offered | [`Order::Offer`] | the same; phones ring meanwhile |
//! | connected | [`Notice::Connected`] | who answered, straight; our port is free |
//! | over | [`Notice::Ended`], the last word about this call | |
//!
//! Each [`Order::Offer`] and [`Order::Send`] ends in exactly one [`Notice::Connected`] or [`Notice::OfferFailed`], unless
//! the call itself ends before.

use crate::directory::{Party, Phone, Route, Sides};
use std::sync::Arc;
use std::time::Duration;

/// An attended call; never used again for another one in the life of the process.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct AttendedCall {
    /// The part of the engine it is in.
    pub(crate) shard: u8,
    pub(crate) index: usize,
    pub(crate) number: u64,
}

impl AttendedCall {
    /// Any call, for tests of whoever attends.
    #[must_use]
    pub fn numbered(number: u64) -> AttendedCall {
        AttendedCall {
            shard: 0,
            index: usize::MAX,
            number,
        }
    }
}

/// An offer, as whoever attends numbers it; different for each offer of a call.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct OfferId(pub u64);

/// Who attends, by the number in the identifier (a virtual user's).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Attendant(pub u128);

/// What a caller hears: the sounds once, one after another, and then what follows.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Playlist {
    /// Announcements, in this order.
    pub first: Vec<Sound>,
    /// What follows them.
    pub then: Then,
}

/// One announcement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Sound {
    /// One of ours, in this language.
    Standard(Standard, Language),
    /// A number, figure by figure.
    Digits(String, Language),
    /// An uploaded file, by the number in its identifier.
    File(u128),
}

/// Languages of our own announcements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Language {
    German,
    English,
}

/// Announcements that are always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standard {
    /// A call centre's greeting, and that all are busy for now.
    Welcome,
    /// The caller is asked for patience.
    PleaseHold,
    /// "Your place in the queue is", before [`Sound::Digits`].
    Position,
    /// Nobody is there at this time.
    Closed,
    /// "The call is parked on", before [`Sound::Digits`].
    ParkedOn,
    /// A short tone.
    Beep,
}

/// What follows the announcements.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Then {
    /// Music without end: an uploaded file, or ours.
    Music {
        /// The file, by the number in its identifier; where it is gone, ours is heard.
        file: Option<u128>,
    },
    /// Silence; [`Notice::Played`] says that the last announcement is over.
    #[default]
    Silence,
}

/// What happened to an attended call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A call for this attendant is here. It is not answered before the first order; one that is told nothing for half
    /// a minute is refused.
    Entered {
        /// The call.
        call: AttendedCall,
        /// Who attends it.
        attendant: Attendant,
        /// Who calls whom.
        sides: Box<Sides>,
        /// The caller, as phones may see them.
        presented: Party,
    },
    /// The offer came to nothing. The caller goes on hearing what was played.
    OfferFailed {
        /// The call.
        call: AttendedCall,
        /// Which offer.
        offer: OfferId,
        /// Why.
        why: Missed,
    },
    /// The caller talks with who took this offer.
    Connected {
        /// The call.
        call: AttendedCall,
        /// Which offer.
        offer: OfferId,
        /// The phone's login, `None` outside.
        login: Option<String>,
    },
    /// The caller pressed a key (RFC 4733).
    Digit {
        /// The call.
        call: AttendedCall,
        /// `0`–`9`, `*`, `#`, `A`–`D`.
        digit: char,
    },
    /// The last announcement of a playlist that ends in silence is over.
    Played {
        /// The call.
        call: AttendedCall,
    },
    /// The call is over.
    Ended {
        /// The call.
        call: AttendedCall,
        /// Why.
        why: Ended,
    },
    /// A login that is watched has begun to be in calls of its own, or is in none any more: [`Orders::watch`] says which
    /// it is by now.
    OwnCalls {
        /// Whose.
        login: String,
    },
}

/// Why an offer failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missed {
    /// All phones were busy or declined.
    Busy,
    /// Nobody answered in time.
    NoAnswer,
    /// No phone is registered, or none could be reached, or the route led nowhere.
    Unreachable,
    /// Somebody answered, but the caller's phone did not move to them.
    NotJoined,
    /// It was withdrawn.
    Withdrawn,
}

/// Why an attended call is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ended {
    /// The caller hung up or cancelled.
    Caller,
    /// Who was connected hung up.
    Agent,
    /// As ordered: [`Order::Hangup`], or an unanswered call that went elsewhere by [`Order::Send`].
    Ordered,
    /// One of the phones vanished, the caller's phone knows no G.711, nobody gave an order.
    Failed,
}

/// What is to be done with an attended call. Orders for calls that are over do nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Answers the caller if need be, and plays this instead of what was played.
    Play {
        /// The call.
        call: AttendedCall,
        /// What.
        playlist: Playlist,
    },
    /// Rings these phones while the caller goes on listening; who answers first is connected. Offers that run beside it
    /// are withdrawn when it is answered.
    Offer {
        /// The call.
        call: AttendedCall,
        /// Its number.
        offer: OfferId,
        /// Whom to ring.
        phones: Vec<Phone>,
        /// For how long.
        ring_for: Duration,
        /// Whom the phones show.
        shown: Party,
    },
    /// Stops ringing. When it was answered in the very moment, [`Notice::Connected`] comes all the same.
    Withdraw {
        /// The call.
        call: AttendedCall,
        /// Which offer.
        offer: OfferId,
    },
    /// Sends the call elsewhere. One that is not answered yet follows the route as any call does and is
    /// [`Ended::Ordered`] here; an answered one hears music until somebody answers there.
    Send {
        /// The call.
        call: AttendedCall,
        /// Its number, as for an offer.
        offer: OfferId,
        /// Where to.
        route: Box<Route>,
    },
    /// Ends the call: with this status while it is not answered, else with BYE.
    Hangup {
        /// The call.
        call: AttendedCall,
        /// 400–699.
        code: u16,
    },
}

impl Order {
    /// The call it is for.
    #[must_use]
    pub fn call(&self) -> AttendedCall {
        match self {
            Order::Play { call, .. }
            | Order::Offer { call, .. }
            | Order::Withdraw { call, .. }
            | Order::Send { call, .. }
            | Order::Hangup { call, .. } => *call,
        }
    }
}

/// Whoever attends calls. Called from the engine's own task: it must not wait, only pass on.
pub trait Attendants: Send + Sync + 'static {
    /// Something happened.
    fn notice(&self, notice: Notice);
}

/// A running engine, as whoever attends calls sees it.
pub trait Orders: Send + Sync + 'static {
    /// Passes the order on; false when the engine has no room for it now.
    fn order(&self, order: Order) -> bool;

    /// From now on tells by [`Notice::OwnCalls`] when this login begins to be in calls of its own, and when it is in none
    /// any more; true when it is in one now. May be asked again and again.
    fn watch(&self, login: &str) -> bool;

    /// Tells nothing about this login any more.
    fn forget(&self, login: &str);
}

impl<T: Attendants> Attendants for Arc<T> {
    fn notice(&self, notice: Notice) {
        (**self).notice(notice);
    }
}
