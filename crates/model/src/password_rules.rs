//! What an enterprise asks of the passwords of its people (A5), and when it locks an account (A2).

use std::ops::RangeInclusive;

use crate::{Field, PortalPassword, Problem, Problems};

/// The rules of an enterprise; the operator's account keeps the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordRules {
    /// Fewest characters, 8 to 64.
    pub min_length: u32,
    /// How many of the four classes lower case, upper case, digits, others there must be, 1 to 4.
    pub min_classes: u32,
    /// Most identical characters in a row, 1 to 10.
    pub max_repeats: u32,
    /// How many of the last passwords may not be taken again, 0 to [`PasswordRules::LONGEST_HISTORY`].
    pub history: u32,
    /// How long a password is good, 1 to 3,650 days; `None` for ever.
    pub expires_after_days: Option<u32>,
    /// The wrong password that locks an account, up to 100; 0 for never.
    pub lock_after: u32,
}

impl Default for PasswordRules {
    fn default() -> Self {
        Self {
            min_length: 8,
            min_classes: 2,
            max_repeats: 2,
            history: 3,
            expires_after_days: None,
            lock_after: 5,
        }
    }
}

/// The rules as they were typed.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields of `PasswordRules`")]
pub struct TypedPasswordRules {
    pub min_length: String,
    pub min_classes: String,
    pub max_repeats: String,
    pub history: String,
    /// Empty for ever.
    pub expires_after_days: String,
    pub lock_after: String,
}

impl PasswordRules {
    /// The longest history, in passwords; no more are kept.
    pub const LONGEST_HISTORY: u32 = 10;

    /// Reads rules that somebody has typed.
    ///
    /// # Errors
    /// `OutOfRange` for each number that is none or is outside of its bounds.
    pub fn parse(typed: &TypedPasswordRules) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut read = |field, text: &str, bounds| problems.note(field, number(text, bounds));
        let expiry = typed.expires_after_days.trim();
        let parsed = (
            read(Field::MinLength, &typed.min_length, 8..=64),
            read(Field::MinClasses, &typed.min_classes, 1..=4),
            read(Field::MaxRepeats, &typed.max_repeats, 1..=10),
            read(Field::History, &typed.history, 0..=Self::LONGEST_HISTORY),
            match expiry {
                "" => Some(None),
                days => read(Field::ExpiresAfterDays, days, 1..=3650).map(Some),
            },
            read(Field::LockAfter, &typed.lock_after, 0..=100),
        );
        match parsed {
            (
                Some(min_length),
                Some(min_classes),
                Some(max_repeats),
                Some(history),
                Some(expires_after_days),
                Some(lock_after),
            ) => Ok(Self {
                min_length,
                min_classes,
                max_repeats,
                history,
                expires_after_days,
                lock_after,
            }),
            _ => Err(problems),
        }
    }

    /// The rules as a form shows them.
    #[must_use]
    pub fn typed(&self) -> TypedPasswordRules {
        let days = self.expires_after_days.map(|days| days.to_string());
        TypedPasswordRules {
            min_length: self.min_length.to_string(),
            min_classes: self.min_classes.to_string(),
            max_repeats: self.max_repeats.to_string(),
            history: self.history.to_string(),
            expires_after_days: days.unwrap_or_default(),
            lock_after: self.lock_after.to_string(),
        }
    }

    /// Checks a password against all rules but the history, which needs the earlier ones.
    ///
    /// # Errors
    /// Every rule that is broken, for the field `password`.
    pub fn check(&self, text: &str) -> Result<PortalPassword, Problems> {
        let chars: Vec<char> = text.chars().take(PortalPassword::MAX + 1).collect();
        if chars.is_empty() {
            return Err(Problems::one(Field::Password, Problem::Required));
        }
        let (min_length, min_classes, max_repeats) = (
            self.min_length as usize,
            self.min_classes as usize,
            self.max_repeats as usize,
        );
        let mut problems = Problems::default();
        let mut unless = |kept: bool, problem| {
            if !kept {
                problems.add(Field::Password, problem);
            }
        };
        let max = PortalPassword::MAX;
        unless(
            chars.len() >= min_length,
            Problem::TooShort { min: min_length },
        );
        unless(chars.len() <= max, Problem::TooLong { max });
        unless(
            !chars.iter().any(|c| c.is_whitespace()),
            Problem::WhiteSpace,
        );
        let max = max_repeats;
        unless(
            longest_repeat(&chars) <= max,
            Problem::RepeatedCharacter { max },
        );
        let min = min_classes;
        unless(classes(&chars) >= min, Problem::TooFewClasses { min });
        problems.check()?;
        Ok(PortalPassword::checked(text))
    }

    /// How long a password is good, in seconds.
    #[must_use]
    pub fn good_for_s(&self) -> Option<i64> {
        self.expires_after_days
            .map(|days| i64::from(days) * 24 * 3600)
    }
}

fn number(text: &str, bounds: RangeInclusive<u32>) -> Result<u32, Problem> {
    let number = text.trim().parse().ok();
    let number = number.filter(|number| bounds.contains(number));
    number.ok_or(Problem::OutOfRange {
        min: i64::from(*bounds.start()),
        max: i64::from(*bounds.end()),
    })
}

fn longest_repeat(chars: &[char]) -> usize {
    let runs = chars.chunk_by(|one, next| one == next);
    runs.map(<[char]>::len).max().unwrap_or_default()
}

/// How many of the four classes lower case, upper case, digits, others occur.
fn classes(chars: &[char]) -> usize {
    let has = |class: fn(&char) -> bool| usize::from(chars.iter().any(class));
    has(|c| c.is_lowercase())
        + has(|c| c.is_uppercase())
        + has(|c| c.is_numeric())
        + has(|c| !c.is_lowercase() && !c.is_uppercase() && !c.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(rules: PasswordRules, text: &str) -> Vec<Problem> {
        let problems = rules.check(text).err().unwrap_or_default();
        problems.0.into_iter().map(|p| p.problem).collect()
    }

    #[test]
    fn a5_a_password_keeps_each_of_the_default_rules() {
        let broken = |text: &str| broken(PasswordRules::default(), text);
        assert_eq!(broken("Klinke-7"), []);
        assert_eq!(broken(""), [Problem::Required]);
        assert_eq!(broken("Kl-7abc"), [Problem::TooShort { min: 8 }]);
        assert_eq!(broken("klinkeklinke"), [Problem::TooFewClasses { min: 2 }]);
        assert_eq!(broken("Klinkeee7"), [Problem::RepeatedCharacter { max: 2 }]);
        assert_eq!(broken("Klinkee77"), [], "two in a row are allowed");
        assert_eq!(broken("Klinke 78"), [Problem::WhiteSpace]);
        assert_eq!(broken(&"aB".repeat(101)), [Problem::TooLong { max: 200 }]);
        assert_eq!(
            broken("Grüße-zwölf"),
            [],
            "characters are counted, not bytes"
        );
        assert_eq!(broken("Grüß-öä"), [Problem::TooShort { min: 8 }]);
    }

    #[test]
    fn a5_every_broken_rule_is_named() {
        let found = broken(PasswordRules::default(), "aaa a");
        let expected = [
            Problem::TooShort { min: 8 },
            Problem::WhiteSpace,
            Problem::RepeatedCharacter { max: 2 },
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a5_an_enterprise_asks_for_more_or_less() {
        let strict = PasswordRules {
            min_length: 12,
            min_classes: 4,
            max_repeats: 1,
            ..PasswordRules::default()
        };
        assert_eq!(broken(strict, "Klinke-im-Test-7"), []);
        assert_eq!(
            broken(strict, "Klinke77"),
            [
                Problem::TooShort { min: 12 },
                Problem::RepeatedCharacter { max: 1 },
                Problem::TooFewClasses { min: 4 },
            ]
        );
        let mild = PasswordRules {
            min_classes: 1,
            max_repeats: 10,
            ..PasswordRules::default()
        };
        assert_eq!(broken(mild, "aaaaaaaaaa"), []);
    }

    #[test]
    fn a5_rules_are_read_as_typed_and_shown_again() {
        let rules = PasswordRules {
            expires_after_days: Some(90),
            ..PasswordRules::default()
        };
        assert_eq!(PasswordRules::parse(&rules.typed()), Ok(rules));
        let typed = TypedPasswordRules {
            min_length: "7".into(),
            min_classes: "5".into(),
            max_repeats: "0".into(),
            history: "11".into(),
            expires_after_days: "0".into(),
            lock_after: "-1".into(),
        };
        let wrong = PasswordRules::parse(&typed).unwrap_err();
        let fields: Vec<_> = wrong.0.iter().map(|p| p.field.id()).collect();
        assert_eq!(
            fields,
            [
                "min_length",
                "min_classes",
                "max_repeats",
                "history",
                "expires_after_days",
                "lock_after"
            ]
        );
    }
}
