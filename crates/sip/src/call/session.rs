//! What a leg and its peer have agreed about the session: how long it lasts unrefreshed (RFC 4028), and its description.
//!
//! Each leg agrees on its own; an interval of one leg means nothing to the other.

use super::Engine;
use crate::message::{Message, Method, Name, Writer, number, parameter};
use crate::time::Time;
use crate::transaction::TransactionId;
use bytes::Bytes;

/// No shorter interval may be asked for (RFC 4028 §5).
const SHORTEST: u32 = 90;

/// Who keeps the session alive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Refresher {
    Us,
    Peer,
}

/// An agreed interval.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Terms {
    pub(super) seconds: u32,
    pub(super) refresher: Refresher,
}

/// A session description as it was sent.
#[derive(Clone)]
pub(super) struct Description {
    pub(super) kind: Bytes,
    pub(super) body: Bytes,
}

impl Description {
    pub(super) fn of(message: Option<&Message>) -> Option<Description> {
        let message = message.filter(|message| !message.body().is_empty())?;
        let kind = message.header(Name::ContentType).unwrap_or(b"");
        Some(Description {
            kind: Bytes::copy_from_slice(kind),
            body: Bytes::copy_from_slice(message.body()),
        })
    }
}

#[derive(Default)]
pub(super) struct Session {
    /// `None` when the peer knows no session timers; it is asked with OPTIONS instead.
    pub(super) terms: Option<Terms>,
    /// The peer allows UPDATE.
    pub(super) can_update: bool,
    /// The largest Min-SE the peer has answered with, seconds.
    pub(super) least: u32,
    /// When something has to be done to keep or to end the session.
    pub(super) next: Option<Time>,
    /// When it is over unless it is refreshed.
    pub(super) end: Option<Time>,
    /// Our UPDATE or OPTIONS that keeps it alive.
    pub(super) refresh: Option<TransactionId>,
    /// The description the peer has accepted from us.
    pub(super) agreed: Option<Description>,
    /// The one it is being offered.
    pub(super) proposed: Option<Description>,
}

impl Session {
    fn note_allow(&mut self, message: &Message) {
        if message.header(Name::Allow).is_some() {
            self.can_update = message.has(Name::Allow, b"UPDATE");
        }
    }
}

/// What stands in Session-Expires: seconds, and the refresher as `uac` or `uas`.
fn wish(message: &Message) -> Option<(u32, Option<&[u8]>)> {
    let value = message.header(Name::SessionExpires)?;
    let end = memchr::memchr(b';', value).unwrap_or(value.len());
    let seconds = number(value[..end].trim_ascii_end())?;
    Some((seconds, parameter(&value[end..], "refresher")))
}

fn is_uac(refresher: &[u8]) -> bool {
    refresher.eq_ignore_ascii_case(b"uac")
}

/// INVITE and UPDATE refresh a session.
pub(super) fn is_refresh(method: Option<Method>) -> bool {
    matches!(method, Some(Method::Invite | Method::Update))
}

impl Engine {
    fn shortest(&self) -> u32 {
        self.settings.min_session_expires.max(SHORTEST)
    }

    /// True when the interval the peer wants is too short and it would understand a 422 (RFC 4028 §9).
    pub(super) fn is_too_brief(&self, request: &Message) -> bool {
        is_refresh(request.method())
            && request.has(Name::Supported, b"timer")
            && wish(request).is_some_and(|(seconds, _)| seconds < self.shortest())
    }

    pub(super) fn write_min_se(&self, out: &mut Writer) {
        out.number_header("Min-SE", self.shortest().into());
    }

    /// What our INVITE or UPDATE on this leg proposes (RFC 4028 §7.1, §7.4).
    pub(super) fn propose(&self, leg: usize, out: &mut Writer) {
        let session = &self.legs[leg].session;
        let is_first = self.legs[leg].dialog.remote_tag.is_empty();
        let (seconds, refresher) = match session.terms {
            Some(terms) => (
                terms.seconds,
                match terms.refresher {
                    Refresher::Us => ";refresher=uac",
                    Refresher::Peer => ";refresher=uas",
                },
            ),
            None if is_first => (self.settings.session_expires, ""),
            None => return,
        };
        let least = session.least.max(self.shortest());
        let text = format!("{}{refresher}", seconds.max(least));
        out.header("Session-Expires", text.as_bytes())
            .number_header("Min-SE", least.into());
    }

    /// What our 2xx to the peer's INVITE or UPDATE says (RFC 4028 §9, table 2); the leg is watched from now on.
    pub(super) fn grant(&mut self, now: Time, leg: usize, request: &Message, out: &mut Writer) {
        let terms = self.terms_for(leg, request);
        let Some(found) = self.legs.get_mut(leg) else {
            return;
        };
        found.session.terms = terms;
        if let Some(terms) = terms {
            let (who, is_peer) = match terms.refresher {
                Refresher::Us => ("uas", false),
                Refresher::Peer => ("uac", true),
            };
            if is_peer {
                out.header("Require", b"timer");
            }
            let text = format!("{};refresher={who}", terms.seconds);
            out.header("Session-Expires", text.as_bytes());
        }
        self.watch(now, leg);
    }

    /// Who does not say who refreshes leaves it to us, if we can do it without touching the media.
    fn terms_for(&mut self, leg: usize, request: &Message) -> Option<Terms> {
        let (longest, shortest) = (self.settings.session_expires, self.shortest());
        let session = &mut self.legs.get_mut(leg)?.session;
        session.note_allow(request);
        if !request.has(Name::Supported, b"timer") && !request.has(Name::Require, b"timer") {
            return None;
        }
        let least = request.number(Name::MinSe).unwrap_or(0).max(shortest);
        let (seconds, wanted) = wish(request).unwrap_or((longest, None));
        let refresher = match wanted {
            Some(wanted) if is_uac(wanted) => Refresher::Peer,
            None if !session.can_update => Refresher::Peer,
            Some(_) | None => Refresher::Us,
        };
        Some(Terms {
            seconds: seconds.min(longest).max(least),
            refresher,
        })
    }

    /// The peer's 2xx to an INVITE or UPDATE of ours (RFC 4028 §7.2).
    pub(super) fn agree(&mut self, now: Time, leg: usize, response: &Message) {
        let shortest = self.shortest();
        let session = &mut self.legs[leg].session;
        session.note_allow(response);
        session.terms = wish(response).map(|(seconds, refresher)| Terms {
            seconds: seconds.max(shortest),
            refresher: match refresher {
                Some(refresher) if !is_uac(refresher) => Refresher::Peer,
                Some(_) | None => Refresher::Us,
            },
        });
        self.watch(now, leg);
    }

    /// The peer has accepted our INVITE, and with it the description it was offered last.
    pub(super) fn accepted_by_peer(&mut self, now: Time, leg: usize, response: &Message) {
        let session = &mut self.legs[leg].session;
        if let Some(accepted) = session.proposed.take() {
            session.agreed = Some(accepted);
        }
        self.agree(now, leg, response);
    }

    /// A 422: true when asking again with the peer's Min-SE makes sense (RFC 4028 §7.3).
    pub(super) fn raise_interval(&mut self, leg: usize, response: &Message) -> bool {
        let own = self.shortest().max(self.settings.session_expires);
        let session = &mut self.legs[leg].session;
        let last = session.least.max(session.terms.map_or(own, |t| t.seconds));
        let Some(least) = response.number(Name::MinSe).filter(|least| *least > last) else {
            return false;
        };
        session.least = least;
        true
    }
}
