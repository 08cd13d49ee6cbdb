//! How times, telephone numbers and login names are shown.

use jiff::tz::TimeZone;
use phonenumber::Mode;

use model::{Country, Language, PhoneNumber, Timestamp};

/// A point in time, for machines and for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Value of `<time datetime>`: RFC 3339, UTC.
    pub machine: String,
    /// 23.11.2026, 14:05 or 23/11/2026, 14:05 in the reader's zone.
    pub human: String,
}

/// A moment as the reader's language and zone show it.
pub fn moment(at: Timestamp, zone: &TimeZone, language: Language) -> Moment {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    let pattern = match language {
        Language::German => "%d.%m.%Y, %H:%M",
        Language::English => "%d/%m/%Y, %H:%M",
    };
    Moment {
        machine: at.to_string(),
        human: at.to_zoned(zone.clone()).strftime(pattern).to_string(),
    }
}

/// A moment as a field of the kind `datetime-local` holds it, in the zone.
pub fn field(at: Timestamp, zone: &TimeZone) -> String {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    at.to_zoned(zone.clone())
        .strftime("%Y-%m-%dT%H:%M")
        .to_string()
}

/// What a field of the kind `datetime-local` holds, in the zone; `None` for what is no time.
pub fn read_field(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let local: jiff::civil::DateTime = text.parse().ok()?;
    let at = local.to_zoned(zone.clone()).ok()?.timestamp();
    Some(Timestamp(at.as_millisecond()))
}

/// A number as people in `country` write it: national at home, with `+` from elsewhere.
/// What the numbering plans do not know is shown as it is.
pub fn phone_number(number: &PhoneNumber, country: Country) -> String {
    let Ok(parsed) = phonenumber::parse(None, number.as_str()) else {
        return number.as_str().to_owned();
    };
    let at_home = parsed
        .country()
        .id()
        .is_some_and(|id| id.as_ref() == country.code());
    let mode = if at_home {
        Mode::National
    } else {
        Mode::International
    };
    parsed.format().mode(mode).to_string()
}

/// A number of seconds as 1:05 or, from an hour on, 1:02:05.
pub fn duration(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// Digits or letters in groups of `size` for reading and typing, the last one up to one longer.
pub fn groups(text: &str, size: usize) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut found: Vec<String> = letters
        .chunks(size)
        .map(|chunk| chunk.iter().collect())
        .collect();
    if found.len() > 1 && letters.len() % size == 1 {
        let single = found.pop().unwrap_or_default();
        if let Some(last) = found.last_mut() {
            last.push_str(&single);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_follows_language_and_zone() {
        let at = Timestamp(1_795_439_100_000);
        let berlin = TimeZone::get("Europe/Berlin").expect("bundled");
        let german = moment(at, &berlin, Language::German);
        assert_eq!(german.human, "23.11.2026, 14:05");
        assert_eq!(german.machine, "2026-11-23T13:05:00Z");
        assert_eq!(
            moment(at, &TimeZone::UTC, Language::English).human,
            "23/11/2026, 13:05"
        );
    }

    #[test]
    fn what_a_field_holds_is_read_in_the_zone() {
        let berlin = TimeZone::get("Europe/Berlin").expect("bundled");
        let at = read_field("2026-11-23T14:05", &berlin).expect("a time");
        assert_eq!(at, Timestamp(1_795_439_100_000));
        assert_eq!(field(at, &berlin), "2026-11-23T14:05");
        assert_eq!(read_field("tomorrow", &berlin), None);
    }

    #[test]
    fn a_number_is_national_at_home_and_international_elsewhere() {
        let shown = |text: &str, country| {
            phone_number(
                &PhoneNumber::parse(text, Country::Germany).expect("valid"),
                country,
            )
        };
        assert_eq!(shown("+492111234567", Country::Germany), "0211 1234567");
        assert_eq!(
            shown("+492111234567", Country::UnitedKingdom),
            "+49 211 1234567"
        );
        assert_eq!(
            shown("+442079460123", Country::UnitedKingdom),
            "020 7946 0123"
        );
    }

    #[test]
    fn a_duration_has_hours_only_when_there_are_some() {
        let shown = [0, 9, 65, 3599, 3725].map(duration);
        assert_eq!(shown, ["0:00", "0:09", "1:05", "59:59", "1:02:05"]);
    }

    #[test]
    fn a_login_is_read_in_groups_without_a_lonely_digit() {
        assert_eq!(groups("492111234567", 3), ["492", "111", "234", "567"]);
        assert_eq!(groups("4921112345678", 3), ["492", "111", "234", "5678"]);
        assert_eq!(groups("49211123456", 3), ["492", "111", "234", "56"]);
    }
}
