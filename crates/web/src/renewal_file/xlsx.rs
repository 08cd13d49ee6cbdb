//! A workbook whose cells are text, so that a spreadsheet reads no number, date or formula into them.
//!
//! It is made in memory: the library's way of writing row by row would put passwords into a temporary file.

use axum::body::Body;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use service::{Error, renewal::Fetched};

use super::{cells, headings};
use crate::words::Words;

/// Makes it beside the threads that answer.
pub(super) async fn workbook(words: Words, fetched: Fetched) -> Result<Body, Error> {
    let made = tokio::task::spawn_blocking(move || make(words, &fetched)).await;
    let file = made.map_err(|_| Error::Internal("making a workbook panicked"))??;
    Ok(Body::from(file))
}

fn make(words: Words, fetched: &Fetched) -> Result<Vec<u8>, Error> {
    let failed = |_: XlsxError| Error::Internal("a workbook was not made");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let text = Format::new().set_num_format("@");
    let heading = Format::new().set_bold();
    for (column, title) in (0..).zip(headings(words)) {
        sheet
            .write_string_with_format(0, column, title, &heading)
            .map_err(failed)?;
        sheet.set_column_width(column, 20).map_err(failed)?;
    }
    sheet.set_freeze_panes(1, 0).map_err(failed)?;
    for (line, row) in (1..).zip(&fetched.rows) {
        for (column, cell) in (0..).zip(cells(words, fetched, row)?) {
            if !cell.is_empty() {
                sheet
                    .write_string_with_format(line, column, cell, &text)
                    .map_err(failed)?;
            }
        }
    }
    workbook.save_to_buffer().map_err(failed)
}
