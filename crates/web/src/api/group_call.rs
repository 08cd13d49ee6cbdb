//! What became of the calls of hunt groups, call centres, pickup and park groups: history, way, report (G1-G4).

use axum::{Json, extract::State};
use model::{
    Field, Limit, Timestamp,
    call_centre::NoAnswer,
    group_call::{Cause, MemberFigures},
};
use serde::{Deserialize, Serialize};
use service::group_call::{self, Member, PastCall, PastStep, Period};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    actor::Caller,
    error::ApiError,
    id::{Id, Ids},
    query::Query,
    user_out::{moment, time},
};
use crate::server::Portal;

/// Which calls.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PastCalls {
    /// Not before this moment: RFC 3339.
    from: Option<String>,
    /// Before this moment: RFC 3339.
    until: Option<String>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<usize>,
}

/// Of which time.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ReportedTime {
    /// Not before this moment: RFC 3339.
    from: Option<String>,
    /// Before this moment: RFC 3339.
    until: Option<String>,
}

fn period(from: Option<&str>, until: Option<&str>) -> Result<Period, service::Error> {
    let since = moment(Field::From, from)?.unwrap_or(Timestamp(0));
    let until = moment(Field::Until, until)?.unwrap_or(Timestamp(i64::MAX));
    Ok(Period { since, until })
}

/// A call that is over.
#[derive(Serialize, ToSchema)]
pub(super) struct PastCallOut {
    /// Which.
    id: Uuid,
    /// Who called, as the phones were shown it.
    caller: String,
    /// When it came: RFC 3339.
    entered_at: String,
    /// The name of who took it; empty for somebody whom the caller of the API may not know.
    answered_by: Option<String>,
    /// When: RFC 3339.
    answered_at: Option<String>,
    /// When it left: RFC 3339.
    left_at: String,
    /// `talked`, `abandoned`, `busy`, `transferred`, `rang-on`, `announced` or `refused`.
    departure: &'static str,
    /// Why, when nobody took it.
    cause: Option<&'static str>,
    /// How often somebody was rung.
    offers: i64,
    /// How often it came back.
    bounces: i64,
}

impl From<&PastCall> for PastCallOut {
    fn from(call: &PastCall) -> Self {
        let answered = call.answered.as_ref();
        Self {
            id: call.id,
            caller: call.caller.clone(),
            entered_at: time(call.entered_at),
            answered_by: answered.map(|(member, _)| member.name.clone()),
            answered_at: answered.map(|(_, at)| time(*at)),
            left_at: time(call.left_at),
            departure: call.departure.id(),
            cause: call.departure.cause().map(Cause::id),
            offers: call.offers,
            bounces: call.bounces,
        }
    }
}

/// A page of past calls.
#[derive(Serialize, ToSchema)]
pub(super) struct PastCallsOut {
    /// The newest first.
    items: Vec<PastCallOut>,
    /// Give it as `cursor` to read on.
    next: Option<String>,
}

/// The calls of a group that are over.
#[utoipa::path(
    get, path = "/api/v1/groups/{id}/calls", tag = "groups", params(("id" = Uuid, Path), PastCalls),
    responses((status = 200, body = PastCallsOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn calls(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<Uuid>,
    Query(asked): Query<PastCalls>,
) -> Result<Json<PastCallsOut>, ApiError> {
    let period = period(asked.from.as_deref(), asked.until.as_deref())?;
    let before = asked.cursor.as_deref().map(read).transpose()?;
    let limit = asked.limit.map_or_else(Limit::default, Limit::new);
    let page = (before, i64::try_from(limit.get()).ok());
    let found = group_call::history(&portal.env, &actor, id, period, page).await?;
    Ok(Json(PastCallsOut {
        items: found.calls.iter().map(PastCallOut::from).collect(),
        next: found.next.map(|(at, id)| format!("{}.{id}", at.0)),
    }))
}

fn read(cursor: &str) -> Result<(Timestamp, Uuid), service::Error> {
    let parts = cursor.split_once('.');
    let read = parts.and_then(|(at, id)| Some((Timestamp(at.parse().ok()?), id.parse().ok()?)));
    read.ok_or_else(|| service::Error::field(Field::Cursor, model::Problem::Unknown))
}

/// A step of a call's way.
#[derive(Serialize, ToSchema)]
pub(super) struct PastStepOut {
    /// When: RFC 3339.
    at: String,
    /// `offered`, `bounced`, `answered` or `parked`.
    kind: &'static str,
    /// Whose phone; `null` for somebody who was deleted.
    user: Option<Uuid>,
    /// The name at that time; empty for somebody whom the caller of the API may not know.
    name: String,
    /// Why it came back.
    why: Option<&'static str>,
}

impl From<PastStep> for PastStepOut {
    fn from(step: PastStep) -> Self {
        Self {
            at: time(step.at),
            kind: step.deed.id(),
            user: step.member.user.map(|user| user.0),
            name: step.member.name,
            why: step.why.map(NoAnswer::id),
        }
    }
}

/// The way of a call: to whom it was offered and what came of it.
#[utoipa::path(
    get, path = "/api/v1/groups/{id}/calls/{call}", tag = "groups",
    params(("id" = Uuid, Path), ("call" = Uuid, Path)),
    responses((status = 200, body = Vec<PastStepOut>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn way(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(id, call): Ids<Uuid, Uuid>,
) -> Result<Json<Vec<PastStepOut>>, ApiError> {
    let way = group_call::way(&portal.env, &actor, id, call).await?;
    Ok(Json(way.steps.into_iter().map(Into::into).collect()))
}

/// What a member of a group has done.
#[derive(Serialize, ToSchema)]
pub(super) struct MemberReportOut {
    /// Who; `null` for somebody who was deleted.
    user: Option<Uuid>,
    /// Name; empty for somebody whom the caller of the API may not know.
    name: String,
    /// How often the phone was rung.
    offered: u32,
    /// How many calls the member took.
    answered: u32,
    /// How many offers came back.
    bounced: u32,
    /// Milliseconds of talking.
    talked_ms: i64,
}

impl From<(Member, MemberFigures)> for MemberReportOut {
    fn from((member, figures): (Member, MemberFigures)) -> Self {
        Self {
            user: member.user.map(|user| user.0),
            name: member.name,
            offered: figures.offered,
            answered: figures.answered,
            bounced: figures.bounced,
            talked_ms: figures.talked_ms,
        }
    }
}

/// The figures of a group and its members.
#[derive(Serialize, ToSchema)]
pub(super) struct GroupReportOut {
    /// The group's name.
    name: String,
    /// Calls that came.
    entered: u32,
    /// Calls that somebody took.
    answered: u32,
    /// Callers who hung up.
    abandoned: u32,
    /// Calls that went elsewhere or were refused.
    turned_away: u32,
    /// Milliseconds that one who was answered or hung up has waited, on average.
    average_wait_ms: Option<i64>,
    /// Milliseconds that the longest of them has waited.
    longest_wait_ms: i64,
    /// Milliseconds of talking.
    talked_ms: i64,
    /// Whoever was rung or took a call.
    members: Vec<MemberReportOut>,
}

/// The report of a group.
#[utoipa::path(
    get, path = "/api/v1/groups/{id}/report", tag = "groups", params(("id" = Uuid, Path), ReportedTime),
    responses((status = 200, body = GroupReportOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn report(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<Uuid>,
    Query(asked): Query<ReportedTime>,
) -> Result<Json<GroupReportOut>, ApiError> {
    let period = period(asked.from.as_deref(), asked.until.as_deref())?;
    let found = group_call::report(&portal.env, &actor, id, period).await?;
    let figures = found.figures;
    Ok(Json(GroupReportOut {
        name: found.group.name,
        entered: figures.entered,
        answered: figures.answered,
        abandoned: figures.abandoned,
        turned_away: figures.turned_away,
        average_wait_ms: figures.average_wait_ms(),
        longest_wait_ms: figures.longest_ms,
        talked_ms: figures.talked_ms,
        members: found.members.into_iter().map(Into::into).collect(),
    }))
}
