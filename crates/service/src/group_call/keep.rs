//! What the engine tells of a call's way through hunt, pickup and park groups, as it is kept.

use std::collections::HashMap;

use model::{
    call_centre::NoAnswer,
    group_call::{Cause, Deed, Departure},
};
use sip::{
    directory::Party,
    visit::{self, Bounce, Closed, Leave, Visit},
};
use store::{Member, PastCall, PastStep};
use uuid::Uuid;

use crate::directory::timestamp;

/// Whose logins they are.
pub(crate) type Members = HashMap<String, Member>;

/// A call at a group: which one, the call, its way.
pub(crate) type KeptVisit = (Uuid, PastCall, Vec<PastStep>);

/// The visits of a call that has ended; `id` makes identities.
pub(crate) fn visits(
    visits: &[Visit],
    caller: &str,
    members: &Members,
    mut id: impl FnMut() -> Uuid,
) -> Vec<KeptVisit> {
    let kept = visits.iter().map(|visit| {
        let group = Uuid::from_u128(visit.group.0);
        let call = call(visit, id(), caller, members);
        let steps = visit.steps.iter();
        (group, call, steps.map(|step| past(step, members)).collect())
    });
    kept.collect()
}

fn call(visit: &Visit, id: Uuid, caller: &str, members: &Members) -> PastCall {
    let answered = visit.answered.as_ref();
    let (left_at, how) = visit.left.unwrap_or((visit.entered, Leave::Abandoned));
    let count = |is: fn(&visit::Deed) -> bool| {
        let steps = visit.steps.iter().filter(|step| is(&step.deed));
        i64::try_from(steps.count()).unwrap_or(i64::MAX)
    };
    PastCall {
        id,
        caller: caller.to_owned(),
        entered_at: timestamp(visit.entered),
        answered: answered.map(|(login, at)| (member(login, members), timestamp(*at))),
        left_at: timestamp(left_at),
        departure: match how {
            Leave::Talked => Departure::Talked,
            Leave::Abandoned => Departure::Abandoned,
            Leave::Refused(why) => Departure::Refused(cause(why)),
            Leave::Forwarded(why) => Departure::Transferred(cause(why)),
        },
        offers: count(|deed| *deed == visit::Deed::Offered),
        bounces: count(|deed| matches!(deed, visit::Deed::Bounced(_))),
    }
}

fn past(step: &visit::VisitStep, members: &Members) -> PastStep {
    let (deed, why) = match step.deed {
        visit::Deed::Offered => (Deed::Offered, None),
        visit::Deed::Answered => (Deed::Answered, None),
        visit::Deed::Parked => (Deed::Parked, None),
        visit::Deed::Bounced(why) => (Deed::Bounced, Some(why)),
    };
    PastStep {
        at: timestamp(step.at),
        deed,
        member: member(&step.who, members),
        why: why.map(|why| match why {
            Bounce::NoAnswer => NoAnswer::NoAnswer,
            Bounce::Busy => NoAnswer::Busy,
            Bounce::Unreachable => NoAnswer::Unreachable,
        }),
    }
}

/// Whose login has ended meanwhile, and a number that was called, are named as they stand.
fn member(login: &str, members: &Members) -> Member {
    members.get(login).cloned().unwrap_or_else(|| Member {
        name: login.to_owned(),
        ..Member::default()
    })
}

fn cause(why: Closed) -> Cause {
    match why {
        Closed::AllBusy => Cause::AllBusy,
        Closed::NoAnswer => Cause::NoAnswer,
        Closed::Unreachable => Cause::Unreachable,
        Closed::GroupBusy => Cause::GroupBusy,
    }
}

/// A caller in one line.
pub(crate) fn caller(Party { number, name }: &Party) -> String {
    match name.is_empty() {
        true => number.clone(),
        false => format!("{name} ({number})"),
    }
}
