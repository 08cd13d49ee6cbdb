//! Which of the two languages a page is shown in.

use model::{Country, Language};

/// The cookie that holds what the reader chose with the language switch.
pub const COOKIE: &str = "klinke_lang";

/// What is known about the reader, in the order in which it counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes<'a> {
    /// Value of the cookie [`COOKIE`].
    pub chosen: Option<&'a str>,
    /// The language of the account that is logged in.
    pub account: Option<Language>,
    /// Value of `Accept-Language` (RFC 9110 §12.5.4).
    pub accepted: Option<&'a str>,
    /// The country the installation is for.
    pub country: Option<Country>,
}

/// The language's name in itself, for the language switch.
pub fn own_name(language: Language) -> &'static str {
    match language {
        Language::German => "Deutsch",
        Language::English => "English",
    }
}

/// `de`, `de-AT`, `EN-gb`… to the language meant.
pub fn of_tag(tag: &str) -> Option<Language> {
    let primary = tag.trim().split(['-', '_']).next()?;
    Language::ALL
        .into_iter()
        .find(|language| primary.eq_ignore_ascii_case(language.code()))
}

/// The language for a reader: chosen, then the account's, then the browser's, then the country's.
pub fn choose(wishes: Wishes<'_>) -> Language {
    wishes
        .chosen
        .and_then(of_tag)
        .or(wishes.account)
        .or_else(|| wishes.accepted.and_then(accepted))
        .unwrap_or_else(|| of_country(wishes.country))
}

fn of_country(country: Option<Country>) -> Language {
    match country {
        Some(Country::Germany) => Language::German,
        Some(Country::UnitedKingdom) | None => Language::English,
    }
}

/// The most wanted language that we speak; the first of equals.
fn accepted(header: &str) -> Option<Language> {
    let mut best: Option<(Language, f32)> = None;
    for range in header.split(',') {
        let (tag, quality) = range.split_once(";q=").unwrap_or((range, "1"));
        let quality: f32 = quality.trim().parse().unwrap_or(0.0);
        let Some(language) = of_tag(tag) else {
            continue;
        };
        if quality > best.map_or(0.0, |(_, of_best)| of_best) {
            best = Some((language, quality));
        }
    }
    best.map(|(language, _)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h1_the_choice_beats_the_account_and_the_browser() {
        let wishes = Wishes {
            chosen: Some("en"),
            account: Some(Language::German),
            accepted: Some("de"),
            country: Some(Country::Germany),
        };
        assert_eq!(choose(wishes), Language::English);
        assert_eq!(
            choose(Wishes {
                chosen: None,
                ..wishes
            }),
            Language::German
        );
    }

    #[test]
    fn h1_before_login_the_browser_decides() {
        let by = |accepted| {
            choose(Wishes {
                accepted: Some(accepted),
                ..Wishes::default()
            })
        };
        assert_eq!(by("fr, de-AT;q=0.8, en;q=0.5"), Language::German);
        assert_eq!(by("en-GB,en;q=0.9,de;q=0.8"), Language::English);
        assert_eq!(by("de;q=0, en;q=0.1"), Language::English);
        assert_eq!(by("fr"), Language::English);
    }

    #[test]
    fn h1_without_any_wish_the_country_decides() {
        let by = |country| {
            choose(Wishes {
                country,
                ..Wishes::default()
            })
        };
        assert_eq!(
            (
                by(Some(Country::Germany)),
                by(Some(Country::UnitedKingdom)),
                by(None)
            ),
            (Language::German, Language::English, Language::English)
        );
    }
}
