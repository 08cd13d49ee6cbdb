//! Numbers in the help as the reader's country knows them (H1).

use model::{Country, LoginName, PhoneNumber};

use super::{Given, Line, Piece};
use crate::format;

/// The cookie that holds the country chosen on the help pages.
pub const COOKIE: &str = "klinke_country";

/// How many digits of a number are its extension, where nobody has decided otherwise (U4).
const EXTENSION_DIGITS: usize = 4;

/// What the country gives.
pub fn given(country: Country, what: Given) -> String {
    let number = example(country);
    let [own, european] = match country.emergency_numbers() {
        [own, european, ..] => [*own, *european],
        _ => [""; 2],
    };
    match what {
        Given::Emergency => own.to_owned(),
        Given::EmergencyEu => european.to_owned(),
        Given::National => format::phone_number(&number, country),
        Given::International => format::phone_number(&number, elsewhere(country)),
        Given::Login => LoginName::of(&number).as_str().to_owned(),
        Given::Extension => number.default_extension(EXTENSION_DIGITS).to_string(),
    }
}

/// A line as plain text.
pub fn plain(line: Line, country: Country) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Plain(text) | Piece::Label(text) => (*text).to_owned(),
        Piece::Given(what) => given(country, *what),
    };
    line.iter().map(text).collect()
}

/// A number that looks like one, in Düsseldorf or in London; the British one is kept free for examples by Ofcom.
fn example(country: Country) -> PhoneNumber {
    let number = match country {
        Country::Germany => "+492111234567",
        Country::UnitedKingdom => "+442079460123",
    };
    PhoneNumber::parse(number, country).expect("it is a number")
}

fn elsewhere(country: Country) -> Country {
    match country {
        Country::Germany => Country::UnitedKingdom,
        Country::UnitedKingdom => Country::Germany,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h1_examples_and_emergency_numbers_are_the_countrys() {
        let all = [
            Given::Emergency,
            Given::EmergencyEu,
            Given::National,
            Given::International,
            Given::Login,
            Given::Extension,
        ];
        let of = |country| all.map(|what| given(country, what));
        assert_eq!(
            of(Country::Germany),
            [
                "110",
                "112",
                "0211 1234567",
                "+49 211 1234567",
                "492111234567",
                "4567"
            ]
        );
        assert_eq!(
            of(Country::UnitedKingdom),
            [
                "999",
                "112",
                "020 7946 0123",
                "+44 20 7946 0123",
                "442079460123",
                "0123"
            ]
        );
    }
}
