//! Call centres as supervisors see them: the wallboard (G4, U8).

use axum::{Json, extract::State};
use model::{Field, VirtualUserId};
use serde::{Deserialize, Serialize};
use service::call_centre;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    actor::Caller,
    call_centre::AgentOut,
    error::ApiError,
    id::Id,
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
