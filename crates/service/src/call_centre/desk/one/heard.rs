//! What the engine tells about a call, as the queue understands it.

use model::call_centre::{CallId, Event, NoAnswer, OfferId};
use sip::attend::{AttendedCall, Missed, Notice};

use super::{Desk, Desks, Known, SENT};

/// How far a call is that was sent elsewhere while an agent was just answering: one of the two has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Way {
    /// It waits, or rings somewhere.
    Open,
    /// An agent has answered first; whether the two are joined is told next.
    Answered,
    /// It has a partner.
    Connected,
}

impl Desk {
    /// What it means to the queue; what is sent elsewhere is none of its business any more.
    pub(super) fn event(&mut self, desks: &Desks, notice: Notice) -> Option<Event> {
        match notice {
            Notice::Entered {
                call, presented, ..
            } => {
                self.last_call += 1;
                let id = CallId(self.last_call);
                let caller = presented;
                let way = Way::Open;
                self.calls.insert(id, Known { call, caller, way });
                let hours = self.hours(desks.env.now());
                Some(Event::Arrived { call: id, hours })
            }
            Notice::OfferFailed { call, offer, why } => {
                let id = self.id(call)?;
                if self.is_lost(id, offer.0 & SENT != 0, why) {
                    self.hang_up(desks, id, 480);
                }
                (offer.0 & SENT == 0).then(|| Event::NotAnswered {
                    call: id,
                    offer: OfferId(offer.0),
                    why: missed(why),
                })
            }
            Notice::Connected { call, offer, .. } => {
                let id = self.id(call)?;
                self.calls.get_mut(&id)?.way = Way::Connected;
                (offer.0 & SENT == 0).then_some(Event::Answered {
                    call: id,
                    offer: OfferId(offer.0),
                })
            }
            Notice::Digit { .. } | Notice::OwnCalls { .. } => None,
            Notice::Played { call } => {
                let call = self.id(call)?;
                Some(Event::AnnouncementOver { call })
            }
            Notice::Ended { call, .. } => {
                let call = self.id(call)?;
                Some(Event::Ended { call })
            }
        }
    }

    fn id(&self, call: AttendedCall) -> Option<CallId> {
        let mut calls = self.calls.iter();
        calls
            .find(|(_, known)| known.call == call)
            .map(|(id, _)| *id)
    }

    /// Nobody is left who could take a call that was sent elsewhere.
    fn is_lost(&mut self, call: CallId, was_sent: bool, why: Missed) -> bool {
        let Some(known) = self.calls.get_mut(&call) else {
            return false;
        };
        match (known.way, was_sent) {
            (Way::Open, true) if why == Missed::Withdrawn => {
                known.way = Way::Answered;
                false
            }
            (Way::Open | Way::Answered, true) | (Way::Answered, false) => true,
            (Way::Open, false) | (Way::Connected, _) => false,
        }
    }
}

fn missed(why: Missed) -> NoAnswer {
    match why {
        Missed::Busy => NoAnswer::Busy,
        Missed::NoAnswer => NoAnswer::NoAnswer,
        Missed::Unreachable => NoAnswer::Unreachable,
        Missed::NotJoined => NoAnswer::Failed,
        Missed::Withdrawn => NoAnswer::Gone,
    }
}
