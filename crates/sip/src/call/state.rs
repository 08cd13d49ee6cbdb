//! One call: the caller's leg, the branches that ring, the one that answered.

use super::attended::Attended;
use super::hunting::Hunting;
use super::transfer::Transfer;
use crate::directory::{CallRecord, EnterpriseId, Otherwise, Party};
use crate::time::Time;
use smallvec::SmallVec;

#[derive(PartialEq, Eq, Clone, Copy, Debug)]
pub(super) enum CallState {
    /// The directory is asked.
    Routing,
    Ringing,
    Up,
    Ended,
}

/// How an offer ended without an answer.
#[derive(PartialEq, Eq, Clone, Copy, Debug)]
pub(super) enum Miss {
    Busy,
    NoAnswer,
    Unreachable,
}

pub(super) struct Call {
    /// Tells it from an older call at the same place.
    pub(super) number: u64,
    pub(super) caller: usize,
    /// Legs that ring.
    pub(super) branches: SmallVec<[usize; 2]>,
    /// Legs that are cancelled and not yet gone.
    pub(super) closing: SmallVec<[usize; 2]>,
    /// More than one phone was rung at once.
    pub(super) is_forked: bool,
    pub(super) winner: Option<usize>,
    pub(super) state: CallState,
    /// The best refusal so far (RFC 3261 §16.7 step 6).
    pub(super) best: Option<u16>,
    pub(super) ring_end: Option<Time>,
    pub(super) presented: Party,
    /// Phones do not see who calls.
    pub(super) is_withheld: bool,
    /// It is made for a transfer, and shows who was transferred.
    pub(super) keeps_identity: bool,
    pub(super) otherwise: Otherwise,
    /// It rings at a hunt group.
    pub(super) hunting: Option<Box<Hunting>>,
    /// Max-Forwards for the branches.
    pub(super) hops: u32,
    /// The transfer it was made for.
    pub(super) transfer: Option<Transfer>,
    /// The engine attends to one side, or did until somebody answered.
    pub(super) attended: Option<Box<Attended>>,
    /// Alert-Info of its branches.
    pub(super) alert: Option<Box<str>>,
    /// The leg that said BYE.
    pub(super) left_by: Option<usize>,
    /// The engine rings for one whom it attends to; the record is that one's.
    pub(super) is_ours: bool,
    /// It rang for one whom we attend to, and another call was answered.
    pub(super) is_taken_elsewhere: bool,
    /// It ends by itself.
    pub(super) ends_at: Option<Time>,
    /// The enterprise it is counted for.
    pub(super) enterprise: Option<EnterpriseId>,
    /// It rings at the carrier, whose refusals are translated already.
    pub(super) is_outside: bool,
    /// It came from the carrier, or has been offered to it, whatever became of that.
    pub(super) is_over_trunk: bool,
    pub(super) record: CallRecord,
}

impl Otherwise {
    /// Whether the call goes on somewhere.
    pub(super) fn follows(&self, miss: Miss) -> bool {
        let next = match miss {
            Miss::Busy => &self.busy,
            Miss::NoAnswer => &self.no_answer,
            Miss::Unreachable => &self.unreachable,
        };
        next.is_some()
    }
}

impl Call {
    /// Keeps the better of two refusals.
    pub(super) fn note_refusal(&mut self, code: u16) {
        if self.best.is_none_or(|best| rank(code) < rank(best)) {
            self.best = Some(code);
        }
    }

    /// Nobody else will be rung: what this phone describes may be promised to the caller.
    pub(super) fn is_last_route(&self) -> bool {
        self.hunting.is_none() && self.otherwise == Otherwise::default()
    }

    pub(super) fn miss(&self) -> Miss {
        match self.best {
            Some(486 | 600 | 603) => Miss::Busy,
            _ => Miss::Unreachable,
        }
    }

    /// The route that follows, and the code when there is none.
    pub(super) fn next_route(&mut self, miss: Miss) -> (Option<crate::directory::Route>, u16) {
        let otherwise = std::mem::take(&mut self.otherwise);
        let (route, code) = match miss {
            Miss::Busy => (otherwise.busy, 486),
            Miss::NoAnswer => (otherwise.no_answer, 480),
            Miss::Unreachable => (otherwise.unreachable, 480),
        };
        let code = self.best.unwrap_or(code);
        let code = if self.is_outside {
            code
        } else {
            presented_code(code)
        };
        (route.map(|route| *route), code)
    }
}

fn rank(code: u16) -> u16 {
    match code {
        600.. => 0,
        401 | 407 | 415 | 420 | 484 => 400,
        // Somebody is there, which says more than a phone that knows nothing.
        486 => 410,
        408 => 499,
        503 => 599,
        code => (code / 100) * 100 + 50,
    }
}

/// What the caller hears: a redirection is ours to decide; a challenge, an overload or silence between us and that
/// phone is not the caller's.
fn presented_code(code: u16) -> u16 {
    match code {
        300..=399 | 401 | 407 | 408 | 503 => 480,
        code => code,
    }
}
