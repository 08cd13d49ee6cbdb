//! A part of a message's buffer, by position.

/// Byte range inside the buffer of the message it came from.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// `start..end`; a message is at most 64 kB, so larger positions only mean an empty span.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Span {
        Span {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        }
    }

    /// First position.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Position after the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// True when nothing is in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The range for indexing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start()..self.end()
    }

    /// The part of `start..end` that is left without white space around it.
    pub(crate) fn trimmed(bytes: &[u8], mut start: usize, mut end: usize) -> Span {
        while start < end && is_space(bytes[start]) {
            start += 1;
        }
        while end > start && is_space(bytes[end - 1]) {
            end -= 1;
        }
        Span::new(start, end)
    }
}

/// Space or tab, the only white space inside a line.
pub(crate) fn is_space(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// `token` of RFC 3261 §25.1.
pub(crate) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte)
}

/// A decimal number of at most ten digits that fits.
pub(crate) fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 10 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits
        .iter()
        .fold(0u64, |sum, digit| sum * 10 + u64::from(*digit - b'0'));
    u32::try_from(value).ok()
}
