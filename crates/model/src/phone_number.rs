//! Telephone numbers in E.164.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Country, Extension, Problem};

/// A telephone number: `+` and 7 to 15 digits (ITU-T E.164).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads what people type: international with `+` or `00`, or national for the country.
    ///
    /// # Errors
    /// `Required` for nothing, `InvalidNumber` for what no numbering plan could hold.
    pub fn parse(text: &str, country: Country) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Required);
        }
        if text.contains(['*', '#']) {
            // A feature code; the library below would read its digits as a number.
            return Err(Problem::InvalidNumber);
        }
        if let Ok(number) = text.parse() {
            return Ok(number);
        }
        let home = match country {
            Country::Germany => phonenumber::country::DE,
            Country::UnitedKingdom => phonenumber::country::GB,
        };
        phonenumber::parse(
            Some(home),
            text.replacen("00", "+", usize::from(text.starts_with("00"))),
        )
        .map_err(|_| Problem::InvalidNumber)?
        .format()
        .mode(phonenumber::Mode::E164)
        .to_string()
        .parse()
    }

    /// With the leading `+`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without the `+`: what can be typed on a keypad.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }

    /// The extension that the number suggests: its last `length` digits (U4).
    #[must_use]
    pub fn default_extension(&self, length: usize) -> Extension {
        let digits = self.digits();
        Extension::from_digits(&digits[digits.len().saturating_sub(length)..])
    }
}

impl FromStr for PhoneNumber {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        let digits = text.strip_prefix('+').ok_or(Problem::InvalidNumber)?;
        let valid = (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|b| b.is_ascii_digit());
        if valid {
            Ok(Self(text.to_owned()))
        } else {
            Err(Problem::InvalidNumber)
        }
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|_| "not an E.164 number".to_owned())
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> Self {
        number.0
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn national_and_international_input_give_the_same_number() {
        for text in [
            "+492111234567",
            "0211 1234567",
            "0211/1234567",
            "00492111234567",
            "+49 (211) 123 45 67",
        ] {
            let number = PhoneNumber::parse(text, Country::Germany);
            assert_eq!(number.unwrap().as_str(), "+492111234567", "{text}");
        }
        let number = PhoneNumber::parse("020 7946 0018", Country::UnitedKingdom).unwrap();
        assert_eq!(number.as_str(), "+442079460018");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert_eq!(
            PhoneNumber::parse("  ", Country::Germany),
            Err(Problem::Required)
        );
        for text in [
            "hello",
            "+",
            "+49",
            "+0211123456",
            "=1+1",
            "+4921112345678901234",
        ] {
            assert_eq!(
                PhoneNumber::parse(text, Country::Germany),
                Err(Problem::InvalidNumber),
                "{text}"
            );
        }
    }

    #[test]
    fn u4_the_extension_defaults_to_the_last_four_digits() {
        let number: PhoneNumber = "+492111234567".parse().unwrap();
        assert_eq!(number.default_extension(4).as_str(), "4567");
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in any::<String>()) {
            let _ = PhoneNumber::parse(&text, Country::Germany);
        }
    }
}
