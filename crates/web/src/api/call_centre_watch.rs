//! Call centres as supervisors see them: the wallboard and the history (G4, U8).

use axum::{Json, extract::State};
use model::{Field, Limit, Timestamp, VirtualUserId};
use serde::{Deserialize, Serialize};
use service::call_centre::{self, PastCall, PastStep};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    actor::Caller,
    call_centre::AgentOut,
    error::ApiError,
    id::{Id, Ids},
    query::Query,
    user_out::{moment, time},
};
use crate::server::Portal;

/// Of what time a wallboard tells without a word.
const DAY_S: i64 = 24 * 60 * 60;

/// From when on figures count.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Since {
    /// RFC 3339; the last 24 hours by itself.
    from: Option<String>,
}

/// Who waits.
#[derive(Serialize, ToSchema)]
pub(super) struct WaitingCallerOut {
    /// Who calls.
    caller: String,
    /// Since when: RFC 3339.
    since: String,
    /// Whether an agent has not taken the call.
    has_bounced: bool,
    /// The agents who are rung.
    rung: Vec<Uuid>,
}

/// A wallboard.
#[derive(Serialize, ToSchema)]
pub(super) struct WallOut {
    /// Who waits, the next one first.
    waiting: Vec<WaitingCallerOut>,
    /// The agents.
    agents: Vec<AgentOut>,
    /// Calls that came.
    entered: u32,
    /// Calls that agents took.
    answered: u32,
    /// Callers who hung up while waiting.
    abandoned: u32,
    /// Milliseconds of waiting on average.
    average_wait_ms: Option<i64>,
    /// The longest wait in milliseconds.
    longest_wait_ms: i64,
    /// Per cent answered within the service level.
    service_level: Option<u32>,
}

/// The wallboard, for administrators and for supervisors with the service (U8).
#[utoipa::path(
    get, path = "/api/v1/call-centres/{id}/wallboard", tag = "call centres", params(("id" = Uuid, Path), Since),
    responses((status = 200, body = WallOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn wall(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<VirtualUserId>,
    Query(asked): Query<Since>,
) -> Result<Json<WallOut>, ApiError> {
    let day_ago = portal.env.now().plus_seconds(-DAY_S);
    let from = moment(Field::From, asked.from.as_deref())?.unwrap_or(day_ago);
    let wall = call_centre::wall(&portal.env, &actor, id, from).await?;
    let waiting = wall.waiting.iter().map(|caller| WaitingCallerOut {
        caller: caller.caller.clone(),
        since: time(caller.since),
        has_bounced: caller.has_bounced,
        rung: caller.rung.iter().map(|user| user.0).collect(),
    });
    let figures = &wall.figures;
    Ok(Json(WallOut {
        waiting: waiting.collect(),
        agents: wall.agents.iter().map(|(seat, _)| seat.into()).collect(),
        entered: figures.entered,
        answered: figures.answered,
        abandoned: figures.abandoned,
        average_wait_ms: figures.average_wait_ms(),
        longest_wait_ms: figures.longest_ms,
        service_level: figures.service_level(),
    }))
}

/// Which calls.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PastCalls {
    /// Not before this moment: RFC 3339.
    from: Option<String>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<usize>,
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
    /// The name of who took it.
    answered_by: Option<String>,
    /// When: RFC 3339.
    answered_at: Option<String>,
    /// When it left: RFC 3339.
    left_at: String,
    /// `talked`, `abandoned`, `busy`, `transferred`, `rang-on` or `announced`.
    departure: &'static str,
    /// Why, when it left without an agent.
    cause: Option<&'static str>,
    /// How often an agent was rung.
    offers: i64,
    /// How often it came back to the queue.
    bounces: i64,
}

impl From<&PastCall> for PastCallOut {
    fn from(call: &PastCall) -> Self {
        let answered = call.answered.as_ref();
        Self {
            id: call.id,
            caller: call.caller.clone(),
            entered_at: time(call.entered_at),
            answered_by: answered.map(|(name, _)| name.clone()),
            answered_at: answered.map(|(_, at)| time(*at)),
            left_at: time(call.left_at),
            departure: call.departure.id(),
            cause: call.departure.cause().map(model::call_centre::Cause::id),
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

/// The calls of a call centre that are over.
#[utoipa::path(
    get, path = "/api/v1/call-centres/{id}/calls", tag = "call centres", params(("id" = Uuid, Path), PastCalls),
    responses((status = 200, body = PastCallsOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn calls(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<VirtualUserId>,
    Query(asked): Query<PastCalls>,
) -> Result<Json<PastCallsOut>, ApiError> {
    let from = moment(Field::From, asked.from.as_deref())?.unwrap_or(Timestamp(0));
    let before = asked.cursor.as_deref().map(read).transpose()?;
    let limit = asked.limit.map_or_else(Limit::default, Limit::new);
    let limit = i64::try_from(limit.get()).ok();
    let found = call_centre::history(&portal.env, &actor, id, from, before, limit).await?;
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
    /// `offered`, `bounced` or `answered`.
    kind: String,
    /// Whose phone; `null` for somebody who was deleted.
    user: Option<Uuid>,
    /// The name at that time.
    name: String,
    /// Why it came back.
    why: Option<String>,
}

impl From<PastStep> for PastStepOut {
    fn from(step: PastStep) -> Self {
        Self {
            at: time(step.at),
            kind: step.kind,
            user: step.user.map(|user| user.0),
            name: step.name,
            why: step.why,
        }
    }
}

/// The way of a call: to whom it was offered and what came of it.
#[utoipa::path(
    get, path = "/api/v1/call-centres/{id}/calls/{call}", tag = "call centres",
    params(("id" = Uuid, Path), ("call" = Uuid, Path)),
    responses((status = 200, body = Vec<PastStepOut>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn way(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(id, call): Ids<VirtualUserId, Uuid>,
) -> Result<Json<Vec<PastStepOut>>, ApiError> {
    let way = call_centre::way(&portal.env, &actor, id, call).await?;
    Ok(Json(way.steps.into_iter().map(Into::into).collect()))
}
