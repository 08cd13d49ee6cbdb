//! Cutting messages out of a stream (RFC 3261 §18.3, RFC 5626 §3.5.1).

use super::span::number;
use super::{MAX_MESSAGE, Name};
use bytes::{Buf, BytesMut};

/// Start line and headers of one message in a stream may not be longer.
const MAX_HEAD: usize = 32_768;
const MAX_START_LINE: usize = 8_192;

/// What was cut out.
#[derive(Debug)]
pub enum Frame {
    /// Keep-alive of two line ends: answer with one.
    Ping,
    /// One whole message.
    Message(BytesMut),
}

/// The stream cannot be followed any further and is closed.
#[derive(Debug, thiserror::Error)]
pub enum FramingError {
    /// Not SIP, or over a limit.
    #[error("not SIP, or over a limit")]
    Garbage,
    /// The length is missing, contradictory or too large; the head can be answered 400 before closing.
    #[error("no reliable Content-Length")]
    BadLength(BytesMut),
}

/// Buffer of one stream.
#[derive(Default)]
pub struct Framer {
    buffer: BytesMut,
    /// Up to here no end of headers was found.
    scanned: usize,
    is_dead: bool,
}

impl Framer {
    /// Where arriving bytes are appended.
    pub fn buffer(&mut self) -> &mut BytesMut {
        &mut self.buffer
    }

    /// The next message, or `None` until more bytes arrive. After an error every further call is an error.
    ///
    /// # Errors
    /// [`FramingError`] when the stream has to be closed.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, FramingError> {
        if self.is_dead {
            return Err(FramingError::Garbage);
        }
        let result = self.scan();
        self.is_dead = result.is_err();
        result
    }

    fn scan(&mut self) -> Result<Option<Frame>, FramingError> {
        if self.scanned == 0 {
            if self.buffer.starts_with(b"\r\n\r\n") {
                self.buffer.advance(4);
                return Ok(Some(Frame::Ping));
            }
            if self.buffer.starts_with(b"\r\n") && self.buffer.get(2).is_some_and(|c| *c != b'\r') {
                self.buffer.advance(2);
            }
            if self.buffer.is_empty() || self.buffer[0] == b'\r' && self.buffer.len() < 4 {
                return Ok(None);
            }
        }
        let from = self.scanned.saturating_sub(3);
        match memchr::memmem::find(&self.buffer[from..], b"\r\n\r\n") {
            Some(distance) => self.cut(from + distance + 4),
            None => self.wait_for_head(),
        }
    }

    fn wait_for_head(&mut self) -> Result<Option<Frame>, FramingError> {
        self.scanned = self.buffer.len();
        let end = memchr::memchr(b'\n', &self.buffer);
        let first = &self.buffer[..end.unwrap_or(self.buffer.len())];
        let is_foreign = end.is_some() && memchr::memmem::find(first, b"SIP/").is_none();
        if self.buffer.len() > MAX_HEAD || first.len() > MAX_START_LINE || is_foreign {
            return Err(FramingError::Garbage);
        }
        Ok(None)
    }

    fn cut(&mut self, head: usize) -> Result<Option<Frame>, FramingError> {
        if memchr::memmem::find(&self.buffer[..head], b"SIP/").is_none() {
            return Err(FramingError::Garbage);
        }
        let length = content_length(&self.buffer[..head - 2])
            .map(|length| length as usize)
            .filter(|length| head <= MAX_HEAD && head + length <= MAX_MESSAGE);
        let Some(length) = length else {
            return Err(FramingError::BadLength(self.buffer.split_to(head)));
        };
        if self.buffer.len() < head + length {
            self.scanned = head - 3;
            return Ok(None);
        }
        self.scanned = 0;
        Ok(Some(Frame::Message(self.buffer.split_to(head + length))))
    }
}

/// The one value all Content-Length lines agree on; two different ones would let a request be smuggled.
fn content_length(head: &[u8]) -> Option<u32> {
    let mut length = None;
    for line in head.split(|c| *c == b'\n').skip(1) {
        let Some(colon) = memchr::memchr(b':', line) else {
            continue;
        };
        if Name::from_bytes(line[..colon].trim_ascii_end()) != Name::ContentLength {
            continue;
        }
        let value = number(line[colon + 1..].trim_ascii())?;
        if length.is_some_and(|other| other != value) {
            return None;
        }
        length = Some(value);
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &[u8] = b"OPTIONS sip:a SIP/2.0\r\nContent-Length : 5\r\n\r\nhello";

    fn texts(framer: &mut Framer) -> Vec<Vec<u8>> {
        let mut out = Vec::new();
        while let Ok(Some(frame)) = framer.next_frame() {
            out.push(match frame {
                Frame::Ping => b"ping".to_vec(),
                Frame::Message(bytes) => bytes.to_vec(),
            });
        }
        out
    }

    #[test]
    fn pipelined_messages_and_keep_alives_are_cut_at_any_split() {
        let stream = [MESSAGE, b"\r\n\r\n", MESSAGE, b"\r\n", MESSAGE].concat();
        for piece in [1, 2, 3, 7, stream.len()] {
            let (mut framer, mut out) = (Framer::default(), Vec::new());
            for bytes in stream.chunks(piece) {
                framer.buffer().extend_from_slice(bytes);
                out.extend(texts(&mut framer));
            }
            assert_eq!(
                out,
                [MESSAGE, b"ping", MESSAGE, MESSAGE],
                "pieces of {piece}"
            );
        }
    }

    #[test]
    fn contradictory_missing_and_huge_lengths_end_the_stream() {
        for length in [
            "Content-Length: 1\r\nl: 2",
            "X: y",
            "l: 18446744073709551615",
            "l: -5",
            "l: 70000",
            "l:",
        ] {
            let mut framer = Framer::default();
            framer
                .buffer()
                .extend_from_slice(format!("BYE sip:a SIP/2.0\r\n{length}\r\n\r\n").as_bytes());
            assert!(
                matches!(framer.next_frame(), Err(FramingError::BadLength(_))),
                "{length}"
            );
            assert!(matches!(framer.next_frame(), Err(FramingError::Garbage)));
        }
    }

    #[test]
    fn other_protocols_and_endless_heads_end_the_stream() {
        let endless = [b"OPTIONS sip:a SIP/2.0\r\nX: ".to_vec(), vec![b'a'; 40_000]].concat();
        for bytes in [&b"GET / HTTP/1.1\r\n"[..], &endless, &vec![b'a'; 9_000]] {
            let mut framer = Framer::default();
            framer.buffer().extend_from_slice(bytes);
            assert!(framer.next_frame().is_err());
        }
    }
}
