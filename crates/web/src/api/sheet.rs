//! Lists as sheets: the journal, the report of users and services, what is used where.

use axum::{extract::State, response::Response};
use jiff::tz::TimeZone;
use model::{EnterpriseId, Field, Language, Problem};
use serde::Deserialize;
use service::{
    Error,
    user::{Filter, ListUsers},
};
use utoipa::IntoParams;
use uuid::Uuid;

use super::{actor::Caller, error::ApiError, id::Id, journal::JournalQuery, query::Query};
use crate::{export, server::Portal, words::Words};

/// In which language.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SheetQuery {
    /// `de` (with semicolons) or `en` (with commas); `en` when absent.
    language: Option<String>,
    /// Users of this site only; for the report of users.
    site: Option<Uuid>,
}

fn words(language: Option<&str>) -> Result<Words, Error> {
    let language = match language {
        None => Language::English,
        Some(code) => code
            .parse()
            .map_err(|_| Error::field(Field::Language, Problem::Unknown))?,
    };
    Ok(Words::of(language))
}

/// The journal as CSV, times in UTC, at most 100,000 entries.
#[utoipa::path(
    get, path = "/api/v1/journal.csv", tag = "journal", params(JournalQuery),
    responses((status = 200, content_type = "text/csv"), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn journal(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Query(query): Query<JournalQuery>,
) -> Result<Response, ApiError> {
    let words = words(query.language.as_deref())?;
    let wanted = query.wanted()?;
    let reading = export::Reading {
        words,
        zone: TimeZone::UTC,
    };
    Ok(export::journal(portal, actor, wanted, reading).await?)
}

/// The report of users and services as CSV, at most 100,000 users.
#[utoipa::path(
    get, path = "/api/v1/users.csv", tag = "users", params(SheetQuery),
    responses((status = 200, content_type = "text/csv"), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn users(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Query(query): Query<SheetQuery>,
) -> Result<Response, ApiError> {
    let reading = export::Reading {
        words: words(query.language.as_deref())?,
        zone: TimeZone::UTC,
    };
    let asked = ListUsers {
        filter: Filter {
            site: query.site.map(model::SiteId),
            ..Filter::default()
        },
        ..ListUsers::default()
    };
    Ok(export::users(portal, actor, asked, reading).await?)
}

/// What is used at which site as CSV: a line for each package and service, a column for each site.
#[utoipa::path(
    get, path = "/api/v1/enterprises/{enterprise}/usage.csv", tag = "enterprises",
    params(("enterprise" = Uuid, Path), SheetQuery),
    responses((status = 200, content_type = "text/csv"), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn usage(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(enterprise): Id<EnterpriseId>,
    Query(query): Query<SheetQuery>,
) -> Result<Response, ApiError> {
    let words = words(query.language.as_deref())?;
    Ok(export::usage(&portal, &actor, enterprise, words).await?)
}
