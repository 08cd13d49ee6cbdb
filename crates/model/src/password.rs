//! Passwords for the portal.

use std::{fmt, str::FromStr};

use crate::Problem;

/// A portal password that keeps the rules (A5); never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct PortalPassword(String);

impl PortalPassword {
    /// Fewest characters.
    pub const MIN: usize = 8;
    /// Most characters, so that hashing has a bound.
    pub const MAX: usize = 200;

    /// The password itself, for hashing.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for PortalPassword {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        let chars: Vec<char> = text.chars().collect();
        match chars.len() {
            0 => Err(Problem::Required),
            n if n < Self::MIN => Err(Problem::TooShort { min: Self::MIN }),
            n if n > Self::MAX => Err(Problem::TooLong { max: Self::MAX }),
            _ if chars.iter().any(|c| c.is_whitespace()) => Err(Problem::WhiteSpace),
            _ if chars.windows(3).any(|w| w[0] == w[1] && w[1] == w[2]) => {
                Err(Problem::RepeatedCharacter)
            }
            _ if classes(&chars) < 2 => Err(Problem::TooFewClasses),
            _ => Ok(Self(text.to_owned())),
        }
    }
}

/// How many of the four classes lower case, upper case, digits, others occur.
fn classes(chars: &[char]) -> usize {
    let has = |class: fn(&char) -> bool| usize::from(chars.iter().any(class));
    has(|c| c.is_lowercase())
        + has(|c| c.is_uppercase())
        + has(|c| c.is_numeric())
        + has(|c| !c.is_lowercase() && !c.is_uppercase() && !c.is_numeric())
}

impl fmt::Debug for PortalPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PortalPassword(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_keeps_each_rule() {
        let parse = |text: &str| text.parse::<PortalPassword>().map(|_| ());
        assert_eq!(parse("Klinke-7"), Ok(()));
        assert_eq!(parse(""), Err(Problem::Required));
        assert_eq!(parse("Kl-7abc"), Err(Problem::TooShort { min: 8 }));
        assert_eq!(parse("klinkeklinke"), Err(Problem::TooFewClasses));
        assert_eq!(parse("Klinkeee7"), Err(Problem::RepeatedCharacter));
        assert_eq!(parse("Klinke 78"), Err(Problem::WhiteSpace));
        assert_eq!(parse(&"aB".repeat(101)), Err(Problem::TooLong { max: 200 }));
    }

    #[test]
    fn a_password_is_never_printed() {
        let password: PortalPassword = "Klinke-7".parse().unwrap();
        assert!(!format!("{password:?}").contains("Klinke-7"));
    }
}
