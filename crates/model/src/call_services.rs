//! Call services of a user: forwarding, do not disturb, withholding the number, barring (S6).

use crate::{
    BarringProfile, Change, Country, Extension, Field, PhoneNumber, Problem, Problems, Timestamp,
    UserId,
};

/// How long one ring is, in seconds (mission §3).
pub const RING_S: u32 = 6;

/// Where a forward leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ForwardTarget {
    /// A user of the installation, by identity: a new number changes nothing (C3).
    User(UserId),
    /// A number elsewhere.
    Number(PhoneNumber),
}

/// When a forward holds: from `from` on and before `until`; without them, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first moment.
    pub from: Option<Timestamp>,
    /// The first moment after it.
    pub until: Option<Timestamp>,
}

impl Period {
    /// Whether a moment is within.
    #[must_use]
    pub fn holds(self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
    }
}

/// How many times phones ring before nobody answers: 2 to 20 (mission §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rings(u8);

impl Rings {
    /// Fewest.
    pub const MIN: u8 = 2;
    /// Most.
    pub const MAX: u8 = 20;

    /// As typed.
    ///
    /// # Errors
    /// `Required`, `OutOfRange`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Required);
        }
        let rings = text.parse().ok();
        let rings = rings.filter(|rings| (Self::MIN..=Self::MAX).contains(rings));
        rings.map(Self).ok_or(Problem::OutOfRange {
            min: Self::MIN.into(),
            max: Self::MAX.into(),
        })
    }

    /// How many.
    #[must_use]
    pub fn count(self) -> u8 {
        self.0
    }

    /// How long that is, in seconds.
    #[must_use]
    pub fn seconds(self) -> u32 {
        u32::from(self.0) * RING_S
    }
}

impl Default for Rings {
    fn default() -> Self {
        Self(4)
    }
}

/// Forwarding of every call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForwardAlways {
    /// Where to.
    pub target: ForwardTarget,
    /// When.
    pub period: Period,
}

/// Forwarding when nobody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForwardNoAnswer {
    /// Where to.
    pub target: ForwardTarget,
    /// After how many rings.
    pub rings: Rings,
}

/// Do not disturb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoNotDisturb {
    /// When it ends by itself.
    pub until: Option<Timestamp>,
}

/// Call services of a user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallServices {
    /// Every call goes elsewhere.
    pub always: Option<ForwardAlways>,
    /// Calls while the user is on the phone, declines or does not want to be disturbed.
    pub busy: Option<ForwardTarget>,
    /// Calls that nobody answers.
    pub no_answer: Option<ForwardNoAnswer>,
    /// Calls while no phone is logged in.
    pub unreachable: Option<ForwardTarget>,
    /// Nothing rings; callers hear that the user is busy.
    pub do_not_disturb: Option<DoNotDisturb>,
    /// Strangers do not see the number (RFC 3323).
    pub withholds_number: bool,
    /// What may be dialled.
    pub barring: BarringProfile,
    /// Rises with each change; 0 while nothing was ever set.
    pub version: i64,
}

/// What forwards a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ForwardKind {
    /// Every call.
    Always,
    /// The user is busy.
    Busy,
    /// Nobody answers.
    NoAnswer,
    /// No phone is logged in.
    Unreachable,
}

impl ForwardKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Always, Self::Busy, Self::NoAnswer, Self::Unreachable];

    /// The name in the database and the API.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Busy => "busy",
            Self::NoAnswer => "no-answer",
            Self::Unreachable => "unreachable",
        }
    }

    /// The field in which its target is typed.
    #[must_use]
    pub fn field(self) -> Field {
        match self {
            Self::Always => Field::ForwardAlways,
            Self::Busy => Field::ForwardBusy,
            Self::NoAnswer => Field::ForwardNoAnswer,
            Self::Unreachable => Field::ForwardUnreachable,
        }
    }
}

impl std::str::FromStr for ForwardKind {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| kind.id() == text).ok_or(Problem::Unknown)
    }
}

impl CallServices {
    /// Where calls of this kind go, whether or not it is time.
    #[must_use]
    pub fn target(&self, kind: ForwardKind) -> Option<&ForwardTarget> {
        match kind {
            ForwardKind::Always => self.always.as_ref().map(|forward| &forward.target),
            ForwardKind::Busy => self.busy.as_ref(),
            ForwardKind::NoAnswer => self.no_answer.as_ref().map(|forward| &forward.target),
            ForwardKind::Unreachable => self.unreachable.as_ref(),
        }
    }

    /// Everywhere calls may go, in the order of the kinds.
    pub fn targets(&self) -> impl Iterator<Item = (ForwardKind, &ForwardTarget)> {
        let kinds = ForwardKind::ALL.into_iter();
        kinds.filter_map(|kind| Some((kind, self.target(kind)?)))
    }

    /// Where every call goes at this moment.
    #[must_use]
    pub fn forwards_all(&self, at: Timestamp) -> Option<&ForwardTarget> {
        let always = self.always.as_ref()?;
        always.period.holds(at).then_some(&always.target)
    }

    /// Whether nothing rings at this moment.
    #[must_use]
    pub fn is_undisturbed(&self, at: Timestamp) -> bool {
        self.do_not_disturb
            .is_some_and(|dnd| dnd.until.is_none_or(|until| at < until))
    }
}

/// A target as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedTarget {
    /// A colleague's extension.
    Extension(Extension),
    /// A number, whose it may be.
    Number(PhoneNumber),
}

impl TypedTarget {
    /// Two to six digits are an extension, everything else a number of the country or with `+`; nothing is no target.
    ///
    /// # Errors
    /// `EmergencyNumber`, `InvalidNumber`.
    pub fn parse(text: &str, country: Country) -> Result<Option<Self>, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if country.emergency_numbers().contains(&text) {
            return Err(Problem::EmergencyNumber);
        }
        if let Ok(extension) = text.parse() {
            return Ok(Some(Self::Extension(extension)));
        }
        PhoneNumber::parse(text, country).map(|number| Some(Self::Number(number)))
    }
}

/// Call services as they were typed; times are read already, because only the reader's zone tells which moment is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of `CallServices`")]
pub struct CallServicesDraft {
    pub forward_always: String,
    pub forward_always_from: Option<Timestamp>,
    pub forward_always_until: Option<Timestamp>,
    pub forward_busy: String,
    pub forward_no_answer: String,
    pub no_answer_rings: String,
    pub forward_unreachable: String,
    pub do_not_disturb: bool,
    pub do_not_disturb_until: Option<Timestamp>,
    pub withholds_number: bool,
    /// `None` leaves the profile as it is: users do not choose their own.
    pub barring: Option<String>,
}

impl CallServicesDraft {
    /// What was typed as the target of a kind.
    #[must_use]
    pub fn typed(&self, kind: ForwardKind) -> &str {
        match kind {
            ForwardKind::Always => &self.forward_always,
            ForwardKind::Busy => &self.forward_busy,
            ForwardKind::NoAnswer => &self.forward_no_answer,
            ForwardKind::Unreachable => &self.forward_unreachable,
        }
    }

    /// The services, with the targets that were found for what was typed; what is wrong is noted.
    #[must_use]
    pub fn check(
        &self,
        now: &CallServices,
        mut target: impl FnMut(ForwardKind) -> Option<ForwardTarget>,
        problems: &mut Problems,
    ) -> CallServices {
        let period = Period {
            from: self.forward_always_from,
            until: self.forward_always_until,
        };
        if let (Some(from), Some(until)) = (period.from, period.until)
            && until <= from
        {
            problems.add(Field::ForwardAlwaysUntil, Problem::EndBeforeBegin);
        }
        let rings = match self.no_answer_rings.trim() {
            "" => Ok(Rings::default()),
            typed => Rings::parse(typed),
        };
        let rings = problems.note(Field::NoAnswerRings, rings);
        let barring = self.barring.as_deref().map(str::parse);
        let barring = barring.map(|barring| problems.note(Field::Barring, barring));
        let always = target(ForwardKind::Always);
        let no_answer = target(ForwardKind::NoAnswer);
        CallServices {
            always: always.map(|target| ForwardAlways { target, period }),
            busy: target(ForwardKind::Busy),
            no_answer: no_answer.map(|target| ForwardNoAnswer {
                target,
                rings: rings.unwrap_or_default(),
            }),
            unreachable: target(ForwardKind::Unreachable),
            do_not_disturb: self.do_not_disturb.then_some(DoNotDisturb {
                until: self.do_not_disturb_until,
            }),
            withholds_number: self.withholds_number,
            barring: barring.flatten().unwrap_or(now.barring),
            version: now.version,
        }
    }
}

/// What has changed, for the journal; `named` says a target in the words of the log.
#[must_use]
pub fn service_differences(
    before: &CallServices,
    after: &CallServices,
    named: impl Fn(&ForwardTarget) -> String,
) -> Vec<Change> {
    let told = |services: &CallServices| {
        let target = |kind: ForwardKind| services.target(kind).map(&named);
        let moment = |at: Option<Timestamp>| at.map(|at| at.0.to_string());
        let period = services.always.as_ref().map(|always| always.period);
        let dnd = services.do_not_disturb;
        let rings = services.no_answer.as_ref();
        [
            (Field::ForwardAlways, target(ForwardKind::Always)),
            (
                Field::ForwardAlwaysFrom,
                moment(period.and_then(|period| period.from)),
            ),
            (
                Field::ForwardAlwaysUntil,
                moment(period.and_then(|period| period.until)),
            ),
            (Field::ForwardBusy, target(ForwardKind::Busy)),
            (Field::ForwardNoAnswer, target(ForwardKind::NoAnswer)),
            (
                Field::NoAnswerRings,
                rings.map(|forward| forward.rings.count().to_string()),
            ),
            (Field::ForwardUnreachable, target(ForwardKind::Unreachable)),
            (Field::DoNotDisturb, Some(dnd.is_some().to_string())),
            (
                Field::DoNotDisturbUntil,
                moment(dnd.and_then(|dnd| dnd.until)),
            ),
            (
                Field::WithholdsNumber,
                Some(services.withholds_number.to_string()),
            ),
            (Field::Barring, Some(services.barring.to_string())),
        ]
    };
    let pairs = told(before).into_iter().zip(told(after));
    pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| Change {
            field: field.id().to_owned(),
            before,
            after,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_begins_with_its_first_moment_and_ends_before_its_last() {
        let period = Period {
            from: Some(Timestamp(10)),
            until: Some(Timestamp(20)),
        };
        let holds = [9, 10, 19, 20].map(|at| period.holds(Timestamp(at)));
        assert_eq!(holds, [false, true, true, false]);
        assert!(Period::default().holds(Timestamp(0)));
    }

    #[test]
    fn phones_ring_two_to_twenty_times_six_seconds() {
        assert_eq!(Rings::parse("2").unwrap().seconds(), 12);
        assert_eq!(Rings::parse(" 20 ").unwrap().seconds(), 120);
        let range = Problem::OutOfRange { min: 2, max: 20 };
        for wrong in ["1", "21", "-3", "x", "256"] {
            assert_eq!(Rings::parse(wrong), Err(range.clone()), "{wrong}");
        }
    }

    #[test]
    fn a_target_is_an_extension_a_number_or_nothing_and_never_an_emergency_number() {
        let parse = |text| TypedTarget::parse(text, Country::Germany);
        assert_eq!(parse("  "), Ok(None));
        let extension = TypedTarget::Extension("4567".parse().unwrap());
        assert_eq!(parse("4567"), Ok(Some(extension)));
        let number = TypedTarget::Number("+492111234567".parse().unwrap());
        assert_eq!(parse("0211 1234567"), Ok(Some(number)));
        assert_eq!(parse("112"), Err(Problem::EmergencyNumber));
        assert_eq!(parse("nobody"), Err(Problem::InvalidNumber));
    }

    #[test]
    fn do_not_disturb_ends_by_itself() {
        let services = CallServices {
            do_not_disturb: Some(DoNotDisturb {
                until: Some(Timestamp(5)),
            }),
            ..CallServices::default()
        };
        assert!(services.is_undisturbed(Timestamp(4)));
        assert!(!services.is_undisturbed(Timestamp(5)));
    }
}
