//! A message written front to back into one buffer.

use super::{Header, Message};
use bytes::Bytes;

/// Collects start line and headers; [`Writer::finish`] adds the body.
pub struct Writer(Vec<u8>);

impl Writer {
    /// Begins a request.
    #[must_use]
    pub fn request(method: &[u8], uri: &[u8]) -> Writer {
        let mut writer = Writer(Vec::with_capacity(1024));
        writer.put(method).put(b" ").put(uri).put(b" SIP/2.0\r\n");
        writer
    }

    /// Begins a status line.
    #[must_use]
    pub fn status(code: u16, reason: &[u8]) -> Writer {
        let mut writer = Writer(Vec::with_capacity(1024));
        writer
            .put(b"SIP/2.0 ")
            .number(u64::from(code))
            .put(b" ")
            .put(reason)
            .put(b"\r\n");
        writer
    }

    /// Begins some header lines for [`Writer::join`].
    #[must_use]
    pub fn part() -> Writer {
        Writer(Vec::new())
    }

    /// The lines of a [`Writer::part`].
    pub fn join(&mut self, part: &Writer) -> &mut Self {
        self.put(&part.0)
    }

    /// Bytes as they are.
    pub fn put(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// A decimal number.
    pub fn number(&mut self, number: u64) -> &mut Self {
        let mut digits = [0u8; 20];
        let (mut at, mut rest) = (digits.len(), number);
        loop {
            at -= 1;
            digits[at] = b"0123456789"[usize::try_from(rest % 10).unwrap_or(0)];
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.put(&digits[at..])
    }

    /// One header line.
    pub fn header(&mut self, name: &str, value: &[u8]) -> &mut Self {
        self.put(name.as_bytes()).put(b": ").put(value).put(b"\r\n")
    }

    /// One header line with a decimal number.
    pub fn number_header(&mut self, name: &str, value: u64) -> &mut Self {
        self.put(name.as_bytes())
            .put(b": ")
            .number(value)
            .put(b"\r\n")
    }

    /// A header line of another message, as it was written there.
    pub fn copy(&mut self, message: &Message, header: &Header) -> &mut Self {
        self.put(message.get(header.written))
            .put(b": ")
            .put(message.get(header.value))
            .put(b"\r\n")
    }

    /// Content-Type (only with a body), Content-Length, body.
    #[must_use]
    pub fn finish(mut self, content_type: Option<&[u8]>, body: &[u8]) -> Bytes {
        if let Some(content_type) = content_type.filter(|_| !body.is_empty()) {
            self.header("Content-Type", content_type);
        }
        self.number_header("Content-Length", body.len() as u64);
        self.put(b"\r\n").put(body);
        Bytes::from(self.0)
    }
}
