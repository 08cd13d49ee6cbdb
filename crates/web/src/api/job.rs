//! Work on many users at once: new login details (L2–L4).

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{DepartmentId, Field, Limit, Problem, RenewalId, RenewalOutcome, SiteId, UserId};
use serde::{Deserialize, Serialize};
use service::{
    Error,
    renewal::{self, BeginRenewal, PlaceInRows, RenewalRow, Whom},
    user::Filter,
};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{actor::Caller, body::Body, error::ApiError, id::Id, query::Query, user_out::time};
use crate::{
    language::{self, Wishes},
    renewal_file::{self, Format},
    server::Portal,
    words::Words,
};

/// Who is to get new login details: users by their ids, or all that match a filter now.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RenewalIn {
    /// At most 10,000; who is nobody to you is skipped.
    user_ids: Option<Vec<Uuid>>,
    /// As in the list of users; empty for everybody.
    filter: Option<FilterIn>,
    /// One password for all; without it each gets one of their own.
    password: Option<String>,
}

/// Which users are wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FilterIn {
    /// Of this site.
    site: Option<Uuid>,
    /// In this department or one below it.
    department: Option<Uuid>,
    /// `pending`, `activated` or `failed`.
    state: Option<String>,
    /// With this in name, username, email, number or extension.
    search: Option<String>,
}

/// What was begun.
#[derive(Serialize, ToSchema)]
pub(super) struct JobBegun {
    /// Id of the job.
    job: Uuid,
}

/// Makes new login details for many users, in a job of its own (L2).
#[utoipa::path(
    post, path = "/api/v1/login-details", tag = "login details", request_body = RenewalIn,
    responses((status = 202, body = JobBegun), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn renew(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Body(wanted): Body<RenewalIn>,
) -> Result<Response, ApiError> {
    let whom = match (wanted.user_ids, wanted.filter) {
        (Some(users), None) => Whom::Users(users.into_iter().map(UserId).collect()),
        (None, Some(filter)) => Whom::Matching(Filter {
            site: filter.site.map(SiteId),
            enterprise: None,
            department: filter.department.map(DepartmentId),
            state: filter.state,
            search: filter.search,
        }),
        (None, None) | (Some(_), Some(_)) => {
            return Err(ApiError::Request(
                StatusCode::UNPROCESSABLE_ENTITY,
                "Either user_ids or filter is expected",
                "Say whom it is about, in one way.".to_owned(),
            ));
        }
    };
    let request = BeginRenewal {
        id: None,
        whom,
        password: wanted.password,
    };
    let renewal = renewal::begin(&portal.env, &actor, &request).await?;
    let location = format!("/api/v1/jobs/{}", renewal.id);
    let body = Json(JobBegun { job: renewal.id.0 });
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, location)], body).into_response())
}

/// Which rows are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct RowQuery {
    /// Where to go on.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<usize>,
}

/// A job, and what became of each user.
#[derive(Serialize, ToSchema)]
pub(super) struct JobOut {
    /// Identity.
    id: Uuid,
    /// `login-details`.
    kind: &'static str,
    /// `running`, `done` or `cancelled`.
    state: &'static str,
    /// How many users it is about.
    total: i64,
    /// How many have got new login details.
    done: i64,
    /// How many were skipped.
    failed: i64,
    /// `not-yet`, `ready`, `fetched`, `expired` or `nothing`.
    result: &'static str,
    /// Until when the result can be fetched: RFC 3339, UTC.
    result_until: String,
    /// When it began.
    created_at: String,
    /// When it was over.
    finished_at: Option<String>,
    /// What became of each user, those that were skipped first.
    rows: Vec<RowOut>,
    /// Where the next page of rows begins; `null` on the last one.
    next_cursor: Option<String>,
}

/// What became of a user.
#[derive(Serialize, ToSchema)]
pub(super) struct RowOut {
    /// Who was asked for.
    user: Uuid,
    /// Name; `null` for nobody of yours.
    name: Option<String>,
    /// `waiting`, `done` or `skipped`.
    outcome: &'static str,
    /// Why the user was skipped: `not-found`, `deleted`, `no-desk-phone`, `not-active` or `cancelled`.
    reason: Option<&'static str>,
}

impl From<RenewalRow> for RowOut {
    fn from(row: RenewalRow) -> Self {
        let is_failure = row.outcome.is_failure();
        Self {
            user: row.asked.0,
            name: Some(row.name).filter(|name| !name.is_empty()),
            outcome: match row.outcome {
                RenewalOutcome::Waiting | RenewalOutcome::Done => row.outcome.id(),
                RenewalOutcome::NotFound
                | RenewalOutcome::Deleted
                | RenewalOutcome::NoDeskPhone
                | RenewalOutcome::NotActive
                | RenewalOutcome::Cancelled
                | RenewalOutcome::Replaced => "skipped",
            },
            reason: is_failure.then(|| row.outcome.id()),
        }
    }
}

/// Looks at a job.
#[utoipa::path(
    get, path = "/api/v1/jobs/{id}", tag = "login details", params(("id" = Uuid, Path), RowQuery),
    responses((status = 200, body = JobOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<RenewalId>,
    Query(query): Query<RowQuery>,
) -> Result<Json<JobOut>, ApiError> {
    let after = query.cursor.as_deref().map(place).transpose()?;
    let limit = query.limit.map_or_else(Limit::default, Limit::new);
    let job = renewal::get(&portal.env, &actor, id).await?;
    let rows = renewal::rows(&portal.env, &actor, id, after, limit).await?;
    let last = rows.last().filter(|_| rows.len() == limit.get());
    let next_cursor = last.map(|row| cursor(row.place));
    Ok(Json(JobOut {
        id: job.id.0,
        kind: "login-details",
        state: job.state.id(),
        total: job.total,
        done: job.done,
        failed: job.failed,
        result: job.result(portal.env.now()).id(),
        result_until: time(job.expires_at),
        created_at: time(job.created_at),
        finished_at: job.finished_at.map(time),
        rows: rows.into_iter().map(Into::into).collect(),
        next_cursor,
    }))
}

/// A place in the rows as it stands in an address.
pub(crate) fn cursor(place: PlaceInRows) -> String {
    format!("{}-{}", place.rank, place.position)
}

/// The place that a cursor means.
pub(crate) fn place(cursor: &str) -> Result<PlaceInRows, Error> {
    let read = |text: &str| text.parse().ok();
    let place = cursor.split_once('-').and_then(|(rank, position)| {
        Some(PlaceInRows {
            rank: read(rank)?,
            position: read(position)?,
        })
    });
    place.ok_or_else(|| Error::field(Field::Cursor, Problem::Unknown))
}

/// Fetches the result as CSV, once: then it is gone, in this form and in the other.
#[utoipa::path(
    get, path = "/api/v1/jobs/{id}/result.csv", tag = "login details", params(("id" = Uuid, Path)),
    responses((status = 200, content_type = "text/csv"), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn csv(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<RenewalId>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let asked = Asked { method, headers };
    result(&portal, &actor, id, &asked, Format::Csv).await
}

/// Fetches the result as a workbook, once: then it is gone, in this form and in the other.
#[utoipa::path(
    get, path = "/api/v1/jobs/{id}/result.xlsx", tag = "login details", params(("id" = Uuid, Path)),
    responses(
        (status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = "4XX", body = super::error::ProblemDetails),
    ),
)]
pub(super) async fn xlsx(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<RenewalId>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let asked = Asked { method, headers };
    result(&portal, &actor, id, &asked, Format::Xlsx).await
}

/// How somebody asks for a result.
struct Asked {
    method: Method,
    headers: HeaderMap,
}

async fn result(
    portal: &Portal,
    actor: &service::Actor,
    id: RenewalId,
    asked: &Asked,
    format: Format,
) -> Result<Response, ApiError> {
    // Who only asks for the head is given no body, and must not use up what is there once.
    if asked.method == Method::HEAD {
        renewal::fetchable(&portal.env, actor, id).await?;
        return Ok(StatusCode::OK.into_response());
    }
    let accepted = asked.headers.get(header::ACCEPT_LANGUAGE);
    let words = Words::of(language::choose(Wishes {
        accepted: accepted.and_then(|value| value.to_str().ok()),
        ..Wishes::default()
    }));
    let fetched = renewal::fetch(&portal.env, actor, id).await?;
    Ok(renewal_file::answer(words, fetched, format).await?)
}

/// Stops what is not done yet; who has new login details keeps them.
#[utoipa::path(
    delete, path = "/api/v1/jobs/{id}", tag = "login details", params(("id" = Uuid, Path)),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn cancel(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<RenewalId>,
) -> Result<StatusCode, ApiError> {
    renewal::cancel(&portal.env, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
