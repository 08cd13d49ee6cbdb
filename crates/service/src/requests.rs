//! How often one source may ask for mail: each question costs somebody a letter.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use model::Timestamp;

use crate::{Error, Result};

/// Questions of one source about one name, within [`WINDOW_S`].
const ABOUT_ONE: u32 = 3;
/// Questions of one source, within [`WINDOW_S`]; a whole office may stand behind it.
const OF_ONE: u32 = 20;
/// How long questions count, in seconds.
const WINDOW_S: i64 = 900;
/// How many sources and names are remembered.
const REMEMBERED: usize = 10_000;

/// Questions per source, and per source and name, kept in memory.
#[derive(Default)]
pub(crate) struct Requests(Mutex<HashMap<(IpAddr, Option<String>), Window>>);

#[derive(Clone, Copy)]
struct Window {
    count: u32,
    ends_at: Timestamp,
}

impl Requests {
    /// Counts a question about a name, or fails when there were too many.
    pub(crate) fn take(&self, source: IpAddr, name: &str, now: Timestamp) -> Result<()> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        windows.retain(|_, window| window.ends_at > now);
        if windows.len() + 2 > REMEMBERED {
            windows.clear();
        }
        for (name, most) in [(None, OF_ONE), (Some(name), ABOUT_ONE)] {
            let window = windows.entry((source, name.map(str::to_owned)));
            let window = window.or_insert(Window {
                count: 0,
                ends_at: now.plus_seconds(WINDOW_S),
            });
            if window.count >= most {
                let retry_after_s = (window.ends_at.0 - now.0 + 999) / 1000;
                return Err(Error::TooManyAttempts { retry_after_s });
            }
            window.count += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn a1_a_source_asks_three_times_about_a_name_and_twenty_times_in_all() {
        let (requests, now) = (Requests::default(), Timestamp(0));
        for _ in 0..ABOUT_ONE {
            assert!(requests.take(SOURCE, "anna", now).is_ok());
        }
        let refused = requests.take(SOURCE, "anna", now);
        assert!(matches!(
            refused,
            Err(Error::TooManyAttempts { retry_after_s: 900 })
        ));
        let others = (0..100).filter(|n| requests.take(SOURCE, &n.to_string(), now).is_ok());
        assert_eq!(others.count(), 16, "four were asked about Anna");
        let elsewhere = "192.0.2.1".parse().unwrap();
        assert!(requests.take(elsewhere, "anna", now).is_ok());
        assert!(
            requests
                .take(SOURCE, "anna", now.plus_seconds(WINDOW_S))
                .is_ok()
        );
    }

    #[test]
    fn memory_is_bounded() {
        let requests = Requests::default();
        for n in 0..u32::try_from(REMEMBERED).unwrap() {
            let source = IpAddr::V4(std::net::Ipv4Addr::from(n));
            assert!(requests.take(source, "anna", Timestamp(0)).is_ok());
        }
        assert!(requests.0.lock().unwrap().len() <= REMEMBERED);
    }
}
