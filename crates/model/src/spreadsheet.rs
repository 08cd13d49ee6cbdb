//! Text in a file that a spreadsheet may open: nothing is run as a formula, no `+` and no leading zero is eaten (L3).

/// The sign in front of a cell that is to stay text.
const GUARD: char = '\'';

/// What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Words that spreadsheets read as part of a number, a time, a date or a truth value, in German and English.
const IN_NUMBERS: &[&str] = &[
    "",
    "e",
    "x",
    "h",
    "am",
    "pm",
    "uhr",
    "inf",
    "infinity",
    "nan",
    "true",
    "false",
    "wahr",
    "falsch",
    "jan",
    "feb",
    "mar",
    "mär",
    "mrz",
    "apr",
    "may",
    "mai",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "okt",
    "nov",
    "dec",
    "dez",
    "january",
    "januar",
    "february",
    "februar",
    "march",
    "märz",
    "april",
    "june",
    "juni",
    "july",
    "juli",
    "august",
    "september",
    "october",
    "oktober",
    "november",
    "december",
    "dezember",
];

/// Whether a spreadsheet takes the text for a formula.
#[must_use]
pub fn looks_like_formula(text: &str) -> bool {
    text.trim_start_matches(' ').starts_with(FORMULA)
}

/// Whether a spreadsheet may take the text for a number, a time, a date or a truth value, and show something else instead.
#[must_use]
pub fn looks_like_number(text: &str) -> bool {
    let letters: String = text
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    !text.is_empty() && IN_NUMBERS.contains(&letters.as_str())
}

/// The text as it stands in a CSV file: an apostrophe in front of what a spreadsheet would run, round or turn into a date,
/// and in front of what begins with one itself.
#[must_use]
pub fn guarded(text: &str) -> String {
    if looks_like_formula(text) || looks_like_number(text) || text.starts_with(GUARD) {
        format!("{GUARD}{text}")
    } else {
        text.to_owned()
    }
}

/// The text as it stands in a list that people read: an apostrophe only in front of what would be run as a formula or lose
/// its leading zeros; times may become times.
#[must_use]
pub fn harmless(text: &str) -> String {
    let loses_zeros =
        text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    if looks_like_formula(text) || loses_zeros {
        format!("{GUARD}{text}")
    } else {
        text.to_owned()
    }
}

/// The text that [`guarded`] was given.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix(GUARD).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn l3_plus_and_leading_zeros_survive() {
        for text in [
            "+492111234567",
            "492111234567",
            "0211 1234567",
            "0815",
            "1e5",
            "2026-11-23",
            "12. Mai 2026",
            "3-MAR",
            "TRUE",
            "1,5",
        ] {
            assert!(
                looks_like_number(text) || looks_like_formula(text),
                "{text}"
            );
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in ["Anna Weber", "k7m2p9qrs4tv", "Snom D785", "Düsseldorf", ""] {
            assert_eq!(guarded(text), text);
        }
    }

    #[test]
    fn l3_no_formula_survives() {
        for text in ["=1+1", "@SUM(A1)", "-2+3", "+1", "\t=1", " =1", "\r=1"] {
            assert!(guarded(text).starts_with('\''), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn l3_no_cell_begins_like_a_formula_or_reads_like_a_number(text in any::<String>()) {
            let cell = guarded(&text);
            prop_assert!(!looks_like_formula(&cell));
            prop_assert!(cell.is_empty() || cell.starts_with('\'') || cell.parse::<f64>().is_err());
        }

        #[test]
        fn l3_what_was_guarded_reads_back(text in any::<String>()) {
            let cell = guarded(&text);
            prop_assert_eq!(unguarded(&cell), text.as_str());
        }
    }
}
