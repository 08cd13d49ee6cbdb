//! CSV (RFC 4180), written while it is sent.

use axum::body::{Body, Bytes};
use csv::{Terminator, Writer, WriterBuilder};
use futures_util::stream;
use model::{Language, spreadsheet::guarded};
use service::{Error, renewal::Fetched};

use super::{CELLS, cells, headings};
use crate::words::Words;

/// How many rows are written at once.
const AT_ONCE: usize = 500;

/// By this, Excel knows that the file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What Excel expects in countries of the language: where the comma stands in numbers, it cannot stand between cells.
fn delimiter(language: Language) -> u8 {
    match language {
        Language::German => b';',
        Language::English => b',',
    }
}

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

fn part(words: Words, fetched: &Fetched, start: usize) -> Result<Bytes, Error> {
    let begin = if start == 0 { BYTE_ORDER_MARK } else { b"" };
    let mut writer = WriterBuilder::new()
        .delimiter(delimiter(words.language()))
        .terminator(Terminator::CRLF)
        .from_writer(begin.to_vec());
    if start == 0 {
        write(&mut writer, &headings(words))?;
    }
    for row in fetched.rows.iter().skip(start).take(AT_ONCE) {
        write(&mut writer, &cells(words, fetched, row)?)?;
    }
    let written = writer.into_inner();
    written.map(Bytes::from).map_err(|_| NOT_WRITTEN)
}

const NOT_WRITTEN: Error = Error::Internal("CSV was not written");

fn write(writer: &mut Writer<Vec<u8>>, cells: &[String; CELLS]) -> Result<(), Error> {
    let cells = cells.iter().map(|cell| guarded(cell));
    writer.write_record(cells).map_err(|_| NOT_WRITTEN)
}
