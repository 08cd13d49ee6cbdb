//! When a call centre is open: weekly hours and holidays, in the time of the site.

use std::{fmt, str::FromStr};

use crate::{Problem, licence::catalogue};

catalogue! {
    /// A day of the week.
    #[expect(missing_docs, reason = "the days of the week")]
    Weekday {
        Monday = "monday",
        Tuesday = "tuesday",
        Wednesday = "wednesday",
        Thursday = "thursday",
        Friday = "friday",
        Saturday = "saturday",
        Sunday = "sunday",
    }
}

catalogue! {
    /// Whether a call centre is open at a moment.
    Hours {
        /// Yes.
        Open = "open",
        /// No, at this time of the week.
        Closed = "closed",
        /// No, because of a holiday.
        Holiday = "holiday",
    }
}

/// A moment as the clock on the site's wall shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalMoment {
    /// Day of the week.
    pub weekday: Weekday,
    /// Minutes since midnight, 0 to 1439.
    pub minute: u16,
    /// The date as the number `yyyymmdd`.
    pub date: u32,
}

/// A time of a day of the week at which a call centre is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    /// On which day.
    pub weekday: Weekday,
    /// From this minute of the day on.
    pub from: u16,
    /// Before this minute of the day; 1440 is midnight.
    pub until: u16,
}

/// Days on which it is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// What it is called.
    pub name: crate::Label,
    /// The first day, as the number `yyyymmdd`.
    pub from: u32,
    /// The last day.
    pub until: u32,
}

/// Weekly hours and holidays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// When it is open; without any, always.
    pub openings: Vec<Opening>,
    /// When it is closed all the same.
    pub holidays: Vec<Holiday>,
}

impl Opening {
    /// Minutes of a day.
    pub const DAY: u16 = 24 * 60;
}

impl Schedule {
    /// So many times of the week at most.
    pub const MOST_OPENINGS: usize = 28;
    /// So many holidays at most.
    pub const MOST_HOLIDAYS: usize = 200;

    /// Whether it is open at a moment.
    #[must_use]
    pub fn at(&self, moment: LocalMoment) -> Hours {
        let is_holiday =
            |holiday: &Holiday| holiday.from <= moment.date && moment.date <= holiday.until;
        let is_open = |opening: &Opening| {
            opening.weekday == moment.weekday
                && opening.from <= moment.minute
                && moment.minute < opening.until
        };
        if self.holidays.iter().any(is_holiday) {
            Hours::Holiday
        } else if self.openings.is_empty() || self.openings.iter().any(is_open) {
            Hours::Open
        } else {
            Hours::Closed
        }
    }
}

#[cfg(test)]
#[expect(clippy::inconsistent_digit_grouping, reason = "years, months and days")]
mod tests {
    use super::*;

    #[test]
    fn g4_holidays_come_before_the_weekly_hours() {
        let opening = Opening {
            weekday: Weekday::Monday,
            from: 8 * 60,
            until: 17 * 60,
        };
        let christmas = Holiday {
            name: "Weihnachten".parse().unwrap(),
            from: 2026_12_25,
            until: 2026_12_26,
        };
        let schedule = Schedule {
            openings: vec![opening],
            holidays: vec![christmas],
        };
        let at = |weekday, minute, date| {
            schedule.at(LocalMoment {
                weekday,
                minute,
                date,
            })
        };
        let monday = Weekday::Monday;
        assert_eq!(at(monday, 479, 2026_11_23), Hours::Closed);
        assert_eq!(at(monday, 480, 2026_11_23), Hours::Open);
        assert_eq!(at(monday, 1020, 2026_11_23), Hours::Closed);
        assert_eq!(at(Weekday::Tuesday, 600, 2026_11_24), Hours::Closed);
        assert_eq!(at(monday, 600, 2026_12_25), Hours::Holiday);
        assert_eq!(at(monday, 600, 2026_12_27), Hours::Open);
    }

    #[test]
    fn g4_without_hours_it_is_always_open() {
        let moment = LocalMoment {
            weekday: Weekday::Sunday,
            minute: 0,
            date: 2026_11_22,
        };
        assert_eq!(Schedule::default().at(moment), Hours::Open);
    }
}
