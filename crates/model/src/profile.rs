//! The profile of a user: what users decide about themselves (S6).

use std::{fmt, str::FromStr};

use crate::{Change, Field, Problem, Problems};

/// Time zones that can be chosen, by their IANA names.
const ZONES: [&str; 24] = [
    "Europe/Berlin",
    "Europe/London",
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Brussels",
    "Europe/Copenhagen",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Europe/Lisbon",
    "Europe/Madrid",
    "Europe/Oslo",
    "Europe/Paris",
    "Europe/Prague",
    "Europe/Rome",
    "Europe/Stockholm",
    "Europe/Vienna",
    "Europe/Warsaw",
    "Europe/Zurich",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Dubai",
    "Asia/Tokyo",
    "UTC",
];

/// A time zone that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZoneName(&'static str);

impl ZoneName {
    /// All of them, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        ZONES.into_iter().map(Self)
    }

    /// The IANA name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl FromStr for ZoneName {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        let mut all = Self::all();
        all.find(|zone| zone.0 == text).ok_or(Problem::Unknown)
    }
}

impl fmt::Display for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What a user has decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// In which zone times are read and shown; the site's where none is chosen.
    pub time_zone: Option<ZoneName>,
    /// Not in the colleagues' phone book.
    pub is_unlisted: bool,
    /// Colleagues do not see whether the phone is logged in.
    pub hides_phone_state: bool,
    /// Rises with each change; 0 while nothing was ever set.
    pub version: i64,
}

/// A profile as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of `Profile`")]
pub struct ProfileDraft {
    pub time_zone: String,
    pub is_unlisted: bool,
    pub hides_phone_state: bool,
}

impl ProfileDraft {
    /// The profile.
    ///
    /// # Errors
    /// `Unknown` for a zone that cannot be chosen.
    pub fn check(&self, now: &Profile) -> Result<Profile, Problems> {
        let mut problems = Problems::default();
        let typed = self.time_zone.trim();
        let zone = (!typed.is_empty()).then(|| problems.note(Field::TimeZone, typed.parse()));
        problems.check()?;
        Ok(Profile {
            time_zone: zone.flatten(),
            is_unlisted: self.is_unlisted,
            hides_phone_state: self.hides_phone_state,
            version: now.version,
        })
    }
}

impl Profile {
    /// What has changed, for the journal.
    #[must_use]
    pub fn differences(&self, after: &Self) -> Vec<Change> {
        let told = |profile: &Self| {
            [
                (Field::TimeZone, profile.time_zone.map(|z| z.to_string())),
                (Field::IsUnlisted, Some(profile.is_unlisted.to_string())),
                (
                    Field::HidesPhoneState,
                    Some(profile.hides_phone_state.to_string()),
                ),
            ]
        };
        let pairs = told(self).into_iter().zip(told(after));
        pairs
            .filter(|((_, before), (_, after))| before != after)
            .map(|((field, before), (_, after))| Change {
                field: field.id().to_owned(),
                before,
                after,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_one_of_those_that_can_be_chosen_or_the_sites() {
        let draft = |zone: &str| ProfileDraft {
            time_zone: zone.to_owned(),
            ..ProfileDraft::default()
        };
        let checked = |zone| draft(zone).check(&Profile::default());
        assert_eq!(checked("").unwrap().time_zone, None);
        let london = checked("Europe/London").unwrap().time_zone.unwrap();
        assert_eq!(london.as_str(), "Europe/London");
        let problems = Problems::one(Field::TimeZone, Problem::Unknown);
        assert_eq!(checked("Mars/Olympus"), Err(problems));
    }
}
