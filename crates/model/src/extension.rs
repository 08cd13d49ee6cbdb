//! Extensions: the short numbers by which colleagues call each other.

use std::{fmt, str::FromStr};

use crate::Problem;

/// Two to six digits, unique in the enterprise (mission §3, U4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Extension(String);

impl Extension {
    /// Fewest digits in any enterprise.
    pub const MIN: usize = 2;
    /// Most digits in any enterprise.
    pub const MAX: usize = 6;

    /// Digits that are known to be an extension's.
    pub(crate) fn from_digits(digits: &str) -> Self {
        Self(digits.to_owned())
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The free extension of the same length that comes next, given the taken ones in ascending order from this one on;
    /// `None` when there is none up to the end of the block.
    #[must_use]
    pub fn next_free(&self, taken: &[Extension]) -> Option<Self> {
        let length = self.0.len();
        let mut candidate: u32 = self.0.parse().ok()?;
        let mut taken = taken
            .iter()
            .filter(|e| e.0.len() == length && *e >= self)
            .peekable();
        loop {
            let text = format!("{candidate:0length$}");
            if text.len() > length {
                return None;
            }
            if taken.next_if(|e| e.0 == text).is_none() {
                return Some(Self(text));
            }
            candidate += 1;
        }
    }
}

impl FromStr for Extension {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Required);
        }
        let valid = (Self::MIN..=Self::MAX).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_digit());
        if valid {
            Ok(Self(text.to_owned()))
        } else {
            Err(Problem::InvalidExtension {
                min: Self::MIN,
                max: Self::MAX,
            })
        }
    }
}

impl fmt::Display for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn extension(text: &str) -> Extension {
        text.parse().unwrap()
    }

    #[test]
    fn two_to_six_digits() {
        for good in ["10", "123456", " 0815 "] {
            assert!(good.parse::<Extension>().is_ok(), "{good}");
        }
        for bad in ["1", "1234567", "12a4", "+123", "١٢٣"] {
            assert!(
                matches!(
                    bad.parse::<Extension>(),
                    Err(Problem::InvalidExtension { .. })
                ),
                "{bad}"
            );
        }
    }

    #[test]
    fn u4_the_suggestion_is_the_next_free_one() {
        let taken = [extension("4567"), extension("4568"), extension("4570")];
        assert_eq!(extension("4567").next_free(&taken), Some(extension("4569")));
        assert_eq!(extension("99").next_free(&[extension("99")]), None);
        assert_eq!(
            extension("0099").next_free(&[extension("0099")]),
            Some(extension("0100"))
        );
    }

    proptest! {
        #[test]
        fn a_suggestion_is_never_taken(start in 0u32..10_000, taken in proptest::collection::btree_set(0u32..10_000, 0..200)) {
            let taken: Vec<_> = taken.into_iter().map(|n| extension(&format!("{n:04}"))).collect();
            let wanted = extension(&format!("{start:04}"));
            if let Some(free) = wanted.next_free(&taken) {
                prop_assert!(!taken.contains(&free));
                prop_assert_eq!(free.as_str().len(), 4);
            }
        }
    }
}
