//! Enterprises (tenants) and their sites.

use std::{fmt, str::FromStr};

use crate::{
    Country, EnterpriseId, Extension, Field, PhoneNumber, Problem, SiteId, Timestamp,
    text::{line, texts},
};

texts! {
    /// The name of an enterprise, site, department or group: at most 80 characters (mission §3).
    Label = |text| line(text, 80);
    /// The short name of an enterprise behind the `@` when logging in: 2 to 40 of `a-z 0-9 -`.
    DomainName = domain;
}

fn domain(text: &str) -> Result<String, Problem> {
    let text = line(text, 40)?.to_lowercase();
    let valid = text.len() >= 2
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-');
    if valid {
        Ok(text)
    } else {
        Err(Problem::InvalidDomain)
    }
}

/// How long extensions are in an enterprise (mission §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExtensionRule {
    /// Fewest digits.
    pub min: usize,
    /// Most digits.
    pub max: usize,
    /// How many digits of the number the default takes (U4).
    pub default: usize,
}

impl Default for ExtensionRule {
    fn default() -> Self {
        Self {
            min: Extension::MIN,
            max: Extension::MAX,
            default: 4,
        }
    }
}

impl ExtensionRule {
    const LEAST: i64 = 2;
    const MOST: i64 = 6;

    /// Extensions of `min` to `max` digits, and by itself of `default`.
    ///
    /// # Errors
    /// `OutOfRange` with the field that is outside of 2 to 6, or of what the others leave.
    pub fn new(min: i64, max: i64, default: i64) -> Result<Self, (Field, Problem)> {
        let (least, most) = (Self::LEAST, Self::MOST);
        Ok(Self {
            min: digits(min, least, most).map_err(|problem| (Field::ExtensionMin, problem))?,
            max: digits(max, min, most).map_err(|problem| (Field::ExtensionMax, problem))?,
            default: digits(default, min, max)
                .map_err(|problem| (Field::ExtensionDefault, problem))?,
        })
    }

    /// Checks an extension against the enterprise's lengths and the country's emergency numbers.
    ///
    /// # Errors
    /// `InvalidExtension` or `EmergencyNumber`.
    pub fn check(&self, extension: Extension, country: Country) -> Result<Extension, Problem> {
        if !(self.min..=self.max).contains(&extension.as_str().len()) {
            Err(Problem::InvalidExtension {
                min: self.min,
                max: self.max,
            })
        } else if country.emergency_numbers().contains(&extension.as_str()) {
            Err(Problem::EmergencyNumber)
        } else {
            Ok(extension)
        }
    }
}

fn digits(count: i64, min: i64, max: i64) -> Result<usize, Problem> {
    let within = (min..=max).contains(&count);
    let count = usize::try_from(count).ok().filter(|_| within);
    count.ok_or(Problem::OutOfRange { min, max })
}

/// A tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enterprise {
    /// Identity.
    pub id: EnterpriseId,
    /// Name as shown.
    pub name: Label,
    /// Short name for logging in, unique in the installation.
    pub domain: DomainName,
    /// Where it is at home.
    pub country: Country,
    /// Lengths of extensions.
    pub extension_rule: ExtensionRule,
    /// Rules of the call engine.
    pub telephony: Telephony,
    /// When it was added.
    pub created_at: Timestamp,
}

/// What the call engine keeps to for an enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Telephony {
    /// Phones that know only MD5 are refused (RFC 8760).
    pub refuses_md5: bool,
    /// Calls at once, 1 to [`Telephony::MOST_CALLS`]; emergency calls are always put through.
    pub max_calls: u32,
}

impl Telephony {
    /// The largest number of calls at once.
    pub const MOST_CALLS: u32 = 10_000;

    /// Reads the number of calls at once.
    ///
    /// # Errors
    /// `OutOfRange` for anything but a number within the bounds.
    pub fn parse_max_calls(text: &str) -> Result<u32, Problem> {
        let calls = text.trim().parse().ok();
        let calls = calls.filter(|calls| (1..=Self::MOST_CALLS).contains(calls));
        calls.ok_or(Problem::OutOfRange {
            min: 1,
            max: Self::MOST_CALLS.into(),
        })
    }
}

impl Default for Telephony {
    fn default() -> Self {
        Self {
            refuses_md5: false,
            max_calls: 500,
        }
    }
}

/// A location of an enterprise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Identity.
    pub id: SiteId,
    /// Whose.
    pub enterprise: EnterpriseId,
    /// Name as shown, unique in the enterprise.
    pub name: Label,
    /// Where it is.
    pub country: Country,
    /// The number that emergency services see and call back; the caller's own while there is none.
    pub main_number: Option<PhoneNumber>,
    /// When it was added.
    pub created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_name_is_small_and_plain() {
        assert_eq!("Muster".parse::<DomainName>().unwrap().as_str(), "muster");
        for bad in ["m", "-muster", "muster-", "müller", "a b", "a@b"] {
            assert_eq!(
                bad.parse::<DomainName>(),
                Err(Problem::InvalidDomain),
                "{bad}"
            );
        }
    }

    #[test]
    fn an_extension_rule_stays_within_two_and_six_digits_and_in_order() {
        let rule = ExtensionRule::new(3, 5, 4).unwrap();
        assert_eq!((rule.min, rule.max, rule.default), (3, 5, 4));
        let wrong = |min, max, default| ExtensionRule::new(min, max, default).unwrap_err();
        let out = |min, max| Problem::OutOfRange { min, max };
        assert_eq!(wrong(1, 5, 4), (Field::ExtensionMin, out(2, 6)));
        assert_eq!(wrong(3, 7, 4), (Field::ExtensionMax, out(3, 6)));
        assert_eq!(wrong(4, 3, 4), (Field::ExtensionMax, out(4, 6)));
        assert_eq!(wrong(3, 5, 6), (Field::ExtensionDefault, out(3, 5)));
    }

    #[test]
    fn nobody_gets_an_emergency_number_as_extension() {
        let rule = ExtensionRule::default();
        let check = |text: &str, country| rule.check(text.parse().unwrap(), country);
        assert_eq!(
            check("112", Country::Germany),
            Err(Problem::EmergencyNumber)
        );
        assert_eq!(
            check("999", Country::UnitedKingdom),
            Err(Problem::EmergencyNumber)
        );
        assert!(check("999", Country::Germany).is_ok());
    }
}
