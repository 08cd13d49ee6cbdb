//! Reading forward through one header value.

use super::span::{Span, is_space, is_token, number};

/// A place in `bytes` that moves forward; positions stay absolute so that spans can be kept.
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    pub(crate) at: usize,
    pub(crate) end: usize,
}

/// A parameter whose name or value cannot be read.
pub(crate) struct BadParameter;

impl<'a> Cursor<'a> {
    pub(crate) fn new(bytes: &'a [u8], span: Span) -> Self {
        Cursor {
            bytes,
            at: span.start(),
            end: span.end(),
        }
    }

    pub(crate) fn whole(bytes: &'a [u8]) -> Self {
        Cursor {
            bytes,
            at: 0,
            end: bytes.len(),
        }
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        (self.at < self.end).then(|| self.bytes[self.at])
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at..self.end]
    }

    pub(crate) fn skip_space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    pub(crate) fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// `byte` with white space allowed around it; nothing is consumed when it is not there.
    pub(crate) fn separator(&mut self, byte: u8) -> Option<()> {
        let before = self.at;
        self.skip_space();
        if self.eat(byte).is_none() {
            self.at = before;
            return None;
        }
        self.skip_space();
        Some(())
    }

    pub(crate) fn take(&mut self, accept: impl Fn(u8) -> bool) -> Option<Span> {
        let start = self.at;
        while self.peek().is_some_and(&accept) {
            self.at += 1;
        }
        (self.at > start).then(|| Span::new(start, self.at))
    }

    pub(crate) fn token(&mut self) -> Option<Span> {
        self.take(is_token)
    }

    /// A quoted string with its quotes.
    pub(crate) fn quoted(&mut self) -> Option<Span> {
        let start = self.at;
        self.eat(b'"')?;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(Span::new(start, self.at));
                }
                b'\\' => self.at = (self.at + 2).min(self.end),
                _ => self.at += 1,
            }
        }
    }

    /// Host name, IPv4 address, or IPv6 address in brackets.
    pub(crate) fn host(&mut self) -> Option<Span> {
        if self.peek()? != b'[' {
            return self.take(|c| c.is_ascii_alphanumeric() || b"-._".contains(&c));
        }
        let start = self.at;
        let close = memchr::memchr(b']', self.rest())?;
        let inside = std::str::from_utf8(&self.bytes[start + 1..start + close]).ok()?;
        inside.parse::<std::net::Ipv6Addr>().ok()?;
        self.at = start + close + 1;
        Some(Span::new(start, self.at))
    }

    pub(crate) fn port(&mut self) -> Option<u16> {
        let digits = self.take(|c| c.is_ascii_digit())?;
        u16::try_from(number(&self.bytes[digits.range()])?).ok()
    }

    /// One `;name[=value]`; `None` where no further parameter begins.
    pub(crate) fn parameter(&mut self) -> Result<Option<(Span, Span)>, BadParameter> {
        if self.separator(b';').is_none() {
            return Ok(None);
        }
        let name = self.token().ok_or(BadParameter)?;
        if self.separator(b'=').is_none() {
            return Ok(Some((name, Span::default())));
        }
        let value = if self.peek() == Some(b'"') {
            self.quoted()
        } else {
            self.take(|c| is_token(c) || b"[]:/@".contains(&c) || c >= 0x80)
        };
        Ok(Some((name, value.ok_or(BadParameter)?)))
    }
}

/// The elements of a comma list; commas inside quotes and angle brackets do not separate.
pub(crate) fn elements(bytes: &[u8], span: Span) -> smallvec::SmallVec<[Span; 4]> {
    let mut out = smallvec::SmallVec::new();
    let (mut start, mut at, end) = (span.start(), span.start(), span.end());
    let (mut in_quotes, mut in_angle) = (false, false);
    while at < end {
        match bytes[at] {
            b'\\' if in_quotes => at += 1,
            b'"' if !in_angle => in_quotes = !in_quotes,
            b'<' if !in_quotes => in_angle = true,
            b'>' if !in_quotes => in_angle = false,
            b',' if !in_quotes && !in_angle => {
                out.push(Span::trimmed(bytes, start, at));
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    out.push(Span::trimmed(bytes, start.min(end), end));
    out
}

/// Finds `;name[=value]` in a parameter string such as `;expires=60;lr`; a name alone gives an empty value.
#[must_use]
pub fn parameter<'a>(parameters: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let mut cursor = Cursor::whole(parameters);
    while let Ok(Some((key, value))) = cursor.parameter() {
        if parameters[key.range()].eq_ignore_ascii_case(name.as_bytes()) {
            let value = &parameters[value.range()];
            return Some(
                value
                    .strip_prefix(b"\"")
                    .and_then(|v| v.strip_suffix(b"\""))
                    .unwrap_or(value),
            );
        }
    }
    None
}
