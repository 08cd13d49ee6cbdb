//! Barring: which numbers may be dialled (network class of service).

use std::{fmt, str::FromStr};

use crate::{Country, PhoneNumber, Problem, licence::catalogue};

catalogue! {
    /// Where a call goes, as its cost and its risk see it.
    NumberClass {
        /// Inside the enterprise.
        Internal = "internal",
        /// A number that costs the caller nothing.
        TollFree = "toll-free",
        /// A fixed line in the caller's country.
        National = "national",
        /// A mobile in the caller's country.
        Mobile = "mobile",
        /// Another country.
        International = "international",
        /// Shared cost, personal and company numbers, and what no numbering plan knows.
        Special = "special",
        /// Premium rate, in any country.
        PremiumRate = "premium-rate",
    }
}

catalogue! {
    /// What somebody may dial; each profile adds to the one before.
    ///
    /// | class | Basic | Bronze | Silver | Gold | Platinum |
    /// |---|---|---|---|---|---|
    /// | inside the enterprise | yes | yes | yes | yes | yes |
    /// | toll-free | yes | yes | yes | yes | yes |
    /// | national | – | yes | yes | yes | yes |
    /// | mobile | – | – | yes | yes | yes |
    /// | international | – | – | – | yes | yes |
    /// | special | – | – | – | yes | yes |
    /// | premium-rate | – | – | – | – | yes |
    ///
    /// Emergency numbers go out in every profile. Who has been given none has Gold.
    BarringProfile {
        /// Colleagues and toll-free numbers.
        Basic = "basic",
        /// Also fixed lines of the country.
        Bronze = "bronze",
        /// Also mobiles of the country.
        Silver = "silver",
        /// Also other countries and special numbers.
        Gold = "gold",
        /// Everything.
        Platinum = "platinum",
    }
}

impl BarringProfile {
    /// Whether a number of this class may be dialled.
    #[must_use]
    pub fn permits(self, class: NumberClass) -> bool {
        let least = match class {
            NumberClass::Internal | NumberClass::TollFree => Self::Basic,
            NumberClass::National => Self::Bronze,
            NumberClass::Mobile => Self::Silver,
            NumberClass::International | NumberClass::Special => Self::Gold,
            NumberClass::PremiumRate => Self::Platinum,
        };
        self >= least
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the macro's enums derive nothing more"
)]
impl Default for BarringProfile {
    fn default() -> Self {
        Self::Gold
    }
}

impl NumberClass {
    /// The class of a number, dialled in a country.
    #[must_use]
    pub fn of(number: &PhoneNumber, home: Country) -> Self {
        use phonenumber::Type;
        let Ok(parsed) = phonenumber::parse(None, number.as_str()) else {
            return Self::Special;
        };
        let kind = parsed.number_type(&phonenumber::metadata::DATABASE);
        let is_home = parsed
            .country()
            .id()
            .is_some_and(|id| id.as_ref() == home.code());
        match kind {
            Type::PremiumRate => Self::PremiumRate,
            Type::TollFree if is_home || parsed.country().id().is_none() => Self::TollFree,
            _ if parsed.country().code() != home.calling_code() => Self::International,
            Type::FixedLine | Type::Voip => Self::National,
            Type::Mobile | Type::FixedLineOrMobile => Self::Mobile,
            _ => Self::Special,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(text: &str, home: Country) -> NumberClass {
        NumberClass::of(&text.parse().unwrap(), home)
    }

    #[test]
    fn numbers_are_classed_by_the_numbering_plan_of_the_callers_country() {
        let german = [
            ("+492111234567", NumberClass::National),
            ("+493012345678", NumberClass::National),
            ("+4915123456789", NumberClass::Mobile),
            ("+498001234567", NumberClass::TollFree),
            ("+80012345678", NumberClass::TollFree),
            ("+499001234567", NumberClass::PremiumRate),
            ("+491801234567", NumberClass::Special),
            ("+442079460018", NumberClass::International),
            ("+447400123456", NumberClass::International),
            ("+12125550123", NumberClass::International),
        ];
        for (number, expected) in german {
            assert_eq!(class(number, Country::Germany), expected, "{number}");
        }
        let british = [
            ("+442079460018", NumberClass::National),
            ("+447400123456", NumberClass::Mobile),
            ("+448001111111", NumberClass::TollFree),
            ("+449098790000", NumberClass::PremiumRate),
            ("+492111234567", NumberClass::International),
        ];
        for (number, expected) in british {
            assert_eq!(class(number, Country::UnitedKingdom), expected, "{number}");
        }
    }

    #[test]
    fn each_profile_permits_what_the_one_before_permits_and_more() {
        for pair in BarringProfile::ALL.windows(2) {
            let permitted = |profile: BarringProfile| {
                NumberClass::ALL
                    .iter()
                    .filter(move |class| profile.permits(**class))
                    .count()
            };
            assert!(permitted(pair[0]) < permitted(pair[1]), "{pair:?}");
        }
        assert!(BarringProfile::Basic.permits(NumberClass::Internal));
        assert!(!BarringProfile::default().permits(NumberClass::PremiumRate));
        assert!(
            NumberClass::ALL
                .iter()
                .all(|class| BarringProfile::Platinum.permits(*class))
        );
    }
}
