//! What the clock on a site's wall shows.

use jiff::tz::TimeZone;
use model::{
    Country, Timestamp,
    call_centre::{LocalMoment, Weekday},
};

/// A moment in the time of a country.
pub(super) fn moment(at: Timestamp, country: Country) -> LocalMoment {
    let zone = TimeZone::get(country.time_zone()).unwrap_or(TimeZone::UTC);
    let stamp = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    let local = stamp.to_zoned(zone);
    let days = Weekday::ALL;
    let nth = local.weekday().to_monday_zero_offset();
    let nth = usize::try_from(nth).unwrap_or_default();
    let number = |value: i8| u32::try_from(value).unwrap_or_default();
    let year = u32::try_from(local.year()).unwrap_or_default();
    let minutes = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute()));
    LocalMoment {
        weekday: days[nth.min(days.len() - 1)],
        minute: minutes.unwrap_or_default(),
        date: year * 10_000 + number(local.month()) * 100 + number(local.day()),
    }
}

#[cfg(test)]
#[expect(clippy::inconsistent_digit_grouping, reason = "years, months and days")]
mod tests {
    use super::*;

    #[test]
    fn g4_hours_are_those_of_the_site_and_follow_summer_time() {
        // 2026-07-01 06:30 UTC is a Wednesday.
        let at = Timestamp(1_782_887_400_000);
        let germany = moment(at, Country::Germany);
        assert_eq!((germany.weekday, germany.minute), (Weekday::Wednesday, 510));
        assert_eq!(germany.date, 2026_07_01);
        let britain = moment(at, Country::UnitedKingdom);
        assert_eq!(britain.minute, 450);
    }
}
