//! Calls that are over.

use axum::{Json, extract::State};
use model::{CallParty, CallRecord, CallRecordId, Limit, SiteId, UserId};
use serde::{Deserialize, Serialize};
use service::{
    Actor,
    call_record::{self, Wanted},
};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{actor::Caller, error::ApiError, id::Id, query::Query, user_out::time};
use crate::server::Portal;

/// A page of calls that is wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// Calls before this one.
    before: Option<Uuid>,
    /// How many, 1 to 200.
    limit: Option<usize>,
}

/// Which calls are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CallQuery {
    /// Of this site; who administers several names one.
    site: Option<Uuid>,
    /// Calls before this one.
    before: Option<Uuid>,
    /// How many, 1 to 200.
    limit: Option<usize>,
}

/// One side of a call, as it was then.
#[derive(Serialize, ToSchema)]
pub(super) struct CallPartyOut {
    /// The user, as long as there is one that you may look at.
    user: Option<Uuid>,
    /// Name at that time; `null` when it is not known.
    name: Option<String>,
    /// E.164 with `+`, an extension, or what was dialled.
    number: String,
}

impl From<CallParty> for CallPartyOut {
    fn from(party: CallParty) -> Self {
        Self {
            user: party.user.map(|user| user.0),
            name: Some(party.name).filter(|name| !name.is_empty()),
            number: party.number,
        }
    }
}

/// A call that is over.
#[derive(Serialize, ToSchema)]
pub(super) struct CallOut {
    /// Identity.
    id: Uuid,
    /// Who called.
    caller: CallPartyOut,
    /// Who was called.
    called: CallPartyOut,
    /// When it began: RFC 3339, UTC.
    started_at: String,
    /// When it was answered; `null` when it was not.
    answered_at: Option<String>,
    /// When it was over.
    ended_at: String,
    /// How long they talked, in seconds.
    duration_s: i64,
    /// `answered`, `busy`, `no-answer`, `cancelled`, `unreachable` or `refused`.
    outcome: &'static str,
    /// Name of the colleague who answered; after a forward it is not who was called.
    answered_by: Option<String>,
}

impl From<CallRecord> for CallOut {
    fn from(record: CallRecord) -> Self {
        Self {
            duration_s: record.talked_s(),
            id: record.id.0,
            caller: record.caller.into(),
            called: record.called.into(),
            started_at: time(record.started_at),
            answered_at: record.answered_at.map(time),
            ended_at: time(record.ended_at),
            outcome: record.outcome.id(),
            answered_by: record.answered_by.map(|answer| answer.name),
        }
    }
}

/// A page of calls.
#[derive(Serialize, ToSchema)]
pub(super) struct CallListOut {
    /// The calls, the newest first.
    items: Vec<CallOut>,
    /// What to give as `before` for the next page; `null` on the last one.
    next_before: Option<Uuid>,
}

/// Lists the calls of a user, the newest first.
#[utoipa::path(
    get, path = "/api/v1/users/{id}/calls", tag = "calls", params(("id" = Uuid, Path), PageQuery),
    responses((status = 200, body = CallListOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn of_user(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(user): Id<UserId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<CallListOut>, ApiError> {
    let wanted = Wanted {
        user: Some(user),
        ..wanted(query.before, query.limit)
    };
    page(&portal, &actor, wanted).await
}

/// Lists the calls of the enterprise or of a site, the newest first.
#[utoipa::path(
    get, path = "/api/v1/calls", tag = "calls", params(CallQuery),
    responses((status = 200, body = CallListOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Query(query): Query<CallQuery>,
) -> Result<Json<CallListOut>, ApiError> {
    let wanted = Wanted {
        site: query.site.map(SiteId),
        ..wanted(query.before, query.limit)
    };
    page(&portal, &actor, wanted).await
}

fn wanted(before: Option<Uuid>, limit: Option<usize>) -> Wanted {
    Wanted {
        before: before.map(CallRecordId),
        limit: limit.map_or_else(Limit::default, Limit::new),
        ..Wanted::default()
    }
}

async fn page(
    portal: &Portal,
    actor: &Actor,
    wanted: Wanted,
) -> Result<Json<CallListOut>, ApiError> {
    let records = call_record::list(&portal.env, actor, wanted).await?;
    let is_full = records.len() == wanted.limit.get();
    let next_before = records.last().filter(|_| is_full).map(|last| last.id.0);
    Ok(Json(CallListOut {
        items: records.into_iter().map(Into::into).collect(),
        next_before,
    }))
}
