//! The questions that adding a user asks one after the other, and which fields each of them asks for.

use crate::{Field, Problem, Problems, UserDraft};

/// A question; a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Who is it?
    Person,
    /// What may the user do?
    Package,
    /// Under which number is the user called?
    Number,
    /// And under which extension?
    Extension,
    /// On which desk phone?
    DeskPhone,
    /// Also on a mobile?
    Mobile,
}

impl Question {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 6] = [
        Self::Person,
        Self::Package,
        Self::Number,
        Self::Extension,
        Self::DeskPhone,
        Self::Mobile,
    ];

    /// The name in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Package => "package",
            Self::Number => "number",
            Self::Extension => "extension",
            Self::DeskPhone => "desk-phone",
            Self::Mobile => "mobile",
        }
    }

    /// What it asks for.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Person => &[
                Field::FirstName,
                Field::LastName,
                Field::Username,
                Field::Email,
                Field::Department,
                Field::Language,
            ],
            Self::Package => &[Field::Package, Field::Services],
            Self::Number => &[Field::Number],
            Self::Extension => &[Field::Extension],
            Self::DeskPhone => &[Field::DeskPhoneType],
            Self::Mobile => &[Field::MobileNumber, Field::ContractNumber],
        }
    }

    /// The one that asks for a field.
    #[must_use]
    pub fn about(field: Field) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|question| question.fields().contains(&field))
    }

    /// Its place, beginning with 1.
    #[must_use]
    pub fn step(self) -> usize {
        let place = Self::ALL.iter().position(|question| *question == self);
        place.unwrap_or_default() + 1
    }

    /// The one before.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        Self::ALL.get(self.step().checked_sub(2)?).copied()
    }

    /// The one after.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.step()).copied()
    }

    /// Puts its answers from one draft into another.
    pub fn answer(self, answers: &UserDraft, draft: &mut UserDraft) {
        let from = answers.clone();
        match self {
            Self::Person => {
                draft.first_name = from.first_name;
                draft.last_name = from.last_name;
                draft.username = from.username;
                draft.email = from.email;
                draft.department = from.department;
                draft.language = from.language;
            }
            Self::Package => {
                draft.package = from.package;
                draft.services = from.services;
            }
            Self::Number => draft.number = from.number,
            Self::Extension => draft.extension = from.extension,
            Self::DeskPhone => draft.desk_phone_type = from.desk_phone_type,
            Self::Mobile => {
                draft.mobile_number = from.mobile_number;
                draft.contract_number = from.contract_number;
            }
        }
    }

    /// Those of the problems that its answers have made.
    #[must_use]
    pub fn problems(self, problems: Problems) -> Problems {
        let own = problems.0.into_iter();
        Problems(
            own.filter(|problem| self.fields().contains(&problem.field))
                .collect(),
        )
    }
}

impl std::str::FromStr for Question {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::ALL
            .into_iter()
            .find(|question| question.name() == text)
            .ok_or(Problem::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn u2_every_field_of_a_user_is_asked_for_exactly_once() {
        let nothing = UserDraft::default();
        let filled = UserDraft {
            number: "1".into(),
            extension: "2".into(),
            package: "3".into(),
            services: vec!["4".into()],
            first_name: "5".into(),
            last_name: "6".into(),
            username: "7".into(),
            email: "8".into(),
            language: "9".into(),
            department: "10".into(),
            desk_phone_type: "11".into(),
            mobile_number: "12".into(),
            contract_number: "13".into(),
        };
        let mut answered = nothing.clone();
        for question in Question::ALL {
            let before = answered.clone();
            question.answer(&filled, &mut answered);
            assert_ne!(before, answered, "{question:?}");
        }
        assert_eq!(answered, filled);
        let asked: Vec<_> = Question::ALL.iter().flat_map(|q| q.fields()).collect();
        assert_eq!(asked.len(), 13);
    }

    #[test]
    fn the_questions_lead_there_and_back() {
        let mut at = Question::Person;
        assert_eq!(at.previous(), None);
        while let Some(next) = at.next() {
            assert_eq!(next.previous(), Some(at));
            assert_eq!(next.name().parse(), Ok(next));
            at = next;
        }
        assert_eq!((at, at.step()), (Question::Mobile, 6));
    }
}
