//! Countries a site can be in and languages people read (mission H1).

use serde::{Deserialize, Serialize};

use crate::Problem;

/// A country a site can be in; it decides numbering, time zone and emergency numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Country {
    /// Germany.
    #[serde(rename = "DE")]
    Germany,
    /// United Kingdom.
    #[serde(rename = "GB")]
    UnitedKingdom,
}

impl Country {
    /// All countries, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Germany, Self::UnitedKingdom];

    /// ISO 3166-1 alpha-2.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Germany => "DE",
            Self::UnitedKingdom => "GB",
        }
    }

    /// The country's code in E.164.
    #[must_use]
    pub fn calling_code(self) -> u16 {
        match self {
            Self::Germany => 49,
            Self::UnitedKingdom => 44,
        }
    }

    /// IANA time zone of a site in this country.
    #[must_use]
    pub fn time_zone(self) -> &'static str {
        match self {
            Self::Germany => "Europe/Berlin",
            Self::UnitedKingdom => "Europe/London",
        }
    }

    /// Numbers that always go out and can be nobody's extension.
    #[must_use]
    pub fn emergency_numbers(self) -> &'static [&'static str] {
        match self {
            Self::Germany => &["110", "112"],
            Self::UnitedKingdom => &["999", "112"],
        }
    }
}

impl std::str::FromStr for Country {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::ALL
            .into_iter()
            .find(|country| country.code() == text)
            .ok_or(Problem::Unknown)
    }
}

/// A language the portal speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// German.
    #[serde(rename = "de")]
    German,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// All languages, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::German, Self::English];

    /// BCP 47 language tag.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
        }
    }
}

impl std::str::FromStr for Language {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == text)
            .ok_or(Problem::Unknown)
    }
}
