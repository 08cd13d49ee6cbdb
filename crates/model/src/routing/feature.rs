//! Feature codes: what phones dial to have something done. They are nobody's number, are never barred and never leave the
//! installation.

use crate::Extension;

/// What a feature code asks for (mission §3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeatureCode {
    /// `*98`: the call that has been ringing longest at somebody of the own pickup group (G1).
    PickUpInGroup,
    /// `*97` and an extension: the call that rings at this colleague (G1).
    PickUpAt(Extension),
    /// `*68`, or with an extension behind: the held call is parked at that member, else at the first that is free (G2).
    Park(Option<Extension>),
    /// `*88`, or with an extension behind: the call parked at that member, else at oneself (G2).
    Retrieve(Option<Extension>),
}

impl FeatureCode {
    /// Reads what was dialled; `None` when it is none of ours.
    #[must_use]
    pub fn read(dialled: &str) -> Option<Self> {
        let code = dialled.strip_prefix('*')?;
        match code.split_at_checked(2)? {
            ("98", "") => Some(Self::PickUpInGroup),
            ("97", extension) => extension.parse().ok().map(Self::PickUpAt),
            ("68", extension) => optional(extension).map(Self::Park),
            ("88", extension) => optional(extension).map(Self::Retrieve),
            _ => None,
        }
    }
}

/// `None` for what is neither nothing nor an extension.
fn optional(text: &str) -> Option<Option<Extension>> {
    match text {
        "" => Some(None),
        digits => digits.parse().ok().map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Country, routing::Dialled};

    #[test]
    fn g2_park_codes_are_read_with_and_without_an_extension() {
        let at = || Some("4711".parse().unwrap());
        let read = FeatureCode::read;
        assert_eq!(read("*68"), Some(FeatureCode::Park(None)));
        assert_eq!(read("*684711"), Some(FeatureCode::Park(at())));
        assert_eq!(read("*88"), Some(FeatureCode::Retrieve(None)));
        assert_eq!(read("*884711"), Some(FeatureCode::Retrieve(at())));
        for text in ["*68x", "*681", "*8812345678", "*68*88", "68", "*6"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn g1_pickup_codes_are_read_and_are_never_numbers() {
        let at = FeatureCode::PickUpAt("4567".parse().unwrap());
        assert_eq!(FeatureCode::read("*974567"), Some(at));
        assert_eq!(FeatureCode::read("*98"), Some(FeatureCode::PickUpInGroup));
        for text in [
            "*97",
            "*9712345678",
            "*981",
            "98",
            "*9",
            "*",
            "",
            "*9ä",
            "*97*98",
        ] {
            assert_eq!(FeatureCode::read(text), None, "{text}");
        }
        for country in [Country::Germany, Country::UnitedKingdom] {
            for text in ["*98", "*974567", "*97"] {
                assert_eq!(Dialled::read(text, country), Dialled::Unreadable, "{text}");
            }
        }
    }
}
