//! Bytes to a message: start line, header lines, body.

use super::method::Method;
use super::name::Name;
use super::span::{Span, is_space, is_token, number};
use super::uri::Uri;
use super::{Address, Fault, Header, MAX_HEADERS, MAX_MESSAGE, Message, Start, Via};
use bytes::{Bytes, BytesMut};
use smallvec::SmallVec;

/// How the bytes were delimited, which decides what a missing Content-Length means (RFC 3261 §18.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wire {
    /// One datagram; without Content-Length the body is the rest.
    Datagram,
    /// Cut out of a stream; Content-Length is required.
    Stream,
}

/// Not even a SIP start line: there is nothing to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unreadable: {0}")]
pub struct Unreadable(pub &'static str);

/// The first fault found is the one that is answered.
#[derive(Default)]
pub(super) struct Faults(pub(super) Option<Fault>);

impl Faults {
    pub(super) fn add(&mut self, why: &'static str) {
        self.add_code(400, why);
    }

    pub(super) fn add_code(&mut self, code: u16, why: &'static str) {
        self.0.get_or_insert(Fault { code, why });
    }
}

impl Message {
    /// Reads one datagram or one message cut out of a stream.
    ///
    /// # Errors
    /// [`Unreadable`] when the first line is not SIP. Everything else wrong is in [`Message::fault`].
    pub fn parse(mut bytes: BytesMut, wire: Wire) -> Result<Message, Unreadable> {
        let leading = bytes
            .chunks_exact(2)
            .take_while(|pair| *pair == b"\r\n")
            .count()
            * 2;
        bytes::Buf::advance(&mut bytes, leading);
        if bytes.len() > MAX_MESSAGE {
            return Err(Unreadable("too large"));
        }
        let end = memchr::memchr(b'\n', &bytes).ok_or(Unreadable("no line end"))?;
        let line = bytes[..end]
            .strip_suffix(b"\r")
            .ok_or(Unreadable("bare LF in the start line"))?;
        let mut faults = Faults::default();
        let start = start_line(line, &mut faults)?;
        let mut headers = SmallVec::new();
        let body = header_lines(&mut bytes, end + 1, &mut headers, &mut faults);
        let mut message = Message::unexamined(bytes.freeze(), start, headers, body);
        message.examine(wire, &mut faults);
        message.fault = faults.0;
        Ok(message)
    }

    fn unexamined(
        buffer: Bytes,
        start: Start,
        headers: SmallVec<[Header; 20]>,
        body: usize,
    ) -> Message {
        Message {
            body: Span::new(body, buffer.len()),
            buffer,
            start,
            headers,
            via: Via::default(),
            from: Address::default(),
            to: Address::default(),
            call_id: Span::default(),
            cseq: 0,
            cseq_method: Method::Other,
            max_forwards: None,
            fault: None,
            is_answerable: false,
        }
    }
}

fn start_line(line: &[u8], faults: &mut Faults) -> Result<Start, Unreadable> {
    if line.len() >= 8 && line[..8].eq_ignore_ascii_case(b"SIP/2.0 ") {
        return status_line(line);
    }
    let method_end = memchr::memchr(b' ', line).ok_or(Unreadable("no request line"))?;
    let is_version =
        |at: &usize| line[*at..].len() >= 4 && line[*at..*at + 4].eq_ignore_ascii_case(b"SIP/");
    let version = (0..line.len())
        .rev()
        .find(is_version)
        .ok_or(Unreadable("no SIP version"))?;
    let method = &line[..method_end];
    if method.is_empty() || !method.iter().all(|c| is_token(*c)) || version < method_end + 2 {
        return Err(Unreadable("no request line"));
    }
    let uri = Span::new(method_end + 1, version - 1);
    request_line_faults(line, uri, version, faults);
    Ok(Start::Request {
        method: Method::from_bytes(method),
        written: Span::new(0, method_end),
        uri,
    })
}

fn request_line_faults(line: &[u8], uri: Span, version: usize, faults: &mut Faults) {
    if &line[version..] != b"SIP/2.0" {
        if line[version..]
            .trim_ascii_end()
            .eq_ignore_ascii_case(b"SIP/2.0")
        {
            faults.add("Bad Request-Line");
        } else {
            faults.add_code(505, "Version Not Supported");
        }
    } else if line[version - 1] != b' ' || !is_request_uri(&line[uri.range()]) {
        faults.add("Bad Request-URI");
    }
}

fn is_request_uri(text: &[u8]) -> bool {
    Uri::parse(text).is_some_and(|uri| uri.headers.is_empty())
}

fn status_line(line: &[u8]) -> Result<Start, Unreadable> {
    let code = line
        .get(8..11)
        .and_then(number)
        .and_then(|code| u16::try_from(code).ok());
    match (code, line.get(11)) {
        (Some(code @ 100..=699), None | Some(b' ')) => Ok(Start::Response {
            code,
            reason: Span::new(line.len().min(12), line.len()),
        }),
        _ => Err(Unreadable("no status code")),
    }
}

/// Reads header lines from `at`, replacing folds by spaces in place; gives the position of the body.
fn header_lines(
    bytes: &mut BytesMut,
    mut at: usize,
    headers: &mut SmallVec<[Header; 20]>,
    faults: &mut Faults,
) -> usize {
    while at < bytes.len() {
        if bytes[at..].starts_with(b"\r\n") {
            return at + 2;
        }
        let start = at;
        let end = line_end(bytes, &mut at, faults);
        if headers.len() >= MAX_HEADERS {
            faults.add("Too Many Headers");
            return bytes.len();
        }
        match header_line(bytes, start, end) {
            Ok(header) => headers.push(header),
            Err(why) => faults.add(why),
        }
    }
    faults.add("No End Of Headers");
    bytes.len()
}

/// Moves `at` behind this line and its continuations (RFC 3261 §7.3.1); gives the position of the line's end.
fn line_end(bytes: &mut BytesMut, at: &mut usize, faults: &mut Faults) -> usize {
    let start = *at;
    loop {
        let Some(distance) = memchr::memchr(b'\n', &bytes[*at..]) else {
            *at = bytes.len();
            return *at;
        };
        let line_feed = *at + distance;
        *at = line_feed + 1;
        if line_feed == start || bytes[line_feed - 1] != b'\r' {
            faults.add("Bare LF");
            return line_feed;
        }
        if !bytes.get(*at).is_some_and(|c| is_space(*c)) {
            return line_feed - 1;
        }
        bytes[line_feed - 1] = b' ';
        bytes[line_feed] = b' ';
    }
}

fn header_line(bytes: &[u8], start: usize, end: usize) -> Result<Header, &'static str> {
    let line = &bytes[start..end];
    let colon = memchr::memchr(b':', line).ok_or("Bad Header Line")?;
    let name = line[..colon].trim_ascii_end();
    if name.is_empty() || !name.iter().all(|c| is_token(*c)) {
        return Err("Bad Header Name");
    }
    if memchr::memchr2(0, b'\r', line).is_some() {
        return Err("Bad Character");
    }
    Ok(Header {
        name: Name::from_bytes(name),
        written: Span::new(start, start + name.len()),
        value: Span::trimmed(bytes, start + colon + 1, end),
    })
}
