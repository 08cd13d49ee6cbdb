//! Results as files: once, headed in the reader's language, safe in spreadsheets (L3).

mod csv;
mod xlsx;

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use service::{
    Error,
    renewal::{Fetched, ResultRow},
};

use crate::{names, words::Words};

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// For programs, and for spreadsheets.
    Csv,
    /// For spreadsheets.
    Xlsx,
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// How many cells a row has.
const CELLS: usize = 10;

/// The file as an answer; its name tells nothing of what is in it.
pub(crate) async fn answer(
    words: Words,
    fetched: Fetched,
    format: Format,
) -> Result<Response, Error> {
    let body = match format {
        Format::Csv => csv::stream(words, fetched),
        Format::Xlsx => xlsx::workbook(words, fetched).await?,
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    let name = format!("{}.{}", words.export_file(), format.extension());
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let disposition = disposition.map_err(|_| Error::Internal("a file name is no header"))?;
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    let kind = HeaderValue::from_static(format.media_type());
    headers.insert(header::CONTENT_TYPE, kind);
    Ok(response)
}

fn headings(words: Words) -> [String; CELLS] {
    [
        words.export_name(),
        words.export_site(),
        words.export_number(),
        words.export_extension(),
        words.export_phone(),
        words.export_login(),
        words.export_password(),
        words.export_server(),
        words.export_transport(),
        words.export_outcome(),
    ]
    .map(std::borrow::Cow::into_owned)
}

/// A row as it is meant; what each kind of file needs to keep it so is done there.
fn cells(words: Words, fetched: &Fetched, row: &ResultRow) -> Result<[String; CELLS], Error> {
    let password = fetched.password(row)?;
    let if_made = |text: &str| match password {
        Some(_) => text.to_owned(),
        None => String::new(),
    };
    let phone = row
        .user
        .map(|_| names::desk_phone_type(words, row.desk_phone_type));
    Ok([
        row.name.clone(),
        row.site.clone().unwrap_or_default(),
        row.number
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        row.extension.clone().unwrap_or_default(),
        phone.map(std::borrow::Cow::into_owned).unwrap_or_default(),
        if_made(row.login.as_deref().unwrap_or_default()),
        password
            .as_ref()
            .map(|made| made.reveal().to_owned())
            .unwrap_or_default(),
        if_made(&fetched.server),
        if_made(&fetched.transport.to_uppercase()),
        names::renewal_outcome(words, row.outcome).into_owned(),
    ])
}
