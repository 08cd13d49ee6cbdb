//! What became of a call at a group: the engine tells it with the call's record.

use crate::directory::Group;
use crate::time::Time;

/// A call's stay at a hunt, pickup or park group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// At which one.
    pub group: Group,
    /// When it came.
    pub entered: Time,
    /// Its way, the first [`Visit::MOST_STEPS`] steps of it.
    pub steps: Vec<VisitStep>,
    /// Login of who took it last, and when.
    pub answered: Option<(String, Time)>,
    /// When and how it left; `None` while it is there.
    pub left: Option<(Time, Leave)>,
}

/// One step of a call's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitStep {
    /// When.
    pub at: Time,
    /// Whose phone: a login; where a call was sent to a number, the number.
    pub who: String,
    /// What.
    pub deed: Deed,
}

/// What a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The phone was rung.
    Offered,
    /// It was not taken there, or passed it over.
    Bounced(Bounce),
    /// It was taken there.
    Answered,
    /// It was parked from there.
    Parked,
}

/// Why a call was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bounce {
    /// The phone rang in vain.
    NoAnswer,
    /// The phone is in use, or declined.
    Busy,
    /// No phone is logged in, or it could not take the call.
    Unreachable,
}

/// How a call left a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// After a conversation.
    Talked,
    /// The caller hung up.
    Abandoned,
    /// It was refused or released.
    Refused(Closed),
    /// It was sent elsewhere.
    Forwarded(Closed),
}

/// Why nobody of a group took a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Everybody is on the phone, or declined.
    AllBusy,
    /// Nobody answered in time.
    NoAnswer,
    /// Nobody can be reached.
    Unreachable,
    /// The group is switched to busy.
    GroupBusy,
}

impl Visit {
    /// So many steps are kept.
    pub const MOST_STEPS: usize = 60;
    /// So many visits of a call are kept.
    pub const MOST: usize = 50;

    pub(crate) fn begin(group: Group, now: Time) -> Visit {
        Visit {
            group,
            entered: now,
            steps: Vec::new(),
            answered: None,
            left: None,
        }
    }

    pub(crate) fn note(&mut self, at: Time, who: &str, deed: Deed) {
        if deed == Deed::Answered {
            self.answered = Some((who.to_owned(), at));
        }
        if self.steps.len() < Self::MOST_STEPS {
            let who = who.to_owned();
            self.steps.push(VisitStep { at, who, deed });
        }
    }

    /// Who was passed over for this reason is not named again for it.
    pub(crate) fn note_passed(&mut self, at: Time, who: &str, why: Bounce) {
        let deed = Deed::Bounced(why);
        let is_known = |step: &VisitStep| step.who == who && step.deed == deed;
        if !self.steps.iter().any(is_known) {
            self.note(at, who, deed);
        }
    }

    /// Nothing, when it has left already.
    pub(crate) fn leave(&mut self, at: Time, how: Leave) {
        self.left.get_or_insert((at, how));
    }
}
