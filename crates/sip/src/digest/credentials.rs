//! Reading an Authorization value.

/// Parameters of one `Digest` value, as written, without quotes.
#[derive(Default, Debug, Clone, Copy)]
#[allow(missing_docs, reason = "the names are RFC 7616's")]
pub struct Credentials<'a> {
    pub username: &'a [u8],
    pub realm: &'a [u8],
    pub nonce: &'a [u8],
    pub uri: &'a [u8],
    pub response: &'a [u8],
    pub algorithm: &'a [u8],
    pub cnonce: &'a [u8],
    pub qop: &'a [u8],
    pub nc: &'a [u8],
}

impl<'a> Credentials<'a> {
    /// `None` when it is another scheme or the syntax is broken.
    #[must_use]
    pub fn parse(value: &'a [u8]) -> Option<Credentials<'a>> {
        let mut credentials = Credentials::default();
        each_parameter(value, |name, value| credentials.set(name, value))?;
        Some(credentials)
    }

    fn set(&mut self, name: &[u8], value: &'a [u8]) {
        let slots: [(&[u8], &mut &'a [u8]); 9] = [
            (b"username", &mut self.username),
            (b"realm", &mut self.realm),
            (b"nonce", &mut self.nonce),
            (b"uri", &mut self.uri),
            (b"response", &mut self.response),
            (b"algorithm", &mut self.algorithm),
            (b"cnonce", &mut self.cnonce),
            (b"qop", &mut self.qop),
            (b"nc", &mut self.nc),
        ];
        for (known, slot) in slots {
            if name.eq_ignore_ascii_case(known) {
                *slot = value;
            }
        }
    }
}

/// Reads `Digest name=value, …`; `None` when it is another scheme or the syntax is broken.
pub(crate) fn each_parameter<'a>(
    value: &'a [u8],
    mut take: impl FnMut(&'a [u8], &'a [u8]),
) -> Option<()> {
    let (scheme, parameters) = value.split_at_checked(7)?;
    if !scheme.eq_ignore_ascii_case(b"digest ") {
        return None;
    }
    let mut rest = parameters.trim_ascii();
    while !rest.is_empty() {
        let equals = memchr::memchr(b'=', rest)?;
        let (value, after) = value_of(rest[equals + 1..].trim_ascii_start())?;
        take(rest[..equals].trim_ascii(), value);
        rest = after.trim_ascii_start();
    }
    Some(())
}

/// One value and what follows its comma.
fn value_of(text: &[u8]) -> Option<(&[u8], &[u8])> {
    if text.first() != Some(&b'"') {
        let end = memchr::memchr(b',', text).unwrap_or(text.len());
        return Some((text[..end].trim_ascii(), text.get(end + 1..).unwrap_or(b"")));
    }
    let mut end = 1;
    while *text.get(end)? != b'"' {
        end += if text[end] == b'\\' { 2 } else { 1 };
    }
    let after = text[end + 1..].trim_ascii_start();
    let after = if after.is_empty() {
        after
    } else {
        after.strip_prefix(b",")?
    };
    Some((&text[1..end], after))
}
