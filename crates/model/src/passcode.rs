//! The passcode with which somebody listens to the own voicemail on the phone.

use std::{fmt, str::FromStr};

use crate::Problem;

/// A voicemail passcode that keeps the rule (A5): 6 to 20 digits, no run over three; never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct VoicemailPasscode(String);

impl VoicemailPasscode {
    /// Fewest digits.
    pub const MIN: usize = 6;
    /// Most digits.
    pub const MAX: usize = 20;
    /// The longest run of digits that rise or fall one by one.
    pub const LONGEST_RUN: usize = 3;

    /// The passcode itself, for hashing.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for VoicemailPasscode {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        let digits = text.as_bytes();
        if text.is_empty() {
            Err(Problem::Required)
        } else if !digits.iter().all(u8::is_ascii_digit) {
            Err(Problem::NotDigits)
        } else if digits.len() < Self::MIN {
            Err(Problem::TooShort { min: Self::MIN })
        } else if digits.len() > Self::MAX {
            Err(Problem::TooLong { max: Self::MAX })
        } else if longest_run(digits) > Self::LONGEST_RUN {
            let max = Self::LONGEST_RUN;
            Err(Problem::RunOfDigits { max })
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

/// The longest run of digits that rise or fall one by one; `123` and `321` are three long.
fn longest_run(digits: &[u8]) -> usize {
    let rising = digits.chunk_by(|one, next| one + 1 == *next);
    let falling = digits.chunk_by(|one, next| *one == next + 1);
    let lengths = rising.map(<[u8]>::len).chain(falling.map(<[u8]>::len));
    lengths.max().unwrap_or_default()
}

impl fmt::Debug for VoicemailPasscode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VoicemailPasscode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a5_a_passcode_has_six_digits_and_no_run_over_three() {
        let parse = |text: &str| text.parse::<VoicemailPasscode>().map(|_| ());
        for good in ["123891", "321789", "111111", "908172", "012901", "98798712"] {
            assert_eq!(parse(good), Ok(()), "{good}");
        }
        let run = Err(Problem::RunOfDigits { max: 3 });
        for bad in ["123456", "901234", "987612", "543210", "771234"] {
            assert_eq!(parse(bad), run, "{bad}");
        }
        assert_eq!(parse("89012"), Err(Problem::TooShort { min: 6 }));
        assert_eq!(parse("890121"), Ok(()), "nine is not followed by zero");
        assert_eq!(parse(""), Err(Problem::Required));
        assert_eq!(parse("12a891"), Err(Problem::NotDigits));
        assert_eq!(parse("１２３８９１"), Err(Problem::NotDigits));
        assert_eq!(parse(&"13".repeat(11)), Err(Problem::TooLong { max: 20 }));
    }

    #[test]
    fn a_passcode_is_never_printed() {
        let passcode: VoicemailPasscode = "908172".parse().unwrap();
        assert!(!format!("{passcode:?}").contains("908172"));
    }
}
