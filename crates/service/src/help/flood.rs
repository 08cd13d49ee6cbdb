//! How many answers are counted: so many of one source, so many in all.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use model::Timestamp;

use crate::{Error, Result};

/// Answers of one source within [`WINDOW_S`]; a whole office may stand behind it.
const OF_ONE: u32 = 60;
/// Answers of all within [`WINDOW_S`]; it bounds the memory too.
const OF_ALL: u32 = 2_000;
/// How long answers count, in seconds.
const WINDOW_S: i64 = 3_600;

/// Answers of the current window, kept in memory only.
#[derive(Default)]
pub(crate) struct Flood(Mutex<Window>);

#[derive(Default)]
struct Window {
    /// Unset before the first answer.
    ends_at: Option<Timestamp>,
    all: u32,
    of: HashMap<IpAddr, u32>,
}

impl Flood {
    /// Counts an answer, or fails when there were too many.
    pub(crate) fn take(&self, source: IpAddr, now: Timestamp) -> Result<()> {
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ends_at = match window.ends_at {
            Some(ends_at) if ends_at > now => ends_at,
            Some(_) | None => {
                let ends_at = now.plus_seconds(WINDOW_S);
                *window = Window {
                    ends_at: Some(ends_at),
                    ..Window::default()
                };
                ends_at
            }
        };
        let of_one = window.of.get(&source).copied().unwrap_or_default();
        if of_one >= OF_ONE || window.all >= OF_ALL {
            let retry_after_s = (ends_at.0 - now.0 + 999) / 1000;
            return Err(Error::TooManyAttempts { retry_after_s });
        }
        window.all += 1;
        window.of.insert(source, of_one + 1);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const SOURCE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn h2_a_source_answers_sixty_times_an_hour_and_all_two_thousand_times() {
        let (flood, now) = (Flood::default(), Timestamp(0));
        for _ in 0..OF_ONE {
            assert!(flood.take(SOURCE, now).is_ok());
        }
        let refused = flood.take(SOURCE, now.plus_seconds(60));
        assert!(
            matches!(
                refused,
                Err(Error::TooManyAttempts {
                    retry_after_s: 3540
                })
            ),
            "{refused:?}"
        );
        let others = (1..10_000).filter(|n| {
            let source = IpAddr::V4(Ipv4Addr::from(*n));
            flood.take(source, now).is_ok()
        });
        assert_eq!(others.count(), 1_940);
        assert!(flood.0.lock().unwrap().of.len() <= 1_941);
        assert!(flood.take(SOURCE, now.plus_seconds(WINDOW_S)).is_ok());
    }
}
