//! SIP, SIPS and tel addresses.

use super::cursor::{Cursor, parameter};
use std::net::{IpAddr, SocketAddr};

/// What stands before the colon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the schemes' own names")]
pub enum Scheme {
    Sip,
    Sips,
    Tel,
    /// Well-formed, but nothing a telephone can call (answered 416).
    Other,
}

/// An address, borrowed from the message.
#[derive(Clone, Copy, Debug)]
pub struct Uri<'a> {
    /// Scheme.
    pub scheme: Scheme,
    /// User part as written, with a password if there is one; the number of a tel address.
    pub user: Option<&'a [u8]>,
    /// Host as written; IPv6 with brackets.
    pub host: &'a [u8],
    /// Port, if given.
    pub port: Option<u16>,
    /// `;name=value…`
    pub parameters: &'a [u8],
    /// `?name=value…`: headers, which a Request-URI may not have (RFC 3261 §19.1.1).
    pub headers: &'a [u8],
}

impl<'a> Uri<'a> {
    /// `None` when the syntax is broken.
    #[must_use]
    pub fn parse(text: &'a [u8]) -> Option<Uri<'a>> {
        let colon = memchr::memchr(b':', text)?;
        let (scheme, rest) = (&text[..colon], &text[colon + 1..]);
        if !is_scheme(scheme) || rest.is_empty() || rest.iter().any(|c| is_forbidden(*c)) {
            return None;
        }
        if scheme.eq_ignore_ascii_case(b"sip") {
            Uri::sip(Scheme::Sip, rest)
        } else if scheme.eq_ignore_ascii_case(b"sips") {
            Uri::sip(Scheme::Sips, rest)
        } else if scheme.eq_ignore_ascii_case(b"tel") {
            Uri::tel(rest)
        } else {
            Some(Uri {
                scheme: Scheme::Other,
                user: None,
                host: rest,
                port: None,
                parameters: b"",
                headers: b"",
            })
        }
    }

    fn tel(rest: &'a [u8]) -> Option<Uri<'a>> {
        let end = memchr::memchr(b';', rest).unwrap_or(rest.len());
        let (number, parameters) = rest.split_at(end);
        let is_number = |c: &u8| c.is_ascii_hexdigit() || b"+*#-.()".contains(c);
        (end > 0 && number.iter().all(is_number)).then_some(Uri {
            scheme: Scheme::Tel,
            user: Some(number),
            host: b"",
            port: None,
            parameters,
            headers: b"",
        })
    }

    fn sip(scheme: Scheme, rest: &'a [u8]) -> Option<Uri<'a>> {
        let (user, host_part) = match memchr::memchr(b'@', rest) {
            Some(0) => return None,
            Some(at) => (Some(&rest[..at]), &rest[at + 1..]),
            None => (None, rest),
        };
        let mut cursor = Cursor::whole(host_part);
        let host = &host_part[cursor.host()?.range()];
        let port = match cursor.eat(b':') {
            Some(()) => Some(cursor.port()?),
            None => None,
        };
        let tail = cursor.rest();
        if !matches!(tail.first(), None | Some(b';' | b'?')) {
            return None;
        }
        let headers = memchr::memchr(b'?', tail).unwrap_or(tail.len());
        let (parameters, headers) = tail.split_at(headers);
        (!parameters.contains(&b'@')).then_some(Uri {
            scheme,
            user,
            host,
            port,
            parameters,
            headers,
        })
    }

    /// Value of a parameter; empty when it stands alone.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&'a [u8]> {
        parameter(self.parameters, name)
    }

    /// The host as an address, if it is a literal.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        let host = std::str::from_utf8(self.host).ok()?;
        host.trim_start_matches('[')
            .trim_end_matches(']')
            .parse()
            .ok()
    }

    /// Address and port, if the host is a literal; the port defaults by scheme.
    #[must_use]
    pub fn socket(&self) -> Option<SocketAddr> {
        let default = if self.scheme == Scheme::Sips {
            5061
        } else {
            5060
        };
        Some(SocketAddr::new(self.ip()?, self.port.unwrap_or(default)))
    }

    /// The user part without password and parameters, percent-decoded.
    #[must_use]
    pub fn plain_user(&self) -> Vec<u8> {
        let user = self.user.unwrap_or(b"");
        let end = user
            .iter()
            .position(|c| *c == b':' || *c == b';')
            .unwrap_or(user.len());
        unescaped(&user[..end])
    }

    /// Same scheme, user, host and port (RFC 3261 §19.1.4 without the parameters, which phones add and drop freely).
    #[must_use]
    pub fn names_the_same_as(&self, other: &Uri<'_>) -> bool {
        self.scheme == other.scheme
            && self.port == other.port
            && self.host.eq_ignore_ascii_case(other.host)
            && self.plain_user() == other.plain_user()
    }
}

fn is_scheme(text: &[u8]) -> bool {
    text.first().is_some_and(u8::is_ascii_alphabetic)
        && text
            .iter()
            .all(|c| c.is_ascii_alphanumeric() || b"+-.".contains(c))
}

fn is_forbidden(byte: u8) -> bool {
    byte <= b' ' || byte == 0x7f || b"<>\"".contains(&byte)
}

/// Percent-decoded.
pub(crate) fn unescaped(text: &[u8]) -> Vec<u8> {
    let digit = |c: &u8| {
        char::from(*c)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        if let (b'%', [high, low, after @ ..]) = (first, tail)
            && let (Some(high), Some(low)) = (digit(high), digit(low))
        {
            out.push(high << 4 | low);
            rest = after;
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        let uri = Uri::parse(b"sip:+49%32:pw@[2001:db8::1]:5070;transport=tcp;lr?x=y").unwrap();
        assert_eq!(uri.plain_user(), b"+492");
        assert_eq!(uri.socket(), Some("[2001:db8::1]:5070".parse().unwrap()));
        assert_eq!(uri.parameter("LR"), Some(&b""[..]));
        assert_eq!(
            Uri::parse(b"tel:+49-211-1;phone-context=x").unwrap().user,
            Some(&b"+49-211-1"[..])
        );
        assert_eq!(
            Uri::parse(b"urn:service:sos").unwrap().scheme,
            Scheme::Other
        );
    }

    #[test]
    fn broken_addresses_are_none() {
        for text in [
            "sip:",
            "sip:@h",
            "sip:a@",
            "sip:a b@h",
            "1x:y",
            "sip:a@h:99999",
            "sip:a@[::1",
            "tel:",
            "",
        ] {
            assert!(Uri::parse(text.as_bytes()).is_none(), "{text}");
        }
    }
}
