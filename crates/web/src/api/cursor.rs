//! Cursors as opaque text.

use data_encoding::BASE64URL_NOPAD;
use model::{Cursor, Field, Problem};
use service::Error;
use uuid::Uuid;

/// A cursor as it stands in a URL.
pub fn encode(cursor: &Cursor) -> String {
    let direction = u8::from(cursor.backwards);
    BASE64URL_NOPAD.encode(
        &[
            &[direction][..],
            cursor.id.as_bytes(),
            cursor.key.as_bytes(),
        ]
        .concat(),
    )
}

/// A cursor from a URL.
///
/// # Errors
/// `Invalid` for what [`encode`] has not made.
pub fn decode(text: Option<&str>) -> Result<Option<Cursor>, Error> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let cursor = read(text).ok_or_else(|| Error::field(Field::Cursor, Problem::Unknown))?;
    Ok(Some(cursor))
}

fn read(text: &str) -> Option<Cursor> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let (direction, rest) = bytes.split_first()?;
    let (id, key) = rest.split_first_chunk::<16>()?;
    let key = String::from_utf8(key.to_vec()).ok()?;
    let storable = !key.contains('\0');
    storable.then(|| Cursor {
        key,
        id: Uuid::from_bytes(*id),
        backwards: *direction == 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_nonsense_is_refused() {
        let cursor = Cursor {
            key: "müller anna".into(),
            id: Uuid::from_u128(7),
            backwards: true,
        };
        assert_eq!(decode(Some(&encode(&cursor))).unwrap(), Some(cursor));
        assert_eq!(decode(Some("")).unwrap(), None);
        for nonsense in ["x", "AAAA", "%00", "ä"] {
            assert!(decode(Some(nonsense)).is_err(), "{nonsense}");
        }
    }
}
