//! Following call services from one user to the next: each obeys the state and the services of who is there.

use super::{
    Caller, Cause, Decision, Facts, Hunting, Otherwise, Person, RING_SECONDS, Whose, Why, hunt,
};
use crate::{
    CallServices, EnterpriseId, ForwardTarget, Holder, HuntGroup, PhoneNumber, State, Timestamp,
    User, UserId, VirtualUser, VirtualUserId,
};

/// So many forwards may follow each other.
pub const MOST_HOPS: usize = 5;

struct Walk<'a> {
    at: Timestamp,
    facts: &'a Facts,
    /// Who has been called or has forwarded so far.
    path: Vec<Holder>,
}

/// A call comes to a user.
pub(super) fn begin(at: Timestamp, facts: &Facts, user: &User) -> Decision {
    Walk::new(at, facts).reach(user)
}

/// A call comes to a hunt group.
pub(super) fn begin_at_group(at: Timestamp, facts: &Facts, group: &HuntGroup) -> Decision {
    match facts.group(group.virtual_user.id) {
        Some(hunting) => Walk::new(at, facts).reach_group(hunting),
        None => Decision::Refuse(Why::NobodyThere),
    }
}

/// A call comes to a call centre, which is active before it attends anything (S2).
pub(super) fn attend(centre: &VirtualUser) -> Decision {
    match inactive(&centre.state) {
        Some(why) => Decision::Refuse(why),
        None => Decision::Attend { centre: centre.id },
    }
}

/// Who passes a call on, and pays for it.
#[derive(Clone, Copy)]
struct By {
    callee: Holder,
    caller: Caller,
}

impl<'a> Walk<'a> {
    fn new(at: Timestamp, facts: &'a Facts) -> Self {
        let path = Vec::new();
        Self { at, facts, path }
    }
}

impl Walk<'_> {
    /// S2 first: who is not active receives nothing, and forwards nothing.
    fn reach(&mut self, user: &User) -> Decision {
        if let Some(why) = inactive(&user.state) {
            return Decision::Refuse(why);
        }
        self.path.push(Holder::User(user.id));
        let decision = match self.facts.person(user.id) {
            Some(person) => self.serve(person, user),
            None => ring(
                user,
                CallServices::default().no_answer_s(),
                Otherwise::default(),
            ),
        };
        self.path.pop();
        decision
    }

    /// A hunt group is active before it rings or forwards, as a user is (S2).
    fn reach_group(&mut self, hunting: &Hunting) -> Decision {
        let group = &hunting.group.virtual_user;
        if let Some(why) = inactive(&group.state) {
            return Decision::Refuse(why);
        }
        self.path.push(Holder::VirtualUser(group.id));
        let decision = self.hunt(hunting);
        self.path.pop();
        decision
    }

    fn hunt(&mut self, hunting: &Hunting) -> Decision {
        let (settings, by) = (&hunting.group.settings, By::group(hunting));
        let busy = settings.busy.as_ref();
        if settings.is_busy {
            return self.pass_or_refuse(by, (Cause::GroupBusy, busy), Why::GroupBusy);
        }
        let no_answer = settings.no_answer.as_ref();
        if let Some(forward) = no_answer.filter(|forward| forward.after_s == 0) {
            return self.pass_on(by, Cause::NoRings, &forward.target);
        }
        let not_reachable = settings.not_reachable.as_ref();
        let steps = match hunt::plan(hunting, self.at) {
            hunt::Plan::Ring(steps) => steps,
            hunt::Plan::Busy => {
                return self.pass_or_refuse(by, (Cause::GroupBusy, busy), Why::GroupBusy);
            }
            hunt::Plan::Nobody => {
                let then = (Cause::NobodyThere, not_reachable);
                return self.pass_or_refuse(by, then, Why::NobodyThere);
            }
        };
        Decision::Hunt {
            group: hunting.group.virtual_user.id,
            steps,
            forward_after: no_answer.map(|forward| forward.after_s.into()),
            allows_call_waiting: settings.allows_call_waiting,
            otherwise: Box::new(Otherwise {
                busy: busy.map(|target| self.forward(by, target)),
                no_answer: no_answer.map(|forward| self.forward(by, &forward.target)),
                unreachable: not_reachable.map(|target| self.forward(by, target)),
            }),
        }
    }

    fn pass_or_refuse(
        &mut self,
        by: By,
        (cause, target): (Cause, Option<&ForwardTarget>),
        why: Why,
    ) -> Decision {
        match target {
            Some(target) => self.pass_on(by, cause, target),
            None => Decision::Refuse(why),
        }
    }

    fn serve(&mut self, person: &Person, user: &User) -> Decision {
        let (services, by) = (&person.services, By::user(person));
        if let Some(target) = services.forwards_all(self.at) {
            return self.pass_on(by, Cause::Always, target);
        }
        if services.is_undisturbed(self.at) {
            return match &services.busy {
                Some(target) => self.pass_on(by, Cause::DoNotDisturb, target),
                None => Decision::Refuse(Why::DoNotDisturb),
            };
        }
        if let (None, Some(target)) = (user.desk_phone_type, &services.unreachable) {
            return self.pass_on(by, Cause::WithoutPhone, target);
        }
        let no_answer = services.no_answer.as_ref().map(|forward| &forward.target);
        let mut follow =
            |target: Option<&ForwardTarget>| target.map(|target| self.forward(by, target));
        let otherwise = Otherwise {
            busy: follow(services.busy.as_ref()),
            no_answer: follow(no_answer),
            unreachable: follow(services.unreachable.as_ref()),
        };
        ring(user, services.no_answer_s(), otherwise)
    }

    fn pass_on(&mut self, by: By, cause: Cause, target: &ForwardTarget) -> Decision {
        Decision::Forward {
            by: by.callee,
            cause,
            to: Box::new(self.forward(by, target)),
        }
    }

    fn forward(&mut self, by: By, target: &ForwardTarget) -> Decision {
        if self.path.len() > MOST_HOPS {
            return Decision::Refuse(Why::TooManyForwards);
        }
        match target {
            ForwardTarget::User(id) => self.forward_to(by, *id),
            ForwardTarget::Number(number) => match self.facts.whose(number) {
                Some(Whose::User(id)) => self.forward_to(by, id),
                Some(Whose::HuntGroup(id)) => self.forward_to_group(by, id),
                Some(Whose::CallCentre(id)) => self.forward_to_centre(by, id),
                Some(Whose::Unassigned) => Decision::Refuse(Why::UnassignedNumber),
                Some(Whose::Outside) => super::outward(number, by.is_barred(number, None)),
                None => Decision::Refuse(Why::TooManyForwards),
            },
        }
    }

    fn forward_to(&mut self, by: By, id: UserId) -> Decision {
        if self.path.contains(&Holder::User(id)) {
            return Decision::Refuse(Why::ForwardLoop);
        }
        let Some(next) = self.facts.person(id) else {
            return Decision::Refuse(Why::TooManyForwards);
        };
        if by.is_barred(&next.user.number, Some(next.user.enterprise)) {
            return Decision::Refuse(Why::Barred);
        }
        self.reach(&next.user)
    }

    fn forward_to_group(&mut self, by: By, id: VirtualUserId) -> Decision {
        if self.path.contains(&Holder::VirtualUser(id)) {
            return Decision::Refuse(Why::ForwardLoop);
        }
        let Some(next) = self.facts.group(id) else {
            return Decision::Refuse(Why::TooManyForwards);
        };
        let group = &next.group.virtual_user;
        if by.is_barred(&group.number, Some(group.enterprise)) {
            return Decision::Refuse(Why::Barred);
        }
        self.reach_group(next)
    }

    fn forward_to_centre(&self, by: By, id: VirtualUserId) -> Decision {
        let Some(centre) = self.facts.centre(id) else {
            return Decision::Refuse(Why::TooManyForwards);
        };
        if by.is_barred(&centre.number, Some(centre.enterprise)) {
            return Decision::Refuse(Why::Barred);
        }
        attend(centre)
    }
}

impl By {
    fn user(person: &Person) -> Self {
        Self {
            callee: Holder::User(person.user.id),
            caller: Caller {
                enterprise: person.user.enterprise,
                country: person.country,
                barring: person.services.barring,
            },
        }
    }

    /// A hunt group has no barring profile of its own: what a new user may dial, it may forward to.
    fn group(hunting: &Hunting) -> Self {
        let group = &hunting.group.virtual_user;
        Self {
            callee: Holder::VirtualUser(group.id),
            caller: Caller {
                enterprise: group.enterprise,
                country: hunting.country,
                barring: CallServices::default().barring,
            },
        }
    }

    /// Who forwards pays: what they may not dial, they may not forward to.
    fn is_barred(self, number: &PhoneNumber, called: Option<EnterpriseId>) -> bool {
        super::is_barred(&self.caller, number, called)
    }
}

/// S2: who is not active receives nothing, and forwards nothing.
fn inactive(state: &State) -> Option<Why> {
    match state {
        State::Pending => Some(Why::Pending),
        State::Failed { .. } => Some(Why::Failed),
        State::Activated { .. } => None,
    }
}

fn ring(user: &User, seconds: u32, otherwise: Otherwise) -> Decision {
    match user.desk_phone_type {
        None => Decision::Refuse(Why::WithoutPhone),
        Some(_) => Decision::Ring {
            user: user.id,
            seconds,
            otherwise: Box::new(otherwise),
        },
    }
}

impl CallServices {
    /// How long phones ring before nobody answers, in seconds.
    fn no_answer_s(&self) -> u32 {
        let rings = self.no_answer.as_ref().map(|forward| forward.rings);
        rings.map_or(RING_SECONDS, crate::Rings::seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::super::random::{active, number, person, routed, to, with};
    use super::*;
    use crate::{BarringProfile, DoNotDisturb, ForwardAlways, ForwardNoAnswer, Period, Rings};

    fn always(target: ForwardTarget) -> CallServices {
        CallServices {
            always: Some(ForwardAlways {
                target,
                period: Period::default(),
            }),
            ..CallServices::default()
        }
    }

    fn no_answer(target: ForwardTarget, rings: &str) -> CallServices {
        CallServices {
            no_answer: Some(ForwardNoAnswer {
                target,
                rings: Rings::parse(rings).unwrap(),
            }),
            ..CallServices::default()
        }
    }

    fn rings_for(seconds: u32, user: usize) -> Decision {
        Decision::Ring {
            user: active(user).id,
            seconds,
            otherwise: Box::default(),
        }
    }

    fn forwarded(by: usize, cause: Cause, to: Decision) -> Decision {
        Decision::Forward {
            by: Holder::User(active(by).id),
            cause,
            to: Box::new(to),
        }
    }

    #[test]
    fn a_forward_of_every_call_rings_at_the_target_at_once() {
        let people = [person(0, always(to(1))), with(1)];
        let expected = forwarded(0, Cause::Always, rings_for(RING_SECONDS, 1));
        assert_eq!(routed(&people), expected);
    }

    #[test]
    fn who_does_not_answer_rings_as_often_as_said_and_then_somebody_else() {
        let people = [person(0, no_answer(to(1), "3")), with(1)];
        let Decision::Ring {
            seconds, otherwise, ..
        } = routed(&people)
        else {
            panic!("nobody rings");
        };
        assert_eq!(seconds, 18);
        assert_eq!(otherwise.no_answer, Some(rings_for(RING_SECONDS, 1)));
        assert_eq!((otherwise.busy, otherwise.unreachable), (None, None));
    }

    #[test]
    fn do_not_disturb_is_busy_and_the_forward_for_busy_applies() {
        let mut undisturbed = CallServices {
            do_not_disturb: Some(DoNotDisturb { until: None }),
            ..CallServices::default()
        };
        let refused = routed(&[person(0, undisturbed.clone())]);
        assert_eq!(refused, Decision::Refuse(Why::DoNotDisturb));
        undisturbed.busy = Some(to(1));
        let expected = forwarded(0, Cause::DoNotDisturb, rings_for(RING_SECONDS, 1));
        assert_eq!(routed(&[person(0, undisturbed), with(1)]), expected);
    }

    #[test]
    fn u5_without_a_desk_phone_the_forward_for_unreachable_applies() {
        let services = CallServices {
            unreachable: Some(to(1)),
            ..CallServices::default()
        };
        let mut anna = person(0, services);
        anna.user.desk_phone_type = None;
        let expected = forwarded(0, Cause::WithoutPhone, rings_for(RING_SECONDS, 1));
        assert_eq!(routed(&[anna, with(1)]), expected);
    }

    #[test]
    fn s2_a_pending_target_is_never_rung_and_a_pending_user_forwards_nothing() {
        let mut pending = person(1, always(to(2)));
        pending.user.state = State::Pending;
        let people = [person(0, always(to(1))), pending.clone(), with(2)];
        let expected = forwarded(0, Cause::Always, Decision::Refuse(Why::Pending));
        assert_eq!(routed(&people), expected);
    }

    #[test]
    fn a_circle_of_forwards_ends_in_a_refusal_that_says_so() {
        let people = [person(0, always(to(1))), person(1, always(to(0)))];
        let refusal = Decision::Refuse(Why::ForwardLoop);
        let second = forwarded(1, Cause::Always, refusal);
        assert_eq!(routed(&people), forwarded(0, Cause::Always, second));
    }

    #[test]
    fn five_forwards_are_followed_and_not_six() {
        for (hops, is_refused) in [(MOST_HOPS, false), (MOST_HOPS + 1, true)] {
            let mut people: Vec<_> = (0..hops)
                .map(|nth| person(nth, always(to(nth + 1))))
                .collect();
            people.push(with(hops));
            let decision = routed(&people);
            assert_eq!(decision.rung().is_empty(), is_refused, "{hops}");
        }
    }

    #[test]
    fn nobody_forwards_to_a_number_they_may_not_dial() {
        let mobile = ForwardTarget::Number(number("+4915123456789"));
        for (barring, expected) in [
            (BarringProfile::Bronze, Decision::Refuse(Why::Barred)),
            (
                BarringProfile::Silver,
                Decision::Trunk {
                    number: "+4915123456789".to_owned(),
                },
            ),
        ] {
            let services = CallServices {
                barring,
                ..always(mobile.clone())
            };
            let decision = routed(&[person(0, services)]);
            assert_eq!(decision, forwarded(0, Cause::Always, expected));
        }
    }
}
