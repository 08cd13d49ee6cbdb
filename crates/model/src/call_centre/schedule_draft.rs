//! A schedule as it is typed: a field for each day of the week, and a line for each holiday.

use super::{Holiday, Opening, Schedule, Weekday};
use crate::{Field, Problem, Problems};

/// A schedule as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScheduleDraft {
    /// `08:00-12:00 13:00-17:00` for each day, Monday first; nothing where it is closed.
    pub openings: [String; 7],
    /// `2026-12-24 2026-12-26 Weihnachten`; one day needs no second date.
    pub holidays: String,
}

impl ScheduleDraft {
    /// What would have to be typed for this schedule.
    #[must_use]
    pub fn of(schedule: &Schedule) -> Self {
        let of_day = |place: usize| {
            let is_then = |opening: &&Opening| opening.weekday == Weekday::ALL[place];
            let times = schedule.openings.iter().filter(is_then).map(Opening::typed);
            times.collect::<Vec<_>>().join(" ")
        };
        let holidays: Vec<_> = schedule.holidays.iter().map(Holiday::typed).collect();
        Self {
            openings: std::array::from_fn(of_day),
            holidays: holidays.join("\n"),
        }
    }

    /// The days that are open, as `monday 08:00-12:00 13:00-17:00`.
    #[must_use]
    pub fn days(&self) -> Vec<String> {
        let days = Weekday::ALL.iter().zip(&self.openings);
        let open = days.filter(|(_, times)| !times.is_empty());
        open.map(|(day, times)| format!("{day} {times}")).collect()
    }

    /// Reads every field.
    ///
    /// # Errors
    /// The fields with something that cannot be read, or with too much.
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

fn openings(days: &[String; 7]) -> Result<Vec<Opening>, Problem> {
    let mut openings = Vec::new();
    for (&weekday, times) in Weekday::ALL.iter().zip(days) {
        let times = times.replace([',', ';'], " ").replace(['–', '—'], "-");
        for span in times.split_whitespace() {
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
    }
    let max = Schedule::MOST_OPENINGS;
    if openings.len() > max {
        return Err(Problem::TooMany { max });
    }
    openings.sort();
    Ok(openings)
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
mod tests {
    use super::*;

    fn typed(monday: &str, friday: &str, holidays: &str) -> ScheduleDraft {
        let mut draft = ScheduleDraft {
            holidays: holidays.into(),
            ..ScheduleDraft::default()
        };
        draft.openings[0] = monday.into();
        draft.openings[4] = friday.into();
        draft
    }

    #[test]
    fn g4_hours_and_holidays_are_shown_as_they_are_typed() {
        let holidays = "2026-12-24 2026-12-26 Weihnachten\n2027-01-01 Neujahr";
        let draft = typed("8-12, 13:00–17:00", "8:30-24:00", holidays);
        let schedule = draft.check().unwrap();
        let shown = ScheduleDraft::of(&schedule);
        let days = ["monday 08:00-12:00 13:00-17:00", "friday 08:30-24:00"];
        assert_eq!(shown.days(), days);
        assert_eq!(shown.holidays, holidays);
        assert_eq!(shown.check().unwrap(), schedule);
    }

    #[test]
    fn g4_what_cannot_be_read_is_told() {
        let problem = |monday: &str, holidays: &str| {
            let draft = typed(monday, "", holidays);
            draft.check().unwrap_err().0.remove(0).problem
        };
        assert_eq!(problem("morgens", ""), Problem::InvalidTime);
        assert_eq!(problem("8-25", ""), Problem::InvalidTime);
        assert_eq!(problem("12-8", ""), Problem::EndBeforeBegin);
        assert_eq!(problem("", "24.12. Weihnachten"), Problem::InvalidDay);
        assert_eq!(problem("", "2026-12-24"), Problem::Required);
    }
}
