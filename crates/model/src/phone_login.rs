//! Login details of a desk phone: shown once, then known only as digests (U7).

use std::{fmt, str::FromStr};

use crate::{PhoneNumber, Problem, spreadsheet};

/// What a phone logs in as: the user's number in digits, unique in the installation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LoginName(String);

impl LoginName {
    /// The login name that belongs to a number.
    #[must_use]
    pub fn of(number: &PhoneNumber) -> Self {
        Self(number.digits().to_owned())
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A desk phone password, generated or chosen by an administrator (L2); never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct PhonePassword(String);

impl PhonePassword {
    /// How many characters a generated one has.
    pub const LENGTH: usize = 12;
    /// Lower case and digits without the look-alikes `0 o 1 l i`.
    pub const ALPHABET: &'static [u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

    /// Fewest characters of a chosen one.
    pub const MIN: usize = 8;
    /// Most characters of a chosen one; more do not fit into every phone.
    pub const MAX: usize = 32;
    /// What a chosen one can hold besides letters and digits: found on the keypad of every desk phone.
    pub const SIGNS: &'static str = ".-_@+=*#!";

    /// Draws a password from random bytes. It begins and ends with a letter and holds a digit, so that no spreadsheet takes
    /// it for a formula, a number or a date.
    pub fn generate(mut random_byte: impl FnMut() -> u8) -> Self {
        loop {
            let text: String = (0..Self::LENGTH)
                .map(|_| character(&mut random_byte))
                .collect();
            let bytes = text.as_bytes();
            let ends = [bytes[0], bytes[Self::LENGTH - 1]];
            let is_mixed =
                ends.iter().all(u8::is_ascii_alphabetic) && bytes.iter().any(u8::is_ascii_digit);
            // Digits around the letters of a month would become a date.
            if is_mixed && !spreadsheet::looks_like_number(&text) {
                return Self(text);
            }
        }
    }

    /// The password itself, for digests and for showing it once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// An evenly drawn character: bytes beyond the last whole multiple of the alphabet are drawn again.
fn character(random_byte: &mut impl FnMut() -> u8) -> char {
    let alphabet = PhonePassword::ALPHABET;
    let bound = 256 - 256 % alphabet.len();
    loop {
        let byte = usize::from(random_byte());
        if byte < bound {
            return char::from(alphabet[byte % alphabet.len()]);
        }
    }
}

/// A password that an administrator has chosen (L2).
impl FromStr for PhonePassword {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        let can_be_typed = |c: char| c.is_ascii_alphanumeric() || Self::SIGNS.contains(c);
        match text.chars().count() {
            0 => return Err(Problem::Required),
            n if n < Self::MIN => return Err(Problem::TooShort { min: Self::MIN }),
            n if n > Self::MAX => return Err(Problem::TooLong { max: Self::MAX }),
            _ => {}
        }
        match text.chars().find(|c| !can_be_typed(*c)) {
            Some(c) if c.is_control() => Err(Problem::ControlCharacter),
            Some(character) => Err(Problem::ForbiddenCharacter { character }),
            None if spreadsheet::looks_like_formula(text) => Err(Problem::LooksLikeFormula),
            None if spreadsheet::looks_like_number(text) => Err(Problem::LooksLikeNumber),
            None => Ok(Self(text.to_owned())),
        }
    }
}

impl fmt::Debug for PhonePassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhonePassword(…)")
    }
}

/// What is typed into the phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginDetails {
    /// Login name.
    pub login: LoginName,
    /// Password.
    pub password: PhonePassword,
    /// Host and port of the SIP server.
    pub server: String,
    /// `udp`, `tcp` or `tls`.
    pub transport: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn l3_a_password_is_safe_in_a_spreadsheet(seed in any::<u64>()) {
            let mut state = seed;
            let password = PhonePassword::generate(|| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                state.to_be_bytes()[0]
            });
            let text = password.reveal();
            prop_assert_eq!(text.len(), 12);
            prop_assert!(text.bytes().all(|b| PhonePassword::ALPHABET.contains(&b)));
            prop_assert!(text.starts_with(|c: char| c.is_ascii_lowercase()));
            prop_assert!(text.parse::<f64>().is_err());
        }
    }

    #[test]
    fn l2_a_chosen_password_keeps_each_rule() {
        let parse = |text: &str| text.parse::<PhonePassword>().map(|_| ());
        assert_eq!(parse("Kanne-4711"), Ok(()));
        assert_eq!(parse(""), Err(Problem::Required));
        assert_eq!(parse("Kanne-4"), Err(Problem::TooShort { min: 8 }));
        assert_eq!(parse(&"aB3".repeat(11)), Err(Problem::TooLong { max: 32 }));
        for character in ['ä', ' ', '"', ';', '€', '\''] {
            let text = format!("Kanne{character}4711");
            assert_eq!(parse(&text), Err(Problem::ForbiddenCharacter { character }));
        }
        assert_eq!(parse("Kanne\t4711"), Err(Problem::ControlCharacter));
        for text in ["=Kanne4711", "+Kanne4711", "-Kanne4711", "@Kanne4711"] {
            assert_eq!(parse(text), Err(Problem::LooksLikeFormula), "{text}");
        }
        for text in [
            "12345678",
            "2026-11-23",
            "12345e67",
            "12-MAY-2026",
            "1.Mai.2026",
        ] {
            assert_eq!(parse(text), Err(Problem::LooksLikeNumber), "{text}");
        }
    }

    proptest! {
        #[test]
        fn l3_no_password_changes_in_a_spreadsheet(text in "[!-~]{8,32}") {
            if text.parse::<PhonePassword>().is_ok() {
                prop_assert_eq!(spreadsheet::guarded(&text), text);
            }
        }
    }

    #[test]
    fn u7_a_password_is_never_printed() {
        let password = PhonePassword::generate({
            let mut byte = 0u8;
            move || {
                byte = byte.wrapping_add(37);
                byte
            }
        });
        assert!(!format!("{password:?}").contains(password.reveal()));
    }
}
