//! When a call centre is open: weekly hours and holidays, in the time of the site.

use crate::{Field, Problem, Problems, licence::catalogue};
use std::{fmt, str::FromStr};

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

/// A schedule as it was typed: one line for each day that is open, one for each holiday.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScheduleDraft {
    /// `monday 08:00-12:00 13:00-17:00`; days in English, German or shortened to two or three letters.
    pub openings: String,
    /// `2026-12-24 2026-12-26 Weihnachten`; one day needs no second date.
    pub holidays: String,
}

impl ScheduleDraft {
    /// What would have to be typed for this schedule.
    #[must_use]
    pub fn of(schedule: &Schedule) -> Self {
        let mut openings: Vec<String> = Vec::new();
        for &day in Weekday::ALL {
            let of_day = schedule.openings.iter().filter(|o| o.weekday == day);
            let times: Vec<_> = of_day.map(Opening::typed).collect();
            if !times.is_empty() {
                openings.push(format!("{day} {}", times.join(" ")));
            }
        }
        let holidays: Vec<_> = schedule.holidays.iter().map(Holiday::typed).collect();
        Self {
            openings: openings.join("\n"),
            holidays: holidays.join("\n"),
        }
    }

    /// Reads every line.
    ///
    /// # Errors
    /// The fields with a line that cannot be read, or with too many.
    pub fn check(&self) -> Result<Schedule, Problems> {
        let mut problems = Problems::default();
        let openings = problems.note(Field::Openings, openings(&self.openings));
        let holidays = problems.note(Field::Holidays, holidays(&self.holidays));
        problems.check()?;
        Ok(Schedule {
            openings: openings.unwrap_or_default(),
            holidays: holidays.unwrap_or_default(),
        })
    }
}

impl Opening {
    fn typed(&self) -> String {
        let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        format!("{}-{}", time(self.from), time(self.until))
    }
}

impl Holiday {
    fn typed(&self) -> String {
        let (from, until) = (date_typed(self.from), date_typed(self.until));
        if self.from == self.until {
            format!("{from} {}", self.name)
        } else {
            format!("{from} {until} {}", self.name)
        }
    }
}

fn date_typed(date: u32) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        date / 10_000,
        date / 100 % 100,
        date % 100
    )
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn openings(text: &str) -> Result<Vec<Opening>, Problem> {
    let mut openings = Vec::new();
    for line in lines(text) {
        let line = line.replace([',', ';'], " ").replace(['–', '—'], "-");
        let mut words = line.split_whitespace();
        let day = words.next().ok_or(Problem::InvalidTime)?;
        let weekday = weekday(day.trim_end_matches([':', '.']))?;
        let before = openings.len();
        for span in words {
            let (from, until) = span.split_once('-').ok_or(Problem::InvalidTime)?;
            let (from, until) = (minute(from)?, minute(until)?);
            if until <= from {
                return Err(Problem::EndBeforeBegin);
            }
            openings.push(Opening {
                weekday,
                from,
                until,
            });
        }
        if openings.len() == before {
            return Err(Problem::InvalidTime);
        }
    }
    let max = Schedule::MOST_OPENINGS;
    if openings.len() > max {
        return Err(Problem::TooMany { max });
    }
    openings.sort();
    Ok(openings)
}

/// A day by its English or German name, or the first letters of it.
fn weekday(text: &str) -> Result<Weekday, Problem> {
    const GERMAN: [&str; 7] = [
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
    ];
    let text = text.to_lowercase();
    let is_meant = |name: &str| text.len() >= 2 && name.starts_with(&text);
    let days = Weekday::ALL.iter().zip(GERMAN);
    let mut found = days.filter(|(day, german)| is_meant(day.id()) || is_meant(german));
    found.next().map(|(day, _)| *day).ok_or(Problem::Unknown)
}

fn minute(text: &str) -> Result<u16, Problem> {
    let (hour, minute) = text.split_once(':').unwrap_or((text, "0"));
    let number = |text: &str| text.parse::<u16>().map_err(|_| Problem::InvalidTime);
    let (hour, minute) = (number(hour)?, number(minute)?);
    let is_time = minute < 60 && (hour < 24 || (hour == 24 && minute == 0));
    is_time
        .then_some(hour * 60 + minute)
        .ok_or(Problem::InvalidTime)
}

fn holidays(text: &str) -> Result<Vec<Holiday>, Problem> {
    let mut holidays = Vec::new();
    for line in lines(text) {
        let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let from = date(first)?;
        let (second, name) = rest
            .trim()
            .split_once(char::is_whitespace)
            .unwrap_or((rest.trim(), ""));
        let (until, name) = match date(second) {
            Ok(until) => (until, name),
            Err(_) => (from, rest),
        };
        if until < from {
            return Err(Problem::EndBeforeBegin);
        }
        let name = name.parse()?;
        holidays.push(Holiday { name, from, until });
    }
    let max = Schedule::MOST_HOLIDAYS;
    if holidays.len() > max {
        return Err(Problem::TooMany { max });
    }
    Ok(holidays)
}

fn date(text: &str) -> Result<u32, Problem> {
    let parts: Vec<u32> = text
        .split('-')
        .filter_map(|part| part.parse().ok())
        .collect();
    match parts[..] {
        [year @ 2000..=2999, month @ 1..=12, day @ 1..=31] if text.len() == 10 => {
            Ok(year * 10_000 + month * 100 + day)
        }
        _ => Err(Problem::InvalidDay),
    }
}

#[cfg(test)]
#[expect(clippy::inconsistent_digit_grouping, reason = "years, months and days")]
mod tests {
    use super::*;

    #[test]
    fn g4_hours_and_holidays_are_typed_in_lines_and_shown_as_they_are_typed() {
        let draft = ScheduleDraft {
            openings: "Mo 8-12 13:00–17:00\n\nfreitag: 8:30-24:00".into(),
            holidays: "2026-12-24 2026-12-26 Weihnachten\n2027-01-01 Neujahr".into(),
        };
        let schedule = draft.check().unwrap();
        let shown = ScheduleDraft::of(&schedule);
        let openings = "monday 08:00-12:00 13:00-17:00\nfriday 08:30-24:00";
        assert_eq!(shown.openings, openings);
        assert_eq!(shown.holidays, draft.holidays);
        assert_eq!(shown.check().unwrap(), schedule);
    }

    #[test]
    fn g4_a_line_that_cannot_be_read_is_told() {
        let problem = |openings: &str, holidays: &str| {
            let draft = ScheduleDraft {
                openings: openings.into(),
                holidays: holidays.into(),
            };
            draft.check().unwrap_err().0.remove(0).problem
        };
        assert_eq!(problem("Xtag 8-12", ""), Problem::Unknown);
        assert_eq!(problem("Mo", ""), Problem::InvalidTime);
        assert_eq!(problem("Mo 8-25", ""), Problem::InvalidTime);
        assert_eq!(problem("Mo 12-8", ""), Problem::EndBeforeBegin);
        assert_eq!(problem("", "24.12. Weihnachten"), Problem::InvalidDay);
        assert_eq!(problem("", "2026-12-24"), Problem::Required);
    }

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
