//! The Via header: where a response goes.

use super::cursor::Cursor;
use super::span::Span;

/// The first Via value of a message.
#[derive(Clone, Copy, Default, Debug)]
pub struct Via {
    /// UDP, TCP, TLS …
    pub transport: Span,
    /// Host of sent-by.
    pub host: Span,
    /// Port of sent-by.
    pub port: Option<u16>,
    /// Value of `branch`.
    pub branch: Span,
    /// The name `rport` when it stands without value (RFC 3581).
    pub rport: Option<Span>,
    /// The whole first value, up to a comma.
    pub value: Span,
    /// Further values follow, in this line or in another.
    pub has_more: bool,
    /// Not `SIP/2.0`.
    pub is_other_version: bool,
}

impl Via {
    pub(crate) fn parse(bytes: &[u8], span: Span) -> Option<Via> {
        let mut cursor = Cursor::new(bytes, span);
        let start = cursor.at;
        let mut via = Via {
            is_other_version: version(bytes, &mut cursor)?,
            ..Via::default()
        };
        via.transport = cursor.token()?;
        let before = cursor.at;
        cursor.skip_space();
        if cursor.at == before {
            return None;
        }
        via.host = cursor.host()?;
        if cursor.separator(b':').is_some() {
            via.port = Some(cursor.port()?);
        }
        via.read_parameters(bytes, &mut cursor);
        via.value = Span::trimmed(bytes, start, cursor.at);
        cursor.skip_space();
        via.has_more = match cursor.peek() {
            Some(b',') => true,
            // A comment, as RFC 2543 allowed.
            None | Some(b'(') => false,
            Some(_) => return None,
        };
        Some(via)
    }

    /// An unreadable parameter is stepped over: the response only has to give it back.
    fn read_parameters(&mut self, bytes: &[u8], cursor: &mut Cursor<'_>) {
        loop {
            match cursor.parameter() {
                Ok(Some((name, value))) if bytes[name.range()].eq_ignore_ascii_case(b"branch") => {
                    self.branch = value;
                }
                Ok(Some((name, value)))
                    if bytes[name.range()].eq_ignore_ascii_case(b"rport") && value.is_empty() =>
                {
                    self.rport = Some(name);
                }
                Ok(Some(_)) => {}
                Ok(None) => return,
                Err(_) => {
                    cursor.take(|c| c != b';' && c != b',');
                }
            }
        }
    }
}

/// Reads `SIP / 2.0 /`; true when the version is another.
fn version(bytes: &[u8], cursor: &mut Cursor<'_>) -> Option<bool> {
    let protocol = cursor.token()?;
    cursor.separator(b'/')?;
    let version = cursor.token()?;
    cursor.separator(b'/')?;
    let is_sip = bytes[protocol.range()].eq_ignore_ascii_case(b"SIP");
    is_sip.then(|| &bytes[version.range()] != b"2.0")
}
