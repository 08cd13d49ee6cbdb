//! Hunting: the steps of a hunt group, one after another, until somebody answers (G3).
//!
//! | a step | becomes |
//! |---|---|
//! | nobody of it can be rung now | the next step, at once |
//! | all its phones have refused | the next step, at once; who refused is not rung again for this call |
//! | nobody answers in its time | the next step; after the last one the first, if the call is to be forwarded later |
//! | somebody answers | the call is up |

use super::Engine;
use super::leg::LegState;
use super::state::{Call, CallState, Miss};
use crate::directory::{Group, Hunt, HuntAnswer, HuntStep, Party};
use crate::time::Time;
use crate::visit::{Bounce, Deed, Leave};

/// How far a call's hunt is.
pub(super) struct Hunting {
    group: Group,
    name: Option<String>,
    steps: Vec<HuntStep>,
    next: usize,
    give_up: Option<Time>,
    allows_call_waiting: bool,
    /// Somebody was rung in vain since the first step.
    has_rung: bool,
    /// Somebody was rung in vain, ever.
    has_ever_rung: bool,
    /// Somebody is on the phone or declined.
    is_somebody_busy: bool,
}

impl Hunting {
    /// The steps begin anew while there is time and somebody to be rung: each round takes as long as its rings.
    fn begins_anew(&mut self) -> bool {
        self.next = 0;
        std::mem::take(&mut self.has_rung) && self.give_up.is_some()
    }

    fn miss(&self) -> Miss {
        if self.has_ever_rung {
            Miss::NoAnswer
        } else if self.is_somebody_busy {
            Miss::Busy
        } else {
            Miss::Unreachable
        }
    }

    fn forget(&mut self, login: &str) {
        for step in &mut self.steps {
            step.phones.retain(|phone| phone.login != login);
        }
    }
}

impl Call {
    /// Who rings next; `None` when the hunt is over.
    fn next_step(&mut self, now: Time) -> Option<HuntStep> {
        let hunting = self.hunting.as_mut()?;
        if hunting.give_up.is_some_and(|end| end <= now) {
            return None;
        }
        if hunting.next >= hunting.steps.len() && !hunting.begins_anew() {
            return None;
        }
        hunting.next += 1;
        hunting.steps.get(hunting.next - 1).cloned()
    }

    /// Whom the phones of this call show: a hunt group says its name first.
    pub(super) fn shown(&self) -> Party {
        let Some(group) = self.group_name() else {
            return self.presented.clone();
        };
        let name = match self.presented.name.as_str() {
            "" => group.to_owned(),
            caller => format!("{group}: {caller}"),
        };
        Party {
            number: self.presented.number.clone(),
            name,
        }
    }

    /// The name of the hunt group that rings, where phones are to show it.
    pub(super) fn group_name(&self) -> Option<&str> {
        self.hunting.as_ref()?.name.as_deref()
    }
}

impl Engine {
    /// Begins to hunt.
    pub(super) fn hunt(&mut self, now: Time, call: usize, hunt: Hunt) {
        let found = &mut self.calls[call];
        found.visit(now, hunt.group);
        found.state = CallState::Ringing;
        found.is_outside = false;
        found.otherwise = hunt.otherwise;
        found.hunting = Some(Box::new(Hunting {
            group: hunt.group,
            name: hunt.name,
            steps: hunt.steps,
            next: 0,
            give_up: hunt.give_up_after.map(|after| now + after),
            allows_call_waiting: hunt.allows_call_waiting,
            has_rung: false,
            has_ever_rung: false,
            is_somebody_busy: false,
        }));
        self.hunt_on(now, call);
    }

    /// The next step with somebody who can be rung, or the end of the hunt.
    fn hunt_on(&mut self, now: Time, call: usize) {
        while let Some(step) = self.calls[call].next_step(now) {
            if self.ring_step(now, call, &step) {
                return;
            }
        }
        self.hunt_ended(now, call);
    }

    /// True when somebody rings.
    fn ring_step(&mut self, now: Time, call: usize, step: &HuntStep) -> bool {
        self.calls[call].best = None;
        for phone in &step.phones {
            if self.is_on_the_phone(call, &phone.login) {
                if let Some(hunting) = self.calls[call].hunting.as_mut() {
                    hunting.is_somebody_busy = true;
                }
                self.calls[call].note_passed(now, &phone.login, Bounce::Busy);
                continue;
            }
            let ringing = self.calls[call].branches.len();
            let bindings = self.location.get(&phone.login, now).into_iter();
            for binding in bindings.filter(|binding| binding.generation == phone.generation) {
                self.ring_phone(now, call, &phone.login, &binding);
            }
            let found = &mut self.calls[call];
            if found.branches.len() > ringing {
                found.note_step(now, &phone.login, Deed::Offered);
            } else {
                found.note_passed(now, &phone.login, Bounce::Unreachable);
            }
        }
        let found = &mut self.calls[call];
        found.is_forked = found.branches.len() > 1;
        let give_up = found.hunting.as_ref().and_then(|hunting| hunting.give_up);
        if found.branches.is_empty() {
            return false;
        }
        let end = now + step.ring_for;
        self.ring_until(call, give_up.map_or(end, |give_up| give_up.min(end)));
        true
    }

    /// Whoever talks, dials or is being rung; the caller is not offered the own call in any case.
    fn is_on_the_phone(&self, call: usize, login: &str) -> bool {
        let found = &self.calls[call];
        let allows = found
            .hunting
            .as_ref()
            .is_some_and(|h| h.allows_call_waiting);
        let is_caller = found.record.caller.as_deref() == Some(login);
        let is_open = |leg: &usize| {
            let leg = self.legs.get(*leg);
            leg.is_some_and(|leg| leg.state != LegState::Closing)
        };
        is_caller || !allows && self.legs.of(login).iter().any(is_open)
    }

    /// A phone has refused: who declines a call of the group is not offered the same call again, and nobody else's phone
    /// stops ringing for it. True while the call is hunting.
    pub(super) fn note_declined(
        &mut self,
        now: Time,
        call: usize,
        (login, code): (Option<&str>, u16),
    ) -> bool {
        let (Some(hunting), Some(login)) = (self.calls[call].hunting.as_mut(), login) else {
            return false;
        };
        let is_busy = matches!(code, 486 | 600 | 603);
        hunting.is_somebody_busy |= is_busy;
        let is_own = |leg: &usize| self.legs[*leg].login.as_deref() == Some(login);
        let own = self.calls[call].branches.iter().copied().filter(is_own);
        let own: Vec<usize> = own.collect();
        if code >= 600 {
            for leg in &own {
                self.cancel_branch(now, *leg);
            }
            let found = &mut self.calls[call];
            found.branches.retain(|leg| !own.contains(leg));
            found.closing.extend(own.iter().copied());
        }
        if (own.is_empty() || code >= 600)
            && let Some(hunting) = self.calls[call].hunting.as_mut()
        {
            hunting.forget(login);
            let why = match is_busy {
                true => Bounce::Busy,
                false => Bounce::Unreachable,
            };
            self.calls[call].note_step(now, login, Deed::Bounced(why));
        }
        true
    }

    /// A step came to nothing; false when the call does not hunt.
    pub(super) fn is_hunted_on(&mut self, now: Time, call: usize, miss: Miss) -> bool {
        let Some(hunting) = self.calls[call].hunting.as_mut() else {
            return false;
        };
        let has_rung = miss == Miss::NoAnswer;
        hunting.has_rung |= has_rung;
        hunting.has_ever_rung |= has_rung;
        self.hunt_on(now, call);
        true
    }

    fn hunt_ended(&mut self, now: Time, call: usize) {
        let found = &mut self.calls[call];
        let Some(hunting) = found.hunting.take() else {
            return;
        };
        let miss = hunting.miss();
        found.best = None;
        let why = match miss {
            Miss::Busy => "all members are on the phone",
            Miss::NoAnswer => "no member has answered",
            Miss::Unreachable => "no member can be reached",
        };
        found.record.why = why.to_owned();
        let leave = match found.otherwise.follows(miss) {
            true => Leave::Forwarded,
            false => Leave::Refused,
        };
        found.leave_group(now, leave(miss.closed()));
        self.missed(now, call, miss);
    }

    /// Somebody has taken the call: a hunt is over, and its group is told at once.
    pub(super) fn note_taken(&mut self, now: Time, call: usize) {
        let found = &mut self.calls[call];
        let login = found.record.answered_by.clone();
        if let (Some(hunting), Some(login)) = (found.hunting.take(), login) {
            found.note_step(now, &login, Deed::Answered);
            let group = hunting.group;
            let at = now;
            self.taken.push_back(HuntAnswer { group, login, at });
        }
    }

    /// The next call of a hunt group that somebody has taken.
    pub fn poll_taken(&mut self) -> Option<HuntAnswer> {
        self.taken.pop_front()
    }
}
