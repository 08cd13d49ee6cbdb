//! From, To, Contact, Route and their like: a display name, an address, parameters.

use super::cursor::{Cursor, parameter};
use super::span::{Span, is_space, is_token};
use super::uri::Uri;

/// `"display" <uri>;parameters` or `uri;parameters` (RFC 3261 §20.10).
#[derive(Clone, Copy, Default, Debug)]
pub struct Address {
    /// Display name with its quotes, if it had some.
    pub display: Span,
    /// The address without angle brackets.
    pub uri: Span,
    /// `;name=value…` after the address.
    pub parameters: Span,
    /// Value of `tag`.
    pub tag: Span,
}

impl Address {
    /// `None` when the value is not well-formed to its end.
    pub(crate) fn parse(bytes: &[u8], span: Span) -> Option<Address> {
        let mut cursor = Cursor::new(bytes, span);
        let mut address = Address::default();
        cursor.skip_space();
        address.display = display(bytes, &mut cursor)?;
        cursor.skip_space();
        address.uri = uri(&mut cursor)?;
        Uri::parse(&bytes[address.uri.range()])?;
        let start = cursor.at;
        while let Some((name, value)) = cursor.parameter().ok()? {
            if bytes[name.range()].eq_ignore_ascii_case(b"tag") {
                if value.is_empty() || !address.tag.is_empty() {
                    return None;
                }
                address.tag = value;
            }
        }
        address.parameters = Span::trimmed(bytes, start, cursor.at);
        cursor.skip_space();
        (cursor.at == cursor.end).then_some(address)
    }
}

/// A quoted string or words before `<`; empty when the value begins with the address.
fn display(bytes: &[u8], cursor: &mut Cursor<'_>) -> Option<Span> {
    if cursor.peek()? == b'"' {
        let name = cursor.quoted()?;
        cursor.skip_space();
        return (cursor.peek()? == b'<').then_some(name);
    }
    let rest = cursor.rest();
    let Some(open) = memchr::memchr(b'<', rest) else {
        return Some(Span::default());
    };
    if memchr::memchr2(b':', b';', rest).is_some_and(|other| other < open) {
        return Some(Span::default());
    }
    let name = Span::trimmed(bytes, cursor.at, cursor.at + open);
    cursor.at += open;
    let is_word = |c: &u8| is_token(*c) || is_space(*c) || *c >= 0x80;
    bytes[name.range()].iter().all(is_word).then_some(name)
}

fn uri(cursor: &mut Cursor<'_>) -> Option<Span> {
    if cursor.eat(b'<').is_none() {
        return cursor.take(|c| !is_space(c) && !b";,?<>\"".contains(&c));
    }
    let close = memchr::memchr(b'>', cursor.rest())?;
    let span = Span::new(cursor.at, cursor.at + close);
    cursor.at += close + 1;
    Some(span)
}

/// A parameter of this element, without quotes.
pub(crate) fn parameter_of<'a>(bytes: &'a [u8], address: &Address, name: &str) -> Option<&'a [u8]> {
    parameter(&bytes[address.parameters.range()], name)
}
