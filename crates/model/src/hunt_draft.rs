//! What an administrator types to set up a hunt group, and what it becomes once it keeps the rules (G3).

use std::str::FromStr;

use crate::{
    Country, DepartmentId, Extension, ExtensionRule, Field, ForwardKind, HuntForward, HuntGroup,
    HuntGroupSettings, HuntMember, HuntPolicy, Label, PhoneNumber, Problem, Problems, TypedTarget,
    UserId,
};

/// Most members of a group.
pub const MOST_MEMBERS: usize = 200;
/// After how many seconds a call is forwarded where nothing was typed.
const NO_ANSWER_AFTER_S: u16 = 30;

/// The fields as they were typed; empty means not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of `HuntGroup`")]
pub struct HuntGroupDraft {
    pub name: String,
    pub number: String,
    pub extension: String,
    pub department: String,
    pub settings: TypedSettings,
    pub members: Vec<TypedMember>,
}

/// The settings as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of `HuntGroupSettings`")]
pub struct TypedSettings {
    pub policy: String,
    pub skip_after_rings: String,
    pub no_answer_after_s: String,
    pub no_answer_target: String,
    pub not_reachable_target: String,
    pub busy_target: String,
    pub is_busy: bool,
    pub shows_name: bool,
    pub allows_call_waiting: bool,
}

/// A member as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedMember {
    /// The user's id.
    pub user: String,
    /// Share of the calls; nothing is 0.
    pub weight: String,
}

/// A hunt group that keeps every rule that can be checked without the database. The targets of the settings are not looked
/// up yet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of `HuntGroup`")]
pub struct NewHuntGroup {
    pub name: Label,
    pub number: PhoneNumber,
    pub extension: Extension,
    pub department: Option<DepartmentId>,
    /// Without forwards.
    pub settings: HuntGroupSettings,
    /// What was typed for each forward.
    pub targets: Vec<(ForwardKind, TypedTarget)>,
    pub no_answer_after_s: u16,
    pub members: Vec<HuntMember>,
}

impl Default for TypedSettings {
    fn default() -> Self {
        let settings = HuntGroupSettings::default();
        Self {
            policy: settings.policy.id().to_owned(),
            skip_after_rings: typed(settings.skip_after_rings),
            no_answer_after_s: String::new(),
            no_answer_target: String::new(),
            not_reachable_target: String::new(),
            busy_target: String::new(),
            is_busy: settings.is_busy,
            shows_name: settings.shows_name,
            allows_call_waiting: settings.allows_call_waiting,
        }
    }
}

fn typed(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The field in which the target of a group's forward is typed.
#[must_use]
pub fn target_field(kind: ForwardKind) -> Field {
    match kind {
        ForwardKind::Busy => Field::BusyTarget,
        ForwardKind::NoAnswer => Field::NoAnswerTarget,
        ForwardKind::Always | ForwardKind::Unreachable => Field::NotReachableTarget,
    }
}

impl HuntGroupDraft {
    /// What would have to be typed for this group; `target` says a forward's target as it is typed.
    #[must_use]
    pub fn of(group: &HuntGroup, target: impl Fn(ForwardKind) -> String) -> Self {
        let HuntGroup {
            virtual_user,
            settings,
            members,
        } = group;
        Self {
            name: virtual_user.name.to_string(),
            number: virtual_user.number.to_string(),
            extension: virtual_user.extension.to_string(),
            department: typed(virtual_user.department),
            settings: TypedSettings {
                policy: settings.policy.id().to_owned(),
                skip_after_rings: typed(settings.skip_after_rings),
                no_answer_after_s: typed(
                    settings.no_answer.as_ref().map(|forward| forward.after_s),
                ),
                no_answer_target: target(ForwardKind::NoAnswer),
                not_reachable_target: target(ForwardKind::Unreachable),
                busy_target: target(ForwardKind::Busy),
                is_busy: settings.is_busy,
                shows_name: settings.shows_name,
                allows_call_waiting: settings.allows_call_waiting,
            },
            members: members.iter().map(TypedMember::of).collect(),
        }
    }

    /// Checks every field and says everything that is wrong at once.
    ///
    /// # Errors
    /// Each field that breaks a rule, with the rule.
    pub fn check(&self, country: Country, rule: ExtensionRule) -> Result<NewHuntGroup, Problems> {
        let mut problems = Problems::default();
        let name = problems.note(Field::Name, self.name.parse());
        let number = problems.note(Field::Number, PhoneNumber::parse(&self.number, country));
        let extension = self.extension(number.as_ref(), country, rule, &mut problems);
        let department = problems.note(Field::Department, self.department());
        let settings = self.settings.check(&mut problems);
        let no_answer_after_s = self.settings.after(&mut problems);
        let targets = self.settings.targets(country, &mut problems);
        let members = problems.note(Field::Members, members(&self.members));
        problems.check()?;
        let checked = "a field without a problem has a value";
        Ok(NewHuntGroup {
            name: name.expect(checked),
            number: number.expect(checked),
            extension: extension.expect(checked),
            department: department.expect(checked),
            settings: settings.expect(checked),
            targets,
            no_answer_after_s: no_answer_after_s.expect(checked),
            members: members.expect(checked),
        })
    }

    /// The extension given, or the last digits of the number (U4).
    fn extension(
        &self,
        number: Option<&PhoneNumber>,
        country: Country,
        rule: ExtensionRule,
        problems: &mut Problems,
    ) -> Option<Extension> {
        let extension = match self.extension.trim() {
            "" => Ok(number?.default_extension(rule.default)),
            typed => typed.parse(),
        };
        let checked = extension.and_then(|extension| rule.check(extension, country));
        problems.note(Field::Extension, checked)
    }

    fn department(&self) -> Result<Option<DepartmentId>, Problem> {
        match self.department.trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Problem::Unknown),
        }
    }
}

impl TypedSettings {
    fn typed(&self, kind: ForwardKind) -> &str {
        match kind {
            ForwardKind::Always => "",
            ForwardKind::Busy => &self.busy_target,
            ForwardKind::NoAnswer => &self.no_answer_target,
            ForwardKind::Unreachable => &self.not_reachable_target,
        }
    }

    fn check(&self, problems: &mut Problems) -> Option<HuntGroupSettings> {
        let policy = problems.note(Field::Policy, self.policy.trim().parse::<HuntPolicy>());
        let skip = optional(&self.skip_after_rings, 1, 20);
        let skip_after_rings = problems.note(Field::SkipAfterRings, skip);
        Some(HuntGroupSettings {
            policy: policy?,
            skip_after_rings: skip_after_rings?,
            is_busy: self.is_busy,
            shows_name: self.shows_name,
            allows_call_waiting: self.allows_call_waiting,
            ..HuntGroupSettings::default()
        })
    }

    /// After how many seconds; a time without a target says nothing.
    fn after(&self, problems: &mut Problems) -> Option<u16> {
        let after = problems.note(
            Field::NoAnswerAfter,
            optional::<u16>(&self.no_answer_after_s, 0, 7200),
        )?;
        if after.is_some() && self.no_answer_target.trim().is_empty() {
            problems.add(Field::NoAnswerTarget, Problem::Required);
            return None;
        }
        Some(after.unwrap_or(NO_ANSWER_AFTER_S))
    }

    fn targets(
        &self,
        country: Country,
        problems: &mut Problems,
    ) -> Vec<(ForwardKind, TypedTarget)> {
        let mut targets = Vec::new();
        for kind in ForwardKind::ALL {
            let target = TypedTarget::parse(self.typed(kind), country);
            let target = problems.note(target_field(kind), target).flatten();
            targets.extend(target.map(|target| (kind, target)));
        }
        targets
    }
}

impl TypedMember {
    fn of(member: &HuntMember) -> Self {
        Self {
            user: member.user.to_string(),
            weight: member.weight.to_string(),
        }
    }

    fn check(&self) -> Result<HuntMember, Problem> {
        let user = self.user.trim().parse::<UserId>();
        Ok(HuntMember {
            user: user.map_err(|_| Problem::Unknown)?,
            weight: optional(&self.weight, 0, 100)?.unwrap_or(0),
        })
    }
}

/// Each user once, at most [`MOST_MEMBERS`].
fn members(typed: &[TypedMember]) -> Result<Vec<HuntMember>, Problem> {
    if typed.len() > MOST_MEMBERS {
        return Err(Problem::TooManyUsers { max: MOST_MEMBERS });
    }
    let mut members: Vec<HuntMember> = Vec::with_capacity(typed.len());
    for typed in typed {
        let member = typed.check()?;
        if members.iter().any(|other| other.user == member.user) {
            return Err(Problem::Twice);
        }
        members.push(member);
    }
    Ok(members)
}

/// A whole number within bounds, or nothing.
fn optional<T: FromStr + PartialOrd + Into<i64> + Copy>(
    text: &str,
    min: T,
    max: T,
) -> Result<Option<T>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let value = text
        .parse()
        .ok()
        .filter(|value| (min..=max).contains(value));
    value.map(Some).ok_or(Problem::OutOfRange {
        min: min.into(),
        max: max.into(),
    })
}

impl HuntGroupSettings {
    /// Where calls of this kind go.
    #[must_use]
    pub fn target(&self, kind: ForwardKind) -> Option<&crate::ForwardTarget> {
        match kind {
            ForwardKind::Always => None,
            ForwardKind::Busy => self.busy.as_ref(),
            ForwardKind::NoAnswer => self.no_answer.as_ref().map(|forward| &forward.target),
            ForwardKind::Unreachable => self.not_reachable.as_ref(),
        }
    }

    /// Everywhere calls may go, in the order of the kinds.
    pub fn targets(&self) -> impl Iterator<Item = (ForwardKind, &crate::ForwardTarget)> {
        let kinds = ForwardKind::ALL.into_iter();
        kinds.filter_map(|kind| Some((kind, self.target(kind)?)))
    }

    /// The same with a target for one kind; nobody forwards always.
    #[must_use]
    pub fn with_target(
        mut self,
        kind: ForwardKind,
        target: crate::ForwardTarget,
        after_s: u16,
    ) -> Self {
        match kind {
            ForwardKind::Always => {}
            ForwardKind::Busy => self.busy = Some(target),
            ForwardKind::NoAnswer => self.no_answer = Some(HuntForward { after_s, target }),
            ForwardKind::Unreachable => self.not_reachable = Some(target),
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sales() -> HuntGroupDraft {
        HuntGroupDraft {
            name: "Vertrieb".into(),
            number: "0211 1234567".into(),
            ..HuntGroupDraft::default()
        }
    }

    fn check(draft: &HuntGroupDraft) -> Result<NewHuntGroup, Problems> {
        draft.check(Country::Germany, ExtensionRule::default())
    }

    fn with(settings: TypedSettings) -> HuntGroupDraft {
        HuntGroupDraft {
            settings,
            ..sales()
        }
    }

    fn fields(draft: &HuntGroupDraft) -> Vec<Field> {
        let problems = check(draft).unwrap_err().0;
        problems.iter().map(|problem| problem.field).collect()
    }

    fn member(id: u128, weight: &str) -> TypedMember {
        TypedMember {
            user: UserId(uuid::Uuid::from_u128(id)).to_string(),
            weight: weight.into(),
        }
    }

    #[test]
    fn g3_a_name_and_a_number_are_enough() {
        let group = check(&sales()).unwrap();
        assert_eq!(group.extension.as_str(), "4567");
        assert_eq!(group.settings, HuntGroupSettings::default());
        assert!(group.members.is_empty() && group.targets.is_empty());
    }

    #[test]
    fn g3_everything_that_is_wrong_is_said_at_once() {
        let draft = HuntGroupDraft {
            settings: TypedSettings {
                policy: "loud".into(),
                skip_after_rings: "21".into(),
                no_answer_after_s: "7201".into(),
                no_answer_target: "nobody".into(),
                not_reachable_target: "112".into(),
                busy_target: "x".into(),
                ..TypedSettings::default()
            },
            members: vec![member(1, "101")],
            ..HuntGroupDraft::default()
        };
        let all = [
            Field::Name,
            Field::Number,
            Field::Policy,
            Field::SkipAfterRings,
            Field::NoAnswerAfter,
            Field::BusyTarget,
            Field::NoAnswerTarget,
            Field::NotReachableTarget,
            Field::Members,
        ];
        assert_eq!(fields(&draft), all);
    }

    #[test]
    fn g3_the_limits_are_those_of_the_engine_family() {
        for (rings, fits) in [
            ("1", true),
            ("20", true),
            ("", true),
            ("0", false),
            ("21", false),
        ] {
            let settings = TypedSettings {
                skip_after_rings: rings.into(),
                ..TypedSettings::default()
            };
            assert_eq!(check(&with(settings)).is_ok(), fits, "{rings} rings");
        }
        for (seconds, fits) in [("0", true), ("7200", true), ("7201", false), ("-1", false)] {
            let settings = TypedSettings {
                no_answer_after_s: seconds.into(),
                no_answer_target: "4711".into(),
                ..TypedSettings::default()
            };
            assert_eq!(check(&with(settings)).is_ok(), fits, "{seconds} s");
        }
        for (weight, fits) in [
            ("0", true),
            ("100", true),
            ("", true),
            ("101", false),
            ("-1", false),
        ] {
            let members = vec![member(1, weight)];
            let draft = HuntGroupDraft { members, ..sales() };
            assert_eq!(check(&draft).is_ok(), fits, "weight {weight}");
        }
    }

    #[test]
    fn g3_a_member_has_one_seat_and_a_group_at_most_two_hundred() {
        let twice = vec![member(1, ""), member(2, ""), member(1, "5")];
        let draft = HuntGroupDraft {
            members: twice,
            ..sales()
        };
        let problem = Problems::one(Field::Members, Problem::Twice);
        assert_eq!(check(&draft), Err(problem));
        let full = |count| HuntGroupDraft {
            members: (0..count).map(|id| member(id, "")).collect(),
            ..sales()
        };
        assert_eq!(check(&full(200)).unwrap().members.len(), 200);
        assert_eq!(fields(&full(201)), [Field::Members]);
    }

    #[test]
    fn g3_a_time_without_a_target_is_half_a_forward() {
        let settings = TypedSettings {
            no_answer_after_s: "20".into(),
            ..TypedSettings::default()
        };
        assert_eq!(fields(&with(settings)), [Field::NoAnswerTarget]);
    }

    proptest! {
        #[test]
        fn g3_checking_never_panics_and_keeps_every_limit(texts in proptest::collection::vec(any::<String>(), 11),
            users in proptest::collection::vec((0u128..30, 0u16..200), 0..40)) {
            let draft = HuntGroupDraft {
                name: texts[0].clone(), number: texts[1].clone(), extension: texts[2].clone(), department: texts[3].clone(),
                settings: TypedSettings {
                    policy: texts[4].clone(), skip_after_rings: texts[5].clone(), no_answer_after_s: texts[6].clone(),
                    no_answer_target: texts[7].clone(), not_reachable_target: texts[8].clone(),
                    busy_target: texts[9].clone(), ..TypedSettings::default()
                },
                members: vec![TypedMember { user: texts[10].clone(), weight: texts[5].clone() }],
            };
            let _ = check(&draft);
            let members = users.into_iter().map(|(id, weight)| member(id, &weight.to_string())).collect();
            if let Ok(group) = check(&HuntGroupDraft { members, ..sales() }) {
                let mut ids: Vec<_> = group.members.iter().map(|member| member.user).collect();
                ids.sort();
                ids.dedup();
                prop_assert_eq!(ids.len(), group.members.len());
                prop_assert!(group.members.iter().all(|member| member.weight <= 100));
            }
        }

        #[test]
        fn g3_what_was_checked_reads_back_as_it_was_typed(weights in proptest::collection::vec(0u8..=100, 0..20), rings in 1u8..=20) {
            let members = weights.iter().zip(0u128..).map(|(weight, id)| member(id, &weight.to_string())).collect();
            let settings = TypedSettings { skip_after_rings: rings.to_string(), ..TypedSettings::default() };
            let group = check(&HuntGroupDraft { members, settings, ..sales() }).unwrap();
            prop_assert_eq!(group.settings.skip_after_rings, Some(rings));
            prop_assert_eq!(group.members.iter().map(|m| m.weight).collect::<Vec<_>>(), weights);
        }
    }
}
