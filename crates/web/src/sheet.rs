//! Lists as CSV: delimiter and byte order mark as the reader's spreadsheet expects them, and nothing that it would take for
//! a formula or shorten to a number.

use axum::{
    body::{Body, Bytes},
    http::header,
    response::{IntoResponse, Response},
};
use csv::{Terminator, WriterBuilder};
use futures_util::stream::{self, Stream};
use model::{
    Language,
    spreadsheet::{guarded, harmless},
};

use crate::words::Words;

/// How a sheet is written for readers of a language.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    delimiter: u8,
}

impl Sheet {
    /// What the spreadsheets of these readers open by themselves: German ones expect semicolons.
    pub fn of(words: Words) -> Self {
        let delimiter = match words.language() {
            Language::German => b';',
            Language::English => b',',
        };
        Self { delimiter }
    }

    /// The byte order mark, by which spreadsheets know UTF-8, and the line of headings.
    pub fn head<T: AsRef<str>>(self, headings: &[T]) -> String {
        format!("\u{feff}{}", self.line(headings))
    }

    /// A line for people: nothing is run as a formula or loses its leading zeros.
    pub fn line<T: AsRef<str>>(self, cells: &[T]) -> String {
        self.record(cells.iter().map(|cell| harmless(cell.as_ref())))
    }

    /// A line whose cells are kept as they are: no number is rounded, nothing becomes a date.
    pub fn exact_line<T: AsRef<str>>(self, cells: &[T]) -> String {
        self.record(cells.iter().map(|cell| guarded(cell.as_ref())))
    }

    /// One line (RFC 4180).
    fn record(self, cells: impl Iterator<Item = String>) -> String {
        let mut writer = WriterBuilder::new()
            .delimiter(self.delimiter)
            .terminator(Terminator::CRLF)
            .from_writer(Vec::new());
        let written = writer.write_record(cells);
        written.expect("writing to memory does not fail");
        let line = writer
            .into_inner()
            .expect("writing to memory does not fail");
        String::from_utf8(line).expect("text in UTF-8 stays so")
    }
}

/// A sheet as an answer that is saved: the first part, then part after part while `next` has one.
pub(crate) fn saved<S, F, Next>(name: &str, first: String, state: S, next: F) -> Response
where
    S: Send + 'static,
    F: FnMut(S) -> Next + Send + 'static,
    Next: Future<Output = Option<(Result<String, service::Error>, S)>> + Send + 'static,
{
    let rest = stream::unfold(state, next);
    let parts = futures_util::StreamExt::chain(stream::once(async { Ok(first) }), rest);
    answer(name, parts)
}

fn answer(
    name: &str,
    parts: impl Stream<Item = Result<String, service::Error>> + Send + 'static,
) -> Response {
    let parts = futures_util::StreamExt::map(parts, |part| part.map(Bytes::from));
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, Body::from_stream(parts)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(language: Language, cells: &[&str]) -> String {
        Sheet::of(Words::of(language)).line(cells)
    }

    #[test]
    fn l3_nothing_in_a_sheet_is_taken_for_a_formula() {
        for evil in ["=1+1", "+49211", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            let line = line(Language::English, &[evil]);
            let cell = line.trim_start_matches('"');
            assert!(cell.starts_with('\''), "{evil:?} became {line:?}");
        }
    }

    #[test]
    fn l3_leading_zeros_and_plus_are_kept() {
        let line = line(Language::English, &["0815", "0211 1234567", "0", "12"]);
        assert_eq!(line, "'0815,0211 1234567,0,12\r\n");
    }

    #[test]
    fn h1_the_delimiter_follows_the_language_and_what_holds_it_is_quoted() {
        assert_eq!(line(Language::German, &["a;b", "c,d"]), "\"a;b\";c,d\r\n");
        assert_eq!(line(Language::English, &["a;b", "c,d"]), "a;b,\"c,d\"\r\n");
        assert_eq!(
            line(Language::English, &["say \"hi\"\nyou"]),
            "\"say \"\"hi\"\"\nyou\"\r\n"
        );
    }

    #[test]
    fn a_sheet_begins_with_the_mark_of_utf_8() {
        let sheet = Sheet::of(Words::of(Language::German));
        assert_eq!(sheet.head(&["Name", "Nr."]), "\u{feff}Name;Nr.\r\n");
    }
}
