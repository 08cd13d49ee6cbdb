//! People with call services for the tests of routing, and random ones.

use proptest::prelude::*;
use uuid::Uuid;

use super::{Call, Caller, Decision, Dialled, Facts, Found, MOST_HOPS, Person, Whose, route};
use crate::{
    BarringProfile, CallServices, Country, DeskPhoneType, DoNotDisturb, EnterpriseId,
    FailureReason, ForwardAlways, ForwardNoAnswer, ForwardTarget, Language, Package, Period,
    PhoneNumber, Rings, SiteId, State, Timestamp, User, UserId,
};

pub(super) const AT: Timestamp = Timestamp(1_000);

pub(super) fn number(text: &str) -> PhoneNumber {
    text.parse().unwrap()
}

fn id(nth: usize) -> UserId {
    UserId(Uuid::from_u128(u128::try_from(nth).unwrap() + 1))
}

/// A forward to the `nth` person.
pub(super) fn to(nth: usize) -> ForwardTarget {
    ForwardTarget::User(id(nth))
}

/// The `nth` user, activated.
pub(super) fn active(nth: usize) -> User {
    User {
        id: id(nth),
        enterprise: EnterpriseId(Uuid::from_u128(1)),
        site: SiteId(Uuid::from_u128(2)),
        department: None,
        first_name: "Anna".parse().unwrap(),
        last_name: "Weber".parse().unwrap(),
        username: format!("anna{nth}").parse().unwrap(),
        email: "anna@muster.example".parse().unwrap(),
        language: Language::German,
        number: number(&format!("+49211123{nth:04}")),
        extension: format!("{:04}", 4000 + nth).parse().unwrap(),
        package: Package::ALL[0],
        services: Vec::new(),
        desk_phone_type: Some(DeskPhoneType::ALL[0]),
        mobile: None,
        state: State::Activated { at: Timestamp(1) },
        version: 1,
        created_at: Timestamp(0),
    }
}

pub(super) fn person(nth: usize, services: CallServices) -> Person {
    Person {
        user: active(nth),
        services,
        country: Country::Germany,
    }
}

/// The `nth` person without call services.
pub(super) fn with(nth: usize) -> Person {
    person(nth, CallServices::default())
}

/// Everything that is to be looked up about these people.
fn facts(people: &[Person]) -> Facts {
    let mut facts = Facts::default();
    facts.put(people[0].clone(), AT);
    while let Some(target) = facts.next_unknown() {
        match target {
            ForwardTarget::User(id) => {
                let person = people.iter().find(|person| person.user.id == id).unwrap();
                facts.put(person.clone(), AT);
            }
            ForwardTarget::Number(number) => facts.put_number(number, Whose::Outside),
        }
    }
    facts
}

/// A call from outside for the first of them.
pub(super) fn routed(people: &[Person]) -> Decision {
    let dialled = Dialled::Number(people[0].user.number.clone());
    let found = Found::User(Box::new(people[0].user.clone()));
    route(&Call::from_outside(dialled, AT), &found, &facts(people))
}

const PEOPLE: usize = 8;

fn target() -> impl Strategy<Value = ForwardTarget> {
    prop_oneof![
        4 => (0..PEOPLE).prop_map(to),
        1 => Just(ForwardTarget::Number(number("+4915123456789"))),
        1 => Just(ForwardTarget::Number(number("+492119999999"))),
    ]
}

fn services() -> impl Strategy<Value = CallServices> {
    let maybe = || proptest::option::of(target());
    let barring = proptest::sample::select(BarringProfile::ALL);
    (
        maybe(),
        maybe(),
        maybe(),
        maybe(),
        any::<bool>(),
        2u8..=20,
        barring,
    )
        .prop_map(
            |(always, busy, no_answer, unreachable, undisturbed, rings, barring)| CallServices {
                always: always.map(|target| ForwardAlways {
                    target,
                    period: Period::default(),
                }),
                busy,
                no_answer: no_answer.map(|target| ForwardNoAnswer {
                    target,
                    rings: Rings::parse(&rings.to_string()).unwrap(),
                }),
                unreachable,
                do_not_disturb: undisturbed.then_some(DoNotDisturb { until: None }),
                withholds_number: false,
                barring,
                version: 1,
            },
        )
}

fn people() -> impl Strategy<Value = Vec<Person>> {
    let failed = State::Failed {
        reason: FailureReason::NumberNotAssigned,
    };
    let active = State::Activated { at: Timestamp(1) };
    let state = prop_oneof![
        1 => Just(State::Pending),
        1 => Just(failed),
        4 => Just(active),
    ];
    let one = (services(), state, any::<bool>());
    proptest::collection::vec(one, PEOPLE).prop_map(|all| {
        let each = all.into_iter().enumerate();
        each.map(|(nth, (services, state, has_phone))| {
            let mut person = person(nth, services);
            person.user.state = state;
            if !has_phone {
                person.user.desk_phone_type = None;
            }
            person
        })
        .collect()
    })
}

/// The longest way through a decision, counted in people.
fn depth(decision: &Decision) -> usize {
    match decision {
        Decision::Ring { otherwise, .. } => {
            let next = otherwise.all().into_iter().flatten().map(depth).max();
            1 + next.unwrap_or_default()
        }
        Decision::Hunt { otherwise, .. } => {
            let next = otherwise.all().into_iter().flatten().map(depth).max();
            1 + next.unwrap_or_default()
        }
        Decision::Forward { to, .. } => 1 + depth(to),
        Decision::Attend { .. } | Decision::Trunk { .. } | Decision::Refuse(_) => 0,
    }
}

proptest! {
    #[test]
    fn s2_no_call_services_ever_ring_somebody_who_is_not_active(people in people()) {
        let decision = routed(&people);
        for rung in decision.rung() {
            let person = people.iter().find(|person| person.user.id == rung).unwrap();
            prop_assert!(person.user.state.is_active());
            prop_assert!(person.user.desk_phone_type.is_some());
        }
    }

    #[test]
    fn forwards_are_bounded_whatever_they_name(people in people()) {
        prop_assert!(depth(&routed(&people)) <= MOST_HOPS + 1);
    }

    #[test]
    fn emergency_calls_go_out_with_every_barring_profile(people in people(), which in 0usize..2) {
        let country = Country::Germany;
        let dialled = Dialled::read(country.emergency_numbers()[which], country);
        let caller = Caller {
            enterprise: people[0].user.enterprise,
            country,
            barring: people[0].services.barring,
        };
        let call = Call { dialled, at: AT, caller: Some(caller) };
        let out = Decision::Trunk { number: country.emergency_numbers()[which].to_owned() };
        prop_assert_eq!(route(&call, &Found::Nobody, &facts(&people)), out);
    }

    #[test]
    fn what_is_dialled_obeys_the_callers_barring_profile(barring in proptest::sample::select(BarringProfile::ALL)) {
        let dialled = Dialled::Number(number("+4915123456789"));
        let caller = Caller {
            enterprise: EnterpriseId(Uuid::from_u128(1)),
            country: Country::Germany,
            barring,
        };
        let call = Call { dialled, at: AT, caller: Some(caller) };
        let decision = route(&call, &Found::Nobody, &Facts::default());
        let is_out = matches!(decision, Decision::Trunk { .. });
        prop_assert_eq!(is_out, barring >= BarringProfile::Silver);
        // A colleague's number is inside the enterprise, whatever it looks like.
        let found = Found::User(Box::new(active(0)));
        let decision = route(&call, &found, &Facts::default());
        prop_assert!(!decision.rung().is_empty());
    }
}
