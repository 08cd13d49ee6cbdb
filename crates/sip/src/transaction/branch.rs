//! Our branches: the cookie, the shard, a random number.

use super::Transactions;

pub(super) const COOKIE: &[u8] = b"z9hG4bK";
const SHARD_DIGITS: usize = 2;
const RANDOM_DIGITS: usize = 16;

/// A fresh branch for one request.
#[derive(Clone, Copy, Debug)]
pub struct Branch {
    pub(super) random: u64,
    shard: u8,
}

impl Branch {
    /// As written in Via.
    #[must_use]
    pub fn text(&self) -> Vec<u8> {
        let mut text = COOKIE.to_vec();
        text.extend(hex(u64::from(self.shard), SHARD_DIGITS));
        text.extend(hex(self.random, RANDOM_DIGITS));
        text
    }

    /// Reads a branch that may be ours: the shard and the random number.
    pub(crate) fn read(text: &[u8]) -> Option<(u8, u64)> {
        let (shard, random) = text.strip_prefix(COOKIE)?.split_at_checked(SHARD_DIGITS)?;
        if random.len() != RANDOM_DIGITS {
            return None;
        }
        Some((u8::try_from(unhex(shard)?).ok()?, unhex(random)?))
    }
}

impl Transactions {
    /// A branch nobody used before.
    pub fn branch(&mut self) -> Branch {
        Branch {
            random: self.random(),
            shard: self.shard,
        }
    }
}

/// `value` in exactly so many hexadecimal digits.
pub(crate) fn hex(value: u64, digits: usize) -> Vec<u8> {
    format!("{value:0digits$x}").into_bytes()
}

/// A hexadecimal number of at most 16 digits.
pub(crate) fn unhex(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u64::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
