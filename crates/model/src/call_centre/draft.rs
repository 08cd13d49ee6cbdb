//! What an administrator types to set up a call centre, and what it becomes once it keeps the rules (G4).

use std::{fmt, str::FromStr};

use super::{
    CallCentre, CallCentreSettings, CodeUse, Codes, OutOfHours, Overflow, OverflowTo, Stranded,
    UnavailableCode,
};
use crate::{
    Country, DepartmentId, Extension, ExtensionRule, Field, ForwardTarget, HuntMember, Label,
    MOST_MEMBERS, PhoneNumber, Problem, Problems, TypedMember, TypedTarget, UserId,
    licence::catalogue,
};

catalogue! {
    /// When a call goes elsewhere.
    ExitCase {
        /// The queue is full, or the call has waited too long.
        Overflow = "overflow",
        /// No agent is signed in.
        Stranded = "stranded",
        /// It is closed.
        OutOfHours = "out-of-hours",
    }
}

impl ExitCase {
    /// The field in which the target is typed.
    #[must_use]
    pub fn target_field(self) -> Field {
        match self {
            Self::Overflow => Field::OverflowTarget,
            Self::Stranded => Field::StrandedTarget,
            Self::OutOfHours => Field::OutOfHoursTarget,
        }
    }

    /// The field in which what happens is chosen.
    #[must_use]
    pub fn field(self) -> Field {
        match self {
            Self::Overflow => Field::Overflow,
            Self::Stranded => Field::Stranded,
            Self::OutOfHours => Field::OutOfHours,
        }
    }
}

/// The fields as they were typed; empty means not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of `CallCentre`")]
pub struct CallCentreDraft {
    pub name: String,
    pub number: String,
    pub extension: String,
    pub department: String,
    pub settings: TypedCentre,
    pub agents: Vec<TypedMember>,
    pub supervisors: Vec<String>,
}

/// The settings as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of `CallCentreSettings`")]
pub struct TypedCentre {
    pub policy: String,
    pub queue_length: String,
    pub bounce_after_rings: String,
    pub unavailable_after_bounces: String,
    pub wrap_up_s: String,
    pub guard_s: String,
    pub overflow_after_s: String,
    pub overflow: String,
    pub overflow_target: String,
    pub stranded: String,
    pub stranded_target: String,
    pub out_of_hours: String,
    pub out_of_hours_target: String,
    pub code_use: String,
    /// One in each line.
    pub codes: String,
    pub default_code: String,
    pub service_level_s: String,
    pub personal_calls_are_busy: bool,
    pub tells_position: bool,
    pub comfort_every_s: String,
    pub follows_hours: bool,
}

/// A call centre that keeps every rule that can be checked without the database.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of `CallCentre`")]
pub struct NewCallCentre {
    pub name: Label,
    pub number: PhoneNumber,
    pub extension: Extension,
    pub department: Option<DepartmentId>,
    /// Transfers are "busy" until their targets are found.
    pub settings: CallCentreSettings,
    /// What was typed as the target of each transfer.
    pub targets: Vec<(ExitCase, TypedTarget)>,
    pub agents: Vec<HuntMember>,
    pub supervisors: Vec<UserId>,
}

fn shown(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

impl Default for TypedCentre {
    fn default() -> Self {
        Self::of(&CallCentreSettings::default(), |_| String::new())
    }
}

impl TypedCentre {
    /// What would have to be typed for these settings; `target` says a transfer's target as it is typed.
    #[must_use]
    pub fn of(settings: &CallCentreSettings, target: impl Fn(ExitCase) -> String) -> Self {
        let codes = &settings.codes;
        let lines: Vec<_> = codes.codes.iter().map(UnavailableCode::as_str).collect();
        Self {
            policy: settings.policy.id().to_owned(),
            queue_length: settings.queue_length.to_string(),
            bounce_after_rings: settings.bounce_after_rings.to_string(),
            unavailable_after_bounces: shown(settings.unavailable_after_bounces),
            wrap_up_s: shown(settings.wrap_up_s),
            guard_s: shown(settings.guard_s),
            overflow_after_s: shown(settings.overflow.after_s),
            overflow: settings.overflow.to.id().to_owned(),
            overflow_target: target(ExitCase::Overflow),
            stranded: settings.stranded.id().to_owned(),
            stranded_target: target(ExitCase::Stranded),
            out_of_hours: settings.out_of_hours.id().to_owned(),
            out_of_hours_target: target(ExitCase::OutOfHours),
            code_use: codes.usage.id().to_owned(),
            codes: lines.join("\n"),
            default_code: shown(codes.unasked()),
            service_level_s: settings.service_level_s.to_string(),
            personal_calls_are_busy: settings.personal_calls_are_busy,
            tells_position: settings.tells_position,
            comfort_every_s: shown(settings.comfort_every_s),
            follows_hours: settings.follows_hours,
        }
    }

    fn check(&self, problems: &mut Problems) -> Option<CallCentreSettings> {
        let mut p = |field, result| problems.note(field, result);
        let queue_length = p(Field::QueueLength, needed(&self.queue_length, 0, 525));
        let rings = p(
            Field::BounceAfterRings,
            needed(&self.bounce_after_rings, 1, 20),
        );
        let service_level = p(Field::ServiceLevel, needed(&self.service_level_s, 1, 7200));
        let mut o = |field, text, min, max| problems.note(field, optional(text, min, max));
        let bounces = o(
            Field::UnavailableAfterBounces,
            &self.unavailable_after_bounces,
            1,
            20,
        );
        let wrap_up_s = o(Field::WrapUp, &self.wrap_up_s, 1, 3600);
        let guard_s = o(Field::Guard, &self.guard_s, 1, 25);
        let after_s = o(Field::OverflowAfter, &self.overflow_after_s, 0, 7200);
        let comfort_every_s = o(Field::ComfortEvery, &self.comfort_every_s, 10, 600);
        let policy = problems.note(Field::Policy, self.policy.trim().parse());
        let overflow = self.exit(ExitCase::Overflow, OverflowTo::read, problems);
        let stranded = self.exit(ExitCase::Stranded, Stranded::read, problems);
        let out_of_hours = self.exit(ExitCase::OutOfHours, OutOfHours::read, problems);
        let codes = self.codes(problems);
        Some(CallCentreSettings {
            policy: policy?,
            queue_length: queue_length?,
            bounce_after_rings: narrow(rings?),
            unavailable_after_bounces: bounces?.map(narrow),
            wrap_up_s: wrap_up_s?,
            guard_s: guard_s?.map(narrow),
            overflow: Overflow {
                after_s: after_s?,
                to: overflow?,
            },
            stranded: stranded?,
            out_of_hours: out_of_hours?,
            codes: codes?,
            service_level_s: service_level?,
            personal_calls_are_busy: self.personal_calls_are_busy,
            tells_position: self.tells_position,
            comfort_every_s: comfort_every_s?,
            follows_hours: self.follows_hours,
        })
    }

    fn typed(&self, case: ExitCase) -> (&str, &str) {
        match case {
            ExitCase::Overflow => (&self.overflow, &self.overflow_target),
            ExitCase::Stranded => (&self.stranded, &self.stranded_target),
            ExitCase::OutOfHours => (&self.out_of_hours, &self.out_of_hours_target),
        }
    }

    fn exit<T>(
        &self,
        case: ExitCase,
        read: impl Fn(&str, Option<ForwardTarget>) -> Option<T>,
        problems: &mut Problems,
    ) -> Option<T> {
        let (what, _) = self.typed(case);
        problems.note(
            case.field(),
            read(what.trim(), None).ok_or(Problem::Unknown),
        )
    }

    fn targets(&self, country: Country, problems: &mut Problems) -> Vec<(ExitCase, TypedTarget)> {
        let mut targets = Vec::new();
        for &case in ExitCase::ALL {
            let (what, typed) = self.typed(case);
            if what.trim() != "transfer" {
                continue;
            }
            let target = TypedTarget::parse(typed, country);
            let target = target.and_then(|target| target.ok_or(Problem::Required));
            let target = problems.note(case.target_field(), target);
            targets.extend(target.map(|target| (case, target)));
        }
        targets
    }

    fn codes(&self, problems: &mut Problems) -> Option<Codes> {
        let lines = self.codes.lines().filter(|line| !line.trim().is_empty());
        let codes: Result<Vec<UnavailableCode>, _> = lines.map(str::parse).collect();
        let codes = problems.note(Field::Codes, codes.and_then(no_more_than_kept))?;
        let default = match self.code_use.trim() {
            "default" => self.default_code.parse().and_then(|code| {
                let is_known = codes.contains(&code);
                is_known.then_some(Some(code)).ok_or(Problem::Unknown)
            }),
            _ => Ok(None),
        };
        let default = problems.note(Field::DefaultCode, default)?;
        let usage = match (self.code_use.trim(), default) {
            ("optional", _) => Ok(CodeUse::Optional),
            ("forced", _) if codes.is_empty() => {
                problems.add(Field::Codes, Problem::Required);
                return None;
            }
            ("forced", _) => Ok(CodeUse::Forced),
            ("default", Some(code)) => Ok(CodeUse::Default(code)),
            _ => Err(Problem::Unknown),
        };
        let usage = problems.note(Field::CodeUse, usage)?;
        Some(Codes { usage, codes })
    }
}

fn no_more_than_kept(codes: Vec<UnavailableCode>) -> Result<Vec<UnavailableCode>, Problem> {
    let max = Codes::MOST;
    if codes.len() > max {
        return Err(Problem::TooMany { max });
    }
    let is_twice = |(at, code)| codes[..at].contains(code);
    if codes.iter().enumerate().any(is_twice) {
        return Err(Problem::Twice);
    }
    Ok(codes)
}

impl CallCentreDraft {
    /// What would have to be typed for this call centre; `target` says a transfer's target as it is typed.
    #[must_use]
    pub fn of(centre: &CallCentre, target: impl Fn(ExitCase) -> String) -> Self {
        let virtual_user = &centre.virtual_user;
        let member = |agent: &HuntMember| TypedMember {
            user: agent.user.to_string(),
            weight: agent.weight.to_string(),
        };
        Self {
            name: virtual_user.name.to_string(),
            number: virtual_user.number.to_string(),
            extension: virtual_user.extension.to_string(),
            department: shown(virtual_user.department),
            settings: TypedCentre::of(&centre.settings, target),
            agents: centre.agents.iter().map(member).collect(),
            supervisors: centre.supervisors.iter().map(UserId::to_string).collect(),
        }
    }

    /// Checks every field and says everything that is wrong at once.
    ///
    /// # Errors
    /// Each field that breaks a rule, with the rule.
    pub fn check(&self, country: Country, rule: ExtensionRule) -> Result<NewCallCentre, Problems> {
        let mut problems = Problems::default();
        let name = problems.note(Field::Name, self.name.parse());
        let number = problems.note(Field::Number, PhoneNumber::parse(&self.number, country));
        let extension = match (self.extension.trim(), &number) {
            ("", None) => None,
            ("", Some(number)) => Some(Ok(number.default_extension(rule.default))),
            (typed, _) => Some(typed.parse()),
        };
        let extension = extension.map(|found| found.and_then(|found| rule.check(found, country)));
        let extension = extension.and_then(|found| problems.note(Field::Extension, found));
        let department = match self.department.trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Problem::Unknown),
        };
        let department = problems.note(Field::Department, department);
        let settings = self.settings.check(&mut problems);
        let targets = self.settings.targets(country, &mut problems);
        let agents = problems.note(Field::Agents, agents(&self.agents));
        let supervisors = problems.note(Field::Supervisors, supervisors(&self.supervisors));
        problems.check()?;
        let checked = "a field without a problem has a value";
        Ok(NewCallCentre {
            name: name.expect(checked),
            number: number.expect(checked),
            extension: extension.expect(checked),
            department: department.expect(checked),
            settings: settings.expect(checked),
            targets,
            agents: agents.expect(checked),
            supervisors: supervisors.expect(checked),
        })
    }
}

impl CallCentreSettings {
    /// The same with a target for one case.
    #[must_use]
    pub fn with_target(mut self, case: ExitCase, target: ForwardTarget) -> Self {
        match case {
            ExitCase::Overflow => self.overflow.to = OverflowTo::Transfer(target),
            ExitCase::Stranded => self.stranded = Stranded::Transfer(target),
            ExitCase::OutOfHours => self.out_of_hours = OutOfHours::Transfer(target),
        }
        self
    }

    /// Where calls go in this case, when they are transferred.
    #[must_use]
    pub fn target(&self, case: ExitCase) -> Option<&ForwardTarget> {
        match case {
            ExitCase::Overflow => self.overflow.to.target(),
            ExitCase::Stranded => self.stranded.target(),
            ExitCase::OutOfHours => self.out_of_hours.target(),
        }
    }

    /// Everywhere calls may go.
    pub fn targets(&self) -> impl Iterator<Item = (ExitCase, &ForwardTarget)> {
        let cases = ExitCase::ALL.iter();
        cases.filter_map(|&case| Some((case, self.target(case)?)))
    }
}

fn agents(typed: &[TypedMember]) -> Result<Vec<HuntMember>, Problem> {
    let mut agents: Vec<HuntMember> = Vec::with_capacity(typed.len());
    for typed in typed {
        let user = typed.user.trim().parse::<UserId>();
        let weight = optional(&typed.weight, 0, 100)?.unwrap_or(0);
        let agent = HuntMember {
            user: user.map_err(|_| Problem::NotOneUser)?,
            weight: narrow(weight),
        };
        if agents.iter().any(|other| other.user == agent.user) {
            return Err(Problem::Twice);
        }
        agents.push(agent);
    }
    bounded(agents)
}

fn supervisors(typed: &[String]) -> Result<Vec<UserId>, Problem> {
    let mut supervisors = Vec::with_capacity(typed.len());
    for typed in typed {
        let user = typed.trim().parse().map_err(|_| Problem::NotOneUser)?;
        if supervisors.contains(&user) {
            return Err(Problem::Twice);
        }
        supervisors.push(user);
    }
    bounded(supervisors)
}

/// At most [`MOST_MEMBERS`].
fn bounded<T>(members: Vec<T>) -> Result<Vec<T>, Problem> {
    let max = MOST_MEMBERS;
    if members.len() > max {
        return Err(Problem::TooManyUsers { max });
    }
    Ok(members)
}

/// A whole number within bounds, or nothing.
fn optional(text: &str, min: u16, max: u16) -> Result<Option<u16>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let value = text.parse().ok();
    let value = value.filter(|value| (min..=max).contains(value));
    value.map(Some).ok_or(Problem::OutOfRange {
        min: min.into(),
        max: max.into(),
    })
}

fn needed(text: &str, min: u16, max: u16) -> Result<u16, Problem> {
    optional(text, min, max)?.ok_or(Problem::Required)
}

/// A number that was checked to be 100 at most.
fn narrow(number: u16) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn draft(settings: TypedCentre) -> CallCentreDraft {
        CallCentreDraft {
            name: "Kundendienst".into(),
            number: "0211 1234567".into(),
            settings,
            ..CallCentreDraft::default()
        }
    }

    fn check(draft: &CallCentreDraft) -> Result<NewCallCentre, Problems> {
        draft.check(Country::Germany, ExtensionRule::default())
    }

    fn fields(draft: &CallCentreDraft) -> Vec<Field> {
        let problems = check(draft).unwrap_err().0;
        problems.iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn g4_a_name_and_a_number_are_enough() {
        let centre = check(&draft(TypedCentre::default())).unwrap();
        assert_eq!(centre.extension.as_str(), "4567");
        assert_eq!(centre.settings, CallCentreSettings::default());
    }

    #[test]
    fn g4_everything_that_is_wrong_is_said_at_once() {
        let wrong = TypedCentre {
            policy: "loud".into(),
            queue_length: "526".into(),
            bounce_after_rings: "0".into(),
            wrap_up_s: "3601".into(),
            guard_s: "26".into(),
            overflow_after_s: "7201".into(),
            overflow: "transfer".into(),
            stranded: "transfer".into(),
            stranded_target: "110".into(),
            out_of_hours: "ring-on".into(),
            code_use: "default".into(),
            codes: "Pause".into(),
            default_code: "Kaffee".into(),
            service_level_s: String::new(),
            comfort_every_s: "9".into(),
            ..TypedCentre::default()
        };
        let expected = [
            Field::QueueLength,
            Field::BounceAfterRings,
            Field::ServiceLevel,
            Field::WrapUp,
            Field::Guard,
            Field::OverflowAfter,
            Field::ComfortEvery,
            Field::Policy,
            Field::OutOfHours,
            Field::DefaultCode,
            Field::OverflowTarget,
            Field::StrandedTarget,
        ];
        assert_eq!(fields(&draft(wrong)), expected);
    }

    #[test]
    fn g4_nobody_is_an_agent_or_a_supervisor_twice() {
        let anna = UserId(uuid::Uuid::from_u128(1)).to_string();
        let agent = TypedMember {
            user: anna.clone(),
            weight: "100".into(),
        };
        let twice = CallCentreDraft {
            agents: vec![agent.clone(), agent.clone()],
            supervisors: vec![anna.clone(), anna.clone()],
            ..draft(TypedCentre::default())
        };
        assert_eq!(fields(&twice), [Field::Agents, Field::Supervisors]);
        let once = CallCentreDraft {
            agents: vec![agent],
            supervisors: vec![anna],
            ..draft(TypedCentre::default())
        };
        assert_eq!(check(&once).unwrap().agents[0].weight, 100);
    }

    proptest! {
        #[test]
        fn g4_what_is_shown_of_settings_can_be_typed_again(
            queue_length in 0u16..=525,
            rings in 1u8..=20,
            wrap_up_s in proptest::option::of(1u16..=3600),
            guard_s in proptest::option::of(1u8..=25),
            after_s in proptest::option::of(0u16..=7200),
            is_forced in any::<bool>(),
        ) {
            let codes: Vec<UnavailableCode> = vec!["Pause".parse().unwrap(), "Büro".parse().unwrap()];
            let usage = if is_forced { CodeUse::Forced } else { CodeUse::Default(codes[1].clone()) };
            let settings = CallCentreSettings {
                queue_length,
                bounce_after_rings: rings,
                wrap_up_s,
                guard_s,
                overflow: Overflow { after_s, to: OverflowTo::RingOn },
                codes: Codes { usage, codes },
                ..CallCentreSettings::default()
            };
            let typed = TypedCentre::of(&settings, |_| String::new());
            prop_assert_eq!(check(&draft(typed)).unwrap().settings, settings);
        }
    }
}
