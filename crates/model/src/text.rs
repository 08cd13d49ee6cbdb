//! Text people type: names, usernames, email addresses. Parsed once, then trusted.

use std::{fmt, str::FromStr};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::Problem;

/// Trims, brings to NFC and checks the length in Unicode characters (U3: not bytes).
pub(crate) fn line(text: &str, max: usize) -> Result<String, Problem> {
    let text: String = text.trim().nfc().collect();
    if text.is_empty() {
        Err(Problem::Required)
    } else if text.chars().any(char::is_control) {
        Err(Problem::ControlCharacter)
    } else if text.chars().count() > max {
        Err(Problem::TooLong { max })
    } else {
        Ok(text)
    }
}

/// Text as it is searched and sorted: no case, no accents, `ß` as `ss` (DIN 5007-1).
#[must_use]
pub fn fold(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    plain.replace('ß', "ss")
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $parse:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Problem;
            fn from_str(text: &str) -> Result<Self, Problem> {
                let parse: fn(&str) -> Result<String, Problem> = $parse;
                parse(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}
pub(crate) use texts;

texts! {
    /// A first name of at most 23 Unicode characters (U3).
    FirstName = |text| line(text, 23);
    /// A last name of at most 30 Unicode characters (U3).
    LastName = |text| line(text, 30);
    /// A username: at most 80 characters, none of `+ - & @`, no white space (U3).
    Username = username;
    /// An email address (RFC 5321, at most 254 characters).
    Email = email;
    /// The number of a mobile contract, at most 40 characters (U6).
    ContractNumber = |text| line(text, 40);
    /// What the holder of a passkey calls it, at most 40 characters.
    PasskeyName = |text| line(text, 40);
}

impl Username {
    /// The form in which usernames are compared: `Anna.Weber` and `anna.weber` are one.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

fn username(text: &str) -> Result<String, Problem> {
    let text = line(text, 80)?;
    match text
        .chars()
        .find(|c| matches!(c, '+' | '-' | '&' | '@') || c.is_whitespace())
    {
        Some(character) => Err(Problem::ForbiddenCharacter { character }),
        None => Ok(text),
    }
}

fn email(text: &str) -> Result<String, Problem> {
    let text = line(text, 254)?;
    let options = email_address::Options::default()
        .without_display_text()
        .with_required_tld();
    email_address::EmailAddress::parse_with_options(&text, options)
        .map(|_| text)
        .map_err(|_| Problem::InvalidEmail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn u3_a_first_name_has_at_most_23_unicode_characters() {
        assert!("ä".repeat(23).parse::<FirstName>().is_ok());
        assert!("😀".repeat(23).parse::<FirstName>().is_ok());
        assert_eq!(
            "ä".repeat(24).parse::<FirstName>(),
            Err(Problem::TooLong { max: 23 })
        );
    }

    #[test]
    fn u3_a_decomposed_umlaut_is_one_character() {
        assert_eq!(
            "u\u{308}".repeat(23).parse::<FirstName>().unwrap().as_str(),
            "ü".repeat(23)
        );
    }

    #[test]
    fn u3_a_last_name_has_at_most_30_unicode_characters() {
        assert!("é".repeat(30).parse::<LastName>().is_ok());
        assert_eq!(
            "é".repeat(31).parse::<LastName>(),
            Err(Problem::TooLong { max: 30 })
        );
    }

    #[test]
    fn u3_a_username_has_none_of_the_forbidden_characters() {
        for character in ['+', '-', '&', '@', ' ', '\u{a0}'] {
            let text = format!("anna{character}weber");
            assert_eq!(
                text.parse::<Username>(),
                Err(Problem::ForbiddenCharacter { character })
            );
        }
        assert!("anna.weber_1".parse::<Username>().is_ok());
    }

    #[test]
    fn an_email_address_has_a_domain() {
        assert!("anna@muster.example".parse::<Email>().is_ok());
        for text in [
            "anna",
            "anna@",
            "@muster.example",
            "Anna <anna@muster.example>",
            "a b@c.de",
        ] {
            assert_eq!(text.parse::<Email>(), Err(Problem::InvalidEmail), "{text}");
        }
    }

    #[test]
    fn folding_drops_case_accents_and_sharp_s() {
        assert_eq!(fold("Müßig ÉCLAIR"), "mussig eclair");
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_keeps_the_limit(text in any::<String>()) {
            if let Ok(name) = text.parse::<FirstName>() {
                prop_assert!(name.as_str().chars().count() <= 23);
            }
            let _ = text.parse::<Username>();
            let _ = text.parse::<Email>();
            let _ = fold(&text);
        }

        #[test]
        fn parsing_twice_changes_nothing(text in any::<String>()) {
            if let Ok(name) = text.parse::<LastName>() {
                prop_assert_eq!(name.as_str().parse::<LastName>(), Ok(name.clone()));
            }
        }
    }
}
