//! Feature codes: what phones dial to have something done. They are nobody's number, are never barred and never leave the
//! installation.

use crate::{Extension, call_centre::Codes};

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
    /// `*50` to `*53`: what the caller is doing in each call centre that the caller is an agent of; behind `*52` the place
    /// of the reason in its list (G4).
    Agent(AgentCode),
}

/// What an agent says by phone to be doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentCode {
    /// `*50`: is there, and gets no calls yet.
    SignIn,
    /// `*51`: gets calls.
    Available,
    /// `*52`: gets none for now. `*521` is for the first reason of each call centre's list, `*522` for the second.
    Unavailable {
        /// The reason's place in the list, from 1.
        reason: Option<u8>,
    },
    /// `*53`: has left.
    SignOut,
}

impl AgentCode {
    /// Those without a reason, in the order of their codes.
    pub const ALL: [Self; 4] = [
        Self::SignIn,
        Self::Available,
        Self::Unavailable { reason: None },
        Self::SignOut,
    ];

    /// All of them, first those without a reason.
    pub fn every() -> impl Iterator<Item = Self> {
        let reason = |place| Self::Unavailable {
            reason: u8::try_from(place).ok(),
        };
        Self::ALL.into_iter().chain((1..=Codes::MOST).map(reason))
    }

    /// What is dialled for it.
    #[must_use]
    pub fn dialled(self) -> String {
        match self {
            Self::SignIn => "*50".to_owned(),
            Self::Available => "*51".to_owned(),
            Self::Unavailable { reason: None } => "*52".to_owned(),
            Self::Unavailable {
                reason: Some(place),
            } => format!("*52{place}"),
            Self::SignOut => "*53".to_owned(),
        }
    }

    /// The state that is meant, by its name in the API.
    #[must_use]
    pub fn state(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Available => "available",
            Self::Unavailable { .. } => "unavailable",
            Self::SignOut => "sign-out",
        }
    }
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
            _ => AgentCode::every()
                .find(|code| code.dialled() == dialled)
                .map(Self::Agent),
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
    fn g4_agents_say_by_four_codes_what_they_are_doing() {
        use crate::call_centre::AgentState;
        for (text, code) in ["*50", "*51", "*52", "*53"].iter().zip(AgentCode::ALL) {
            assert_eq!(FeatureCode::read(text), Some(FeatureCode::Agent(code)));
            let state = AgentState::read(code.state(), None, None);
            assert_eq!(state.map(|state| state.id()), Some(code.state()));
        }
        for text in ["*54", "*510", "*5", "51"] {
            assert_eq!(FeatureCode::read(text), None, "{text}");
        }
    }

    #[test]
    fn g4_behind_the_code_for_unavailable_stands_the_place_of_the_reason() {
        for (text, place) in [("*521", 1), ("*529", 9), ("*5250", 50)] {
            let reason = Some(place);
            let code = AgentCode::Unavailable { reason };
            assert_eq!(FeatureCode::read(text), Some(FeatureCode::Agent(code)));
            assert_eq!(code.dialled(), text);
        }
        for text in ["*520", "*5201", "*5251", "*52100", "*52x", "*531"] {
            assert_eq!(FeatureCode::read(text), None, "{text}");
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
