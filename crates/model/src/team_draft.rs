//! What an administrator types to add or change a pickup or park group, and what it becomes once it keeps the rules.

use std::{collections::HashSet, str::FromStr};

use crate::{
    Change, DepartmentId, Field, Label, ParkRecall, ParkSettings, Problem, Problems, Team,
    TeamKind, TeamSettings, UserId, VirtualUserId,
};

/// The fields as they were typed; empty means not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of a team, named as there")]
pub struct TeamDraft {
    pub name: String,
    pub department: String,
    pub members: Vec<String>,
    pub park: ParkDraft,
}

/// What is typed for a park group only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of `ParkSettings`, named as there")]
pub struct ParkDraft {
    pub recall_after_s: String,
    pub recall_to: String,
    pub alternate: String,
    pub alternate_after_s: String,
    pub display_s: String,
    pub announces: bool,
}

/// A team that keeps every rule that can be checked without the database.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of `Team`")]
pub struct NewTeam {
    pub name: Label,
    pub department: Option<DepartmentId>,
    pub settings: TeamSettings,
    pub members: Vec<UserId>,
}

impl TeamDraft {
    /// Checks every field and says everything that is wrong at once; who is named twice is in the list once.
    ///
    /// # Errors
    /// Each field that breaks a rule, with the rule.
    pub fn check(&self, kind: TeamKind) -> Result<NewTeam, Problems> {
        let mut problems = Problems::default();
        let name = problems.note(Field::Name, self.name.parse());
        let department = problems.note(Field::Department, optional(&self.department));
        let members = problems.note(Field::Members, self.members());
        let settings = match kind {
            TeamKind::Pickup => Some(TeamSettings::Pickup),
            TeamKind::Park => self.park.check(&mut problems).map(TeamSettings::Park),
        };
        problems.check()?;
        let checked = "a field without a problem has a value";
        Ok(NewTeam {
            name: name.expect(checked),
            department: department.expect(checked),
            settings: settings.expect(checked),
            members: members.expect(checked),
        })
    }

    fn members(&self) -> Result<Vec<UserId>, Problem> {
        let mut seen = HashSet::new();
        let mut members = Vec::new();
        for text in &self.members {
            let member: UserId = text.trim().parse().map_err(|_| Problem::Unknown)?;
            if seen.insert(member) {
                members.push(member);
            }
        }
        if members.len() > Team::MOST_MEMBERS {
            let max = Team::MOST_MEMBERS;
            return Err(Problem::TooMany { max });
        }
        Ok(members)
    }
}

impl From<&Team> for TeamDraft {
    fn from(team: &Team) -> Self {
        Self {
            name: team.name.to_string(),
            department: team.department.map(|d| d.to_string()).unwrap_or_default(),
            members: team.members.iter().map(ToString::to_string).collect(),
            park: team
                .settings
                .park()
                .map(ParkDraft::from)
                .unwrap_or_default(),
        }
    }
}

impl From<&ParkSettings> for ParkDraft {
    fn from(settings: &ParkSettings) -> Self {
        Self {
            recall_after_s: settings.recall_after_s.to_string(),
            recall_to: settings.recall_to.to_string(),
            alternate: settings
                .alternate
                .map(|id| id.to_string())
                .unwrap_or_default(),
            alternate_after_s: settings.alternate_after_s.to_string(),
            display_s: settings.display_s.to_string(),
            announces: settings.announces,
        }
    }
}

impl ParkDraft {
    fn check(&self, problems: &mut Problems) -> Option<ParkSettings> {
        let usual = ParkSettings::default();
        let recall_s = |text, usual| seconds(text, ParkSettings::RECALL_S, usual);
        let recall_after_s = problems.note(
            Field::RecallAfter,
            recall_s(&self.recall_after_s, usual.recall_after_s),
        );
        let recall_to = problems.note(Field::RecallTo, self.recall_to(usual.recall_to));
        let alternate = problems.note(Field::Alternate, self.alternate(recall_to));
        let alternate_after_s = problems.note(
            Field::AlternateAfter,
            recall_s(&self.alternate_after_s, usual.alternate_after_s),
        );
        let display_s = problems.note(
            Field::Display,
            seconds(&self.display_s, ParkSettings::DISPLAY_S, usual.display_s),
        );
        Some(ParkSettings {
            recall_after_s: recall_after_s?,
            recall_to: recall_to?,
            alternate: alternate?,
            alternate_after_s: alternate_after_s?,
            display_s: display_s?,
            announces: self.announces,
        })
    }

    fn recall_to(&self, usual: ParkRecall) -> Result<ParkRecall, Problem> {
        match self.recall_to.trim() {
            "" => Ok(usual),
            text => text.parse(),
        }
    }

    /// The alternate; needed where calls are to go there.
    fn alternate(&self, recall_to: Option<ParkRecall>) -> Result<Option<VirtualUserId>, Problem> {
        match optional(&self.alternate)? {
            None if recall_to.is_some_and(ParkRecall::needs_alternate) => Err(Problem::Required),
            alternate => Ok(alternate),
        }
    }
}

/// Seconds within the limits; nothing means the usual ones.
fn seconds<T>(text: &str, (min, max): (T, T), usual: T) -> Result<T, Problem>
where
    T: FromStr + PartialOrd + Copy + Into<i64>,
{
    let text = text.trim();
    if text.is_empty() {
        return Ok(usual);
    }
    let seconds = text.parse().ok();
    let seconds = seconds.filter(|seconds| (min..=max).contains(seconds));
    seconds.ok_or(Problem::OutOfRange {
        min: min.into(),
        max: max.into(),
    })
}

fn optional<T: FromStr>(text: &str) -> Result<Option<T>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Problem::Unknown),
    }
}

/// What has changed in the settings, for the journal; `named` says the alternate in the words of the log.
#[must_use]
pub fn park_differences(
    before: &ParkSettings,
    after: &ParkSettings,
    named: impl Fn(VirtualUserId) -> String,
) -> Vec<Change> {
    let told = |settings: &ParkSettings| {
        [
            (
                Field::RecallAfter,
                Some(settings.recall_after_s.to_string()),
            ),
            (Field::RecallTo, Some(settings.recall_to.to_string())),
            (Field::Alternate, settings.alternate.map(&named)),
            (
                Field::AlternateAfter,
                Some(settings.alternate_after_s.to_string()),
            ),
            (Field::Display, Some(settings.display_s.to_string())),
            (Field::Announces, Some(settings.announces.to_string())),
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
    use uuid::Uuid;

    fn park(park: ParkDraft) -> Result<NewTeam, Problems> {
        let draft = TeamDraft {
            name: "Empfang".to_owned(),
            park,
            ..TeamDraft::default()
        };
        draft.check(TeamKind::Park)
    }

    #[test]
    fn g2_without_a_word_a_parked_call_returns_to_its_parker_after_45_seconds() {
        let settings = park(ParkDraft::default()).unwrap().settings;
        let expected = ParkSettings {
            announces: false,
            ..ParkSettings::default()
        };
        assert_eq!(
            (expected.recall_after_s, expected.recall_to),
            (45, ParkRecall::Parker)
        );
        assert_eq!(settings, TeamSettings::Park(expected));
    }

    #[test]
    fn g2_times_keep_the_engine_familys_limits() {
        let recall = |text: &str| ParkDraft {
            recall_after_s: text.to_owned(),
            alternate_after_s: text.to_owned(),
            ..ParkDraft::default()
        };
        let display = |text: &str| ParkDraft {
            display_s: text.to_owned(),
            ..ParkDraft::default()
        };
        for right in [recall("30"), recall(" 600 "), display("2"), display("15")] {
            assert!(park(right).is_ok());
        }
        for wrong in ["29", "601", "-45", "45.5", "x", "99999999999"] {
            let fields: Vec<_> = park(recall(wrong)).unwrap_err().0;
            let range = Problem::OutOfRange { min: 30, max: 600 };
            assert_eq!(fields.len(), 2, "{wrong}");
            assert!(fields.iter().all(|f| f.problem == range), "{wrong}");
        }
        for wrong in ["1", "16", "256"] {
            let range = Problem::OutOfRange { min: 2, max: 15 };
            assert_eq!(
                park(display(wrong)),
                Err(Problems::one(Field::Display, range))
            );
        }
    }

    #[test]
    fn g2_who_goes_to_the_alternate_has_to_name_one() {
        let to = |alternate: &str| ParkDraft {
            recall_to: "alternate".to_owned(),
            alternate: alternate.to_owned(),
            ..ParkDraft::default()
        };
        let missing = Problems::one(Field::Alternate, Problem::Required);
        assert_eq!(park(to(" ")), Err(missing));
        let reception = VirtualUserId(Uuid::from_u128(7));
        let settings = park(to(&reception.to_string())).unwrap().settings;
        let mut settings = settings.park().unwrap().clone();
        assert_eq!(settings.recall(), ParkRecall::Alternate);
        settings.alternate = None;
        assert_eq!(
            settings.recall(),
            ParkRecall::Parker,
            "the hunt group is gone"
        );
    }

    #[test]
    fn g1_a_pickup_group_has_a_name_and_each_member_once() {
        let anna = Uuid::from_u128(1).to_string();
        let draft = TeamDraft {
            name: " Vertrieb ".to_owned(),
            members: vec![anna.clone(), anna.clone()],
            ..TeamDraft::default()
        };
        let team = draft.check(TeamKind::Pickup).unwrap();
        assert_eq!((team.name.as_str(), team.members.len()), ("Vertrieb", 1));
        let wrong = TeamDraft {
            name: String::new(),
            members: vec!["anna".to_owned()],
            department: "x".to_owned(),
            ..TeamDraft::default()
        };
        let fields: Vec<_> = wrong.check(TeamKind::Pickup).unwrap_err().0;
        let fields: Vec<_> = fields.into_iter().map(|f| f.field).collect();
        assert_eq!(fields, [Field::Name, Field::Department, Field::Members]);
        let crowd = |n: u128| TeamDraft {
            members: (0..n).map(|n| Uuid::from_u128(n).to_string()).collect(),
            ..draft.clone()
        };
        assert!(crowd(200).check(TeamKind::Pickup).is_ok());
        let max = Problems::one(Field::Members, Problem::TooMany { max: 200 });
        assert_eq!(crowd(201).check(TeamKind::Pickup), Err(max));
    }
}
