//! The Replaces header inside a Refer-To address (RFC 3891).

/// What stands behind `?Replaces=` (RFC 3891).
pub(super) struct Replaces {
    pub(super) call_id: Vec<u8>,
    pub(super) to_tag: Option<String>,
}

/// `None` when the address has none.
pub(super) fn replaces(uri: &[u8]) -> Option<Replaces> {
    let headers = &uri[memchr::memchr(b'?', uri)? + 1..];
    let is_replaces =
        |header: &&[u8]| header.len() > 9 && header[..9].eq_ignore_ascii_case(b"replaces=");
    let value = crate::message::unescaped(&headers.split(|c| *c == b'&').find(is_replaces)?[9..]);
    let mut parts = value.split(|c| *c == b';');
    let call_id = parts.next()?.trim_ascii().to_vec();
    let to_tag = parts.find_map(|part| part.strip_prefix(b"to-tag="));
    Some(Replaces {
        call_id,
        to_tag: to_tag.map(|tag| String::from_utf8_lossy(tag).into_owned()),
    })
}
