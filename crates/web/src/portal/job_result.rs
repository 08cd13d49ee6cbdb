//! The result of work on many users: behind the own password, once (L3).

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Path, State},
    http::StatusCode,
    response::Response,
};
use model::RenewalId;
use service::{Error, renewal, session};

use super::{
    address,
    form::Form,
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with},
};
use crate::{
    frame::Section,
    pages::job::{JobResultGonePage, JobResultPage},
    parts::Choice,
    problem::Errors,
    renewal_file::{self, Format},
    server::Portal,
};

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    match renewal::fetchable(&portal.env, reader.actor(), id).await {
        Ok(_) => Ok(shown(&page(&portal, &reader, id, "xlsx").await?)),
        Err(error) => refused(&portal, &reader, id, error).await,
    }
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    id: RenewalId,
    format: &str,
) -> Result<JobResultPage, Error> {
    let words = reader.words();
    Ok(JobResultPage {
        action: format!("{}/result", address::job(id)),
        formats: vec![
            Choice::new("xlsx", words.job_result_format_xlsx())
                .with_note(words.job_result_format_xlsx_note()),
            Choice::new("csv", words.job_result_format_csv())
                .with_note(words.job_result_format_csv_note()),
        ],
        format: format.to_owned(),
        job_href: address::job(id),
        frame: reader.frame(portal, Section::Users).await?,
    })
}

/// What is over has a page of its own that says how to go on.
async fn refused(
    portal: &Portal,
    reader: &Reader,
    id: RenewalId,
    error: Error,
) -> Result<Response, Refusal> {
    if !matches!(error, Error::Gone) {
        return Err(error.into());
    }
    let page = JobResultGonePage {
        job_href: address::job(id),
        frame: reader.frame(portal, Section::Users).await?,
    };
    Ok(shown_with(StatusCode::GONE, &page))
}

/// Gives the file out, after the reader has proved once more who they are.
pub(super) async fn fetch(
    State(portal): State<Portal>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    if let Err(error) = renewal::fetchable(&portal.env, reader.actor(), id).await {
        return refused(&portal, &reader, id, error).await;
    }
    let (password, source) = (sent.get("password"), peer.ip().to_canonical());
    let format = match sent.get("format").as_str() {
        "csv" => Format::Csv,
        _ => Format::Xlsx,
    };
    match session::confirm(&portal.env, reader.actor(), &password, source).await {
        Ok(()) => {}
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader, id, &sent.get("format")).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            return Ok(shown_with(StatusCode::UNPROCESSABLE_ENTITY, &page));
        }
        Err(error) => return Err(error.into()),
    }
    match renewal::fetch(&portal.env, reader.actor(), id).await {
        Ok(fetched) => Ok(renewal_file::answer(reader.words(), fetched, format).await?),
        Err(error) => refused(&portal, &reader, id, error).await,
    }
}
