//! Who may be called: the one function that decides about every call, with its reasons.
//!
//! Routing takes three steps, so that it needs no database: [`Dialled::read`] says what to look up, [`Facts`] collect what
//! is known of everybody the call may be forwarded to, [`route`] decides about what was found.

mod facts;
mod feature;
mod hunt;
#[cfg(test)]
mod hunted;
#[cfg(test)]
mod random;
mod walk;

use std::fmt;

use crate::{
    BarringProfile, Country, EnterpriseId, Extension, Holder, HuntGroup, NumberClass, PhoneNumber,
    Timestamp, User, UserId, VirtualUser, VirtualUserId,
};

pub use facts::{Facts, Person, Whose};
pub use feature::{AgentCode, FeatureCode};
pub use hunt::{HuntStep, Hunting, PassedOver, Presence, Seat};
pub use walk::MOST_HOPS;

/// How long phones ring when nothing follows, in seconds.
pub const RING_SECONDS: u32 = 60;

/// What somebody has dialled, as it is understood at their site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialled {
    /// Police, fire brigade, ambulance.
    Emergency(String),
    /// A colleague.
    Extension(Extension),
    /// A telephone number.
    Number(PhoneNumber),
    /// Nothing that can be called.
    Unreadable,
}

impl Dialled {
    /// Reads what was dialled in a country: emergency numbers first, two to six digits are an extension, then numbers
    /// with `+` or `00`, national ones with `0`, and international ones in digits only.
    #[must_use]
    pub fn read(text: &str, country: Country) -> Self {
        let text: String = text.chars().filter(|c| !" -./()".contains(*c)).collect();
        if country.emergency_numbers().contains(&text.as_str()) {
            return Self::Emergency(text);
        }
        if let Ok(extension) = text.parse() {
            return Self::Extension(extension);
        }
        let is_digits = text.bytes().all(|b| b.is_ascii_digit());
        let number = if is_digits && !text.starts_with('0') {
            format!("+{text}").parse()
        } else {
            PhoneNumber::parse(&text, country)
        };
        number.map_or(Self::Unreadable, Self::Number)
    }
}

/// Who was found under what was dialled: the extension in the caller's enterprise, the number in the installation.
#[derive(Clone, Debug)]
pub enum Found {
    /// A user.
    User(Box<User>),
    /// A hunt group.
    HuntGroup(Box<HuntGroup>),
    /// A call centre.
    CallCentre(Box<VirtualUser>),
    /// A number of the installation that nobody has.
    Unassigned,
    /// Nobody in the installation.
    Nobody,
}

impl Found {
    /// The enterprise of who was found.
    #[must_use]
    pub fn enterprise(&self) -> Option<EnterpriseId> {
        match self {
            Self::User(user) => Some(user.enterprise),
            Self::HuntGroup(group) => Some(group.virtual_user.enterprise),
            Self::CallCentre(centre) => Some(centre.enterprise),
            Self::Unassigned | Self::Nobody => None,
        }
    }
}

/// A call that asks for its way.
#[derive(Clone, Debug)]
pub struct Call {
    /// What was dialled.
    pub dialled: Dialled,
    /// When.
    pub at: Timestamp,
    /// Who calls; `None` from outside of the installation.
    pub caller: Option<Caller>,
}

/// Who calls, as far as routing asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Of which enterprise.
    pub enterprise: EnterpriseId,
    /// In which country.
    pub country: Country,
    /// What the caller may dial.
    pub barring: BarringProfile,
}

impl Call {
    /// A call from outside of the installation.
    #[must_use]
    pub fn from_outside(dialled: Dialled, at: Timestamp) -> Self {
        Self {
            dialled,
            at,
            caller: None,
        }
    }
}

/// Where a call goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// All phones of this user ring at once.
    Ring {
        /// Whose.
        user: UserId,
        /// For how long.
        seconds: u32,
        /// What follows when nobody takes the call.
        otherwise: Box<Otherwise>,
    },
    /// Members of a hunt group ring, step by step (G3).
    Hunt {
        /// Whose.
        group: VirtualUserId,
        /// Who rings in which order. Members whose phones turn out to be busy or away are passed over at once.
        steps: Vec<HuntStep>,
        /// Nobody has answered after so many seconds in all; until then the steps begin anew. Without it everybody rings
        /// once.
        forward_after: Option<u32>,
        /// A member who is on the phone is rung all the same.
        allows_call_waiting: bool,
        /// What follows when nobody takes the call.
        otherwise: Box<Otherwise>,
    },
    /// A call centre attends the call: it plays, queues and rings by itself (G4).
    Attend {
        /// Which one.
        centre: VirtualUserId,
    },
    /// Nothing rings here: the call goes on at once.
    Forward {
        /// Whose call services or settings say so.
        by: Holder,
        /// Why.
        cause: Cause,
        /// Where it goes.
        to: Box<Decision>,
    },
    /// Out to the carrier.
    Trunk {
        /// As the carrier wants it: an emergency number, or E.164 with `+`.
        number: String,
    },
    /// Nowhere.
    Refuse(Why),
}

/// What follows when nobody takes a call that rings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Otherwise {
    /// The phones are busy or decline.
    pub busy: Option<Decision>,
    /// Nobody answers in time.
    pub no_answer: Option<Decision>,
    /// No phone is logged in.
    pub unreachable: Option<Decision>,
}

/// Why a call goes on without ringing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Every call is forwarded.
    Always,
    /// The user does not want to be disturbed, which counts as busy.
    DoNotDisturb,
    /// The user has no desk phone, which counts as unreachable.
    WithoutPhone,
    /// The hunt group is switched to busy, or all its members are on the phone.
    GroupBusy,
    /// Nobody of the hunt group can be rung.
    NobodyThere,
    /// The hunt group rings nobody before it forwards.
    NoRings,
}

impl Cause {
    /// The name in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::DoNotDisturb => "do-not-disturb",
            Self::WithoutPhone => "without-phone",
            Self::GroupBusy => "group-busy",
            Self::NobodyThere => "nobody-there",
            Self::NoRings => "no-rings",
        }
    }
}

impl Decision {
    /// Everybody whose phones may ring, whatever happens.
    #[must_use]
    pub fn rung(&self) -> Vec<UserId> {
        let mut found = Vec::new();
        self.note_rung(&mut found);
        found
    }

    fn note_rung(&self, found: &mut Vec<UserId>) {
        match self {
            Self::Ring {
                user, otherwise, ..
            } => {
                found.push(*user);
                for next in otherwise.all().into_iter().flatten() {
                    next.note_rung(found);
                }
            }
            Self::Hunt {
                steps, otherwise, ..
            } => {
                found.extend(steps.iter().flat_map(|step| &step.members));
                for next in otherwise.all().into_iter().flatten() {
                    next.note_rung(found);
                }
            }
            Self::Forward { to, .. } => to.note_rung(found),
            Self::Attend { .. } | Self::Trunk { .. } | Self::Refuse(_) => {}
        }
    }
}

impl Otherwise {
    /// What follows, in the order of the fields.
    #[must_use]
    pub fn all(&self) -> [Option<&Decision>; 3] {
        [&self.busy, &self.no_answer, &self.unreachable].map(Option::as_ref)
    }
}

/// Why a call goes nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The called user waits for activation (S2).
    Pending,
    /// The called user's activation has failed (S2).
    Failed,
    /// The called user has no desk phone (U5).
    WithoutPhone,
    /// The called user does not want to be disturbed.
    DoNotDisturb,
    /// A forward leads back to somebody who forwards the call.
    ForwardLoop,
    /// More than [`MOST_HOPS`] forwards follow each other.
    TooManyForwards,
    /// The barring profile of the caller, or of the user who forwards, does not permit the number.
    Barred,
    /// Nobody in the enterprise has this extension.
    UnknownExtension,
    /// Nobody has this number of the installation.
    UnassignedNumber,
    /// Nothing that can be called.
    Unreadable,
    /// The hunt group is switched to busy, or all its members are on the phone.
    GroupBusy,
    /// Nobody of the hunt group can be rung.
    NobodyThere,
}

impl Why {
    /// All reasons.
    pub const ALL: [Self; 12] = [
        Self::Pending,
        Self::Failed,
        Self::WithoutPhone,
        Self::DoNotDisturb,
        Self::ForwardLoop,
        Self::TooManyForwards,
        Self::Barred,
        Self::UnknownExtension,
        Self::UnassignedNumber,
        Self::Unreadable,
        Self::GroupBusy,
        Self::NobodyThere,
    ];

    /// The name in the API and in traces.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Failed => "failed",
            Self::WithoutPhone => "without-phone",
            Self::DoNotDisturb => "do-not-disturb",
            Self::ForwardLoop => "forward-loop",
            Self::TooManyForwards => "too-many-forwards",
            Self::Barred => "barred",
            Self::UnknownExtension => "unknown-extension",
            Self::UnassignedNumber => "unassigned-number",
            Self::Unreadable => "unreadable",
            Self::GroupBusy => "group-busy",
            Self::NobodyThere => "nobody-there",
        }
    }

    /// Whether it may pass: the called one is there, but cannot be reached now.
    #[must_use]
    pub fn is_temporary(self) -> bool {
        match self {
            Self::Pending
            | Self::Failed
            | Self::WithoutPhone
            | Self::DoNotDisturb
            | Self::ForwardLoop
            | Self::TooManyForwards
            | Self::GroupBusy
            | Self::NobodyThere => true,
            Self::Barred | Self::UnknownExtension | Self::UnassignedNumber | Self::Unreadable => {
                false
            }
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Decides about a call. The caller's state is not asked: Pending and Failed users can call (S2).
///
/// | dialled \ found | user, hunt group, call centre | unassigned | nobody |
/// |---|---|---|---|
/// | emergency number | trunk | trunk | trunk |
/// | extension | by state and call services or settings | – | refused |
/// | number | by state and call services or settings, unless barred | refused | trunk, unless barred |
/// | unreadable | refused | refused | refused |
///
/// Facts that are missing mean no call services, and no members.
#[must_use]
pub fn route(call: &Call, found: &Found, facts: &Facts) -> Decision {
    let is_barred = |number: &PhoneNumber, called: Option<EnterpriseId>| {
        call.caller
            .is_some_and(|caller| is_barred(&caller, number, called))
    };
    match (&call.dialled, found) {
        (Dialled::Emergency(number), _) => Decision::Trunk {
            number: number.clone(),
        },
        (Dialled::Unreadable, _) => Decision::Refuse(Why::Unreadable),
        (Dialled::Number(number), Found::User(_) | Found::HuntGroup(_) | Found::CallCentre(_))
            if is_barred(number, found.enterprise()) =>
        {
            Decision::Refuse(Why::Barred)
        }
        (Dialled::Extension(_) | Dialled::Number(_), Found::User(user)) => {
            walk::begin(call.at, facts, user)
        }
        (Dialled::Extension(_) | Dialled::Number(_), Found::HuntGroup(group)) => {
            walk::begin_at_group(call.at, facts, group)
        }
        (Dialled::Extension(_) | Dialled::Number(_), Found::CallCentre(centre)) => {
            walk::attend(centre)
        }
        (Dialled::Extension(_), Found::Unassigned | Found::Nobody) => {
            Decision::Refuse(Why::UnknownExtension)
        }
        (Dialled::Number(_), Found::Unassigned) => Decision::Refuse(Why::UnassignedNumber),
        (Dialled::Number(number), Found::Nobody) => outward(number, is_barred(number, None)),
    }
}

/// Colleagues are never barred, whatever their number is.
fn is_barred(caller: &Caller, number: &PhoneNumber, called: Option<EnterpriseId>) -> bool {
    called != Some(caller.enterprise)
        && !caller
            .barring
            .permits(NumberClass::of(number, caller.country))
}

/// Out to the carrier, unless barred.
fn outward(number: &PhoneNumber, is_barred: bool) -> Decision {
    if is_barred {
        Decision::Refuse(Why::Barred)
    } else {
        Decision::Trunk {
            number: number.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        CallServices, DeskPhoneType, EnterpriseId, FailureReason, ForwardAlways, ForwardTarget,
        Language, Package, Period, SiteId, State, VirtualUserKind,
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    fn bob(state: State) -> User {
        User {
            id: UserId(Uuid::from_u128(7)),
            enterprise: EnterpriseId(Uuid::from_u128(1)),
            site: SiteId(Uuid::from_u128(2)),
            department: None,
            first_name: "Bob".parse().unwrap(),
            last_name: "Weber".parse().unwrap(),
            username: "bob".parse().unwrap(),
            email: "bob@muster.example".parse().unwrap(),
            language: Language::German,
            number: "+492111234567".parse().unwrap(),
            extension: "4567".parse().unwrap(),
            package: Package::ALL[0],
            services: Vec::new(),
            desk_phone_type: Some(DeskPhoneType::ALL[0]),
            mobile: None,
            state,
            version: 1,
            created_at: Timestamp(0),
        }
    }

    /// Somebody outside calls.
    fn routed(dialled: &Dialled, found: &Found) -> Decision {
        let call = Call::from_outside(dialled.clone(), Timestamp(0));
        route(&call, found, &Facts::default())
    }

    fn found(user: User) -> Found {
        Found::User(Box::new(user))
    }

    fn states() -> [State; 3] {
        let reason = FailureReason::NumberNotAssigned;
        [
            State::Pending,
            State::Failed { reason },
            State::Activated { at: Timestamp(1) },
        ]
    }

    fn read(text: &str) -> Dialled {
        Dialled::read(text, Country::Germany)
    }

    #[test]
    fn an_extension_a_number_in_any_notation_and_an_emergency_number_are_told_apart() {
        assert_eq!(read("4567"), Dialled::Extension("4567".parse().unwrap()));
        for text in [
            "+492111234567",
            "00492111234567",
            "02111234567",
            "0211/123-4567",
            "492111234567",
        ] {
            let number = Dialled::Number("+492111234567".parse().unwrap());
            assert_eq!(read(text), number, "{text}");
        }
        assert_eq!(read("112"), Dialled::Emergency("112".into()));
        assert_eq!(read("999"), Dialled::Extension("999".parse().unwrap()));
        let in_london = Dialled::read("999", Country::UnitedKingdom);
        assert_eq!(in_london, Dialled::Emergency("999".into()));
        for text in ["", "7", "anna", "*98", "+", "0000000000000000000"] {
            assert_eq!(read(text), Dialled::Unreadable, "{text}");
        }
    }

    #[test]
    fn s2_who_is_pending_or_failed_cannot_be_called_by_extension_or_number() {
        for dialled in [read("4567"), read("+492111234567")] {
            let decided = states().map(|state| routed(&dialled, &found(bob(state))));
            let user = UserId(Uuid::from_u128(7));
            let ring = Decision::Ring {
                user,
                seconds: RING_SECONDS,
                otherwise: Box::default(),
            };
            let [pending, failed] = [Why::Pending, Why::Failed].map(Decision::Refuse);
            assert_eq!(decided, [pending, failed, ring]);
        }
    }

    #[test]
    fn u5_without_a_desk_phone_nothing_rings() {
        let user = User {
            desk_phone_type: None,
            ..bob(State::Activated { at: Timestamp(1) })
        };
        let decided = routed(&read("4567"), &found(user));
        assert_eq!(decided, Decision::Refuse(Why::WithoutPhone));
    }

    #[test]
    fn only_numbers_outside_of_the_installation_go_to_the_trunk() {
        let unassigned = routed(&read("02111234567"), &Found::Unassigned);
        assert_eq!(unassigned, Decision::Refuse(Why::UnassignedNumber));
        let outside = routed(&read("02111234567"), &Found::Nobody);
        let number = "+492111234567".to_owned();
        assert_eq!(outside, Decision::Trunk { number });
        let colleague = routed(&read("4567"), &Found::Nobody);
        assert_eq!(colleague, Decision::Refuse(Why::UnknownExtension));
    }

    fn call_centre(state: State) -> VirtualUser {
        VirtualUser {
            id: VirtualUserId(Uuid::from_u128(9)),
            kind: VirtualUserKind::CallCentre,
            enterprise: EnterpriseId(Uuid::from_u128(1)),
            site: SiteId(Uuid::from_u128(2)),
            department: None,
            name: "Annahme".parse().unwrap(),
            number: "+492111239000".parse().unwrap(),
            extension: "9000".parse().unwrap(),
            state,
            version: 1,
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn s2_g4_a_call_centre_attends_by_extension_by_number_and_by_forward_once_it_is_active() {
        let at = Timestamp(1);
        for state in states() {
            let centre = call_centre(state);
            let expected = match &centre.state {
                State::Pending => Decision::Refuse(Why::Pending),
                State::Failed { .. } => Decision::Refuse(Why::Failed),
                State::Activated { .. } => Decision::Attend { centre: centre.id },
            };
            let reached = Found::CallCentre(Box::new(centre.clone()));
            for dialled in [read("9000"), read("+492111239000")] {
                assert_eq!(routed(&dialled, &reached), expected);
            }
            // Bob forwards every call there.
            let user = bob(State::Activated { at });
            let mut facts = Facts::default();
            facts.put_number(centre.number.clone(), Whose::CallCentre(centre.id));
            let target = ForwardTarget::Number(centre.number.clone());
            facts.put_centre(centre);
            let services = CallServices {
                always: Some(ForwardAlways {
                    target,
                    period: Period::default(),
                }),
                ..CallServices::default()
            };
            let person = Person {
                user: user.clone(),
                services,
                country: Country::Germany,
            };
            facts.put(person, at);
            let call = Call::from_outside(read("4567"), at);
            let by = Holder::User(user.id);
            let decided = route(&call, &found(user), &facts);
            let (cause, to) = (Cause::Always, Box::new(expected));
            assert_eq!(decided, Decision::Forward { by, cause, to });
        }
    }

    fn countries() -> impl Strategy<Value = Country> {
        prop_oneof![Just(Country::Germany), Just(Country::UnitedKingdom)]
    }

    proptest! {
        #[test]
        fn s2_only_an_activated_user_ever_rings(text in "[+*0-9]{0,16}", country in countries(), state in 0usize..3) {
            let user = bob(states()[state].clone());
            let decided = routed(&Dialled::read(&text, country), &found(user.clone()));
            if let Decision::Ring { user: rung, .. } = decided {
                prop_assert!(user.state.is_active());
                prop_assert_eq!(rung, user.id);
            }
        }

        #[test]
        fn emergency_calls_always_go_out(country in countries(), which in 0usize..2) {
            let number = country.emergency_numbers()[which].to_owned();
            for found in states().map(|state| found(bob(state))).into_iter().chain([Found::Unassigned, Found::Nobody]) {
                let out = Decision::Trunk { number: number.clone() };
                prop_assert_eq!(routed(&Dialled::read(&number, country), &found), out);
            }
        }

        #[test]
        fn nothing_that_is_dialled_panics(text in any::<String>(), country in countries()) {
            let dialled = Dialled::read(&text, country);
            let _ = routed(&dialled, &Found::Nobody);
        }
    }
}
