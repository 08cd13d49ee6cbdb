//! CSV, written while it is sent.

use axum::body::Body;
use futures_util::stream;
use service::{Error, renewal::Fetched};

use super::{cells, headings};
use crate::{sheet::Sheet, words::Words};

/// How many rows are written at once.
const AT_ONCE: usize = 500;

/// The rows, a part at a time; passwords are opened part by part.
pub(super) fn stream(words: Words, fetched: Fetched) -> Body {
    let parts = stream::unfold((fetched, Some(0)), move |(fetched, start)| async move {
        let start = start?;
        let part = part(words, &fetched, start).map_err(|error| {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "a file was not written"
            );
            std::io::Error::other("a file was not written")
        });
        let end = start + AT_ONCE;
        let next = (part.is_ok() && end < fetched.rows.len()).then_some(end);
        Some((part, (fetched, next)))
    });
    Body::from_stream(parts)
}

fn part(words: Words, fetched: &Fetched, start: usize) -> Result<String, Error> {
    let sheet = Sheet::of(words);
    let mut part = String::new();
    if start == 0 {
        part.push_str(&sheet.head(&headings(words)));
    }
    for row in fetched.rows.iter().skip(start).take(AT_ONCE) {
        part.push_str(&sheet.exact_line(&cells(words, fetched, row)?));
    }
    Ok(part)
}
