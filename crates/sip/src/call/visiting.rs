//! A call's way through groups, written down with its record (G1–G4).

use super::Engine;
use super::state::{Call, Miss};
use super::transfer::Transfer;
use crate::directory::Group;
use crate::time::Time;
use crate::visit::{Bounce, Closed, Deed, Leave, Visit};

impl Miss {
    pub(super) fn closed(self) -> Closed {
        match self {
            Miss::Busy => Closed::AllBusy,
            Miss::NoAnswer => Closed::NoAnswer,
            Miss::Unreachable => Closed::Unreachable,
        }
    }
}

impl Call {
    /// It comes to a group; where somebody took it before, it leaves.
    pub(super) fn visit(&mut self, now: Time, group: Group) {
        self.leave_answered(now);
        self.keep(Visit::begin(group, now));
    }

    fn keep(&mut self, visit: Visit) {
        if self.record.visits.len() < Visit::MOST {
            self.record.visits.push(visit);
        }
    }

    /// The group that it is at and nobody of which has taken it.
    pub(super) fn visited(&mut self) -> Option<&mut Visit> {
        let mut visits = self.record.visits.iter_mut().rev();
        visits.find(|visit| visit.left.is_none() && visit.answered.is_none())
    }

    /// A step of its way, when it is at a group.
    pub(super) fn note_step(&mut self, now: Time, who: &str, deed: Deed) {
        if let Some(visit) = self.visited() {
            visit.note(now, who, deed);
        }
    }

    /// Somebody of the group is not rung.
    pub(super) fn note_passed(&mut self, now: Time, who: &str, why: Bounce) {
        if let Some(visit) = self.visited() {
            visit.note_passed(now, who, why);
        }
    }

    /// It leaves the group that nobody has taken it at.
    pub(super) fn leave_group(&mut self, now: Time, how: Leave) {
        if let Some(visit) = self.visited() {
            visit.leave(now, how);
        }
    }

    fn leave_answered(&mut self, now: Time) {
        let visits = self.record.visits.iter_mut();
        for visit in visits.filter(|visit| visit.answered.is_some()) {
            visit.leave(now, Leave::Talked);
        }
    }

    /// Who was rung last has not taken it.
    pub(super) fn note_last_bounced(&mut self, now: Time) {
        let Some(visit) = self.visited() else { return };
        let last = visit.steps.last();
        if let Some(step) = last.filter(|step| step.deed == Deed::Offered) {
            let who = step.who.clone();
            visit.note(now, &who, Deed::Bounced(Bounce::NoAnswer));
        }
    }

    /// The call is over, and with it what it did at groups.
    pub(super) fn leave_all(&mut self, now: Time, code: u16) {
        self.leave_answered(now);
        let how = match code {
            487 => Leave::Abandoned,
            _ if self.left_by.is_some() => Leave::Abandoned,
            486 | 600 | 603 => Leave::Refused(Closed::AllBusy),
            _ => Leave::Refused(Closed::NoAnswer),
        };
        for visit in &mut self.record.visits {
            visit.leave(now, how);
        }
    }
}

impl Engine {
    /// Who rings has let it ring for long enough.
    pub(super) fn note_unanswered(&mut self, now: Time, call: usize) {
        if self.calls[call].hunting.is_none() {
            return;
        }
        for login in self.ringing_at(call) {
            let deed = Deed::Bounced(Bounce::NoAnswer);
            self.calls[call].note_step(now, &login, deed);
        }
    }

    /// Whose phones ring, each once.
    pub(super) fn ringing_at(&self, call: usize) -> Vec<String> {
        let branches = self.calls[call].branches.iter();
        let logins = branches.filter_map(|leg| self.legs.get(*leg)?.login.as_deref());
        let mut logins: Vec<String> = logins.map(str::to_owned).collect();
        logins.dedup();
        logins
    }

    /// A call that rings is taken over for a pickup group: it came there when the first phone rang.
    pub(super) fn note_pickup(&mut self, now: Time, call: usize, (group, picker): (Group, &str)) {
        let rung = self.calls[call].branches.iter();
        let since = rung.filter_map(|leg| self.legs.get(*leg)?.rung).min();
        let (since, ringing) = (since.unwrap_or(now), self.ringing_at(call));
        let mut visit = Visit::begin(group, since);
        for login in ringing {
            visit.note(since, &login, Deed::Offered);
        }
        visit.note(now, picker, Deed::Answered);
        self.calls[call].keep(visit);
    }

    /// What a call did for one who stays belongs to the record of that one's call.
    pub(super) fn hand_over_visits(&mut self, now: Time, call: usize, transfer: &Transfer) {
        if !self.is_there(transfer.kept) {
            return;
        }
        let visits = std::mem::take(&mut self.calls[call].record.visits);
        let stays = self.legs[transfer.kept.leg].call;
        if let Some(stays) = self.calls.get_mut(stays).filter(|_| !visits.is_empty()) {
            stays.leave_answered(now);
            for visit in visits {
                stays.keep(visit);
            }
        }
    }
}
