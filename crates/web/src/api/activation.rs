//! The operator's side of activation (S3, S4).

use axum::{Json, extract::State, http::StatusCode};
use model::{EnterpriseId, Field, Limit, Problem, State as UserState, UserId};
use serde::{Deserialize, Serialize};
use service::{
    Error, NotActive,
    activation::{self, Decision, Waiting},
    virtual_user,
};
use utoipa::{IntoParams, ToSchema};

use super::{
    activation_request::ActivationRequestOut,
    actor::Caller,
    body::Body,
    cursor,
    error::ApiError,
    id::Id,
    query::Query,
    user_out::{UserOut, time},
    virtual_user::VirtualWaitingOut,
};
use crate::server::Portal;

/// What the operator has decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionIn {
    /// `activated`, `failed`, or `pending` to ask the back end again.
    outcome: String,
    /// Why it failed: `porting-unconfirmed`, `contract-missing`, `number-not-assigned`, or words for the administrator.
    reason: Option<String>,
}

impl DecisionIn {
    pub(super) fn read(self) -> Result<Decision, Error> {
        match self.outcome.as_str() {
            "activated" => Ok(Decision::Activate),
            "failed" => Ok(Decision::Fail {
                reason: self.reason.unwrap_or_default(),
            }),
            "pending" => Ok(Decision::Retry),
            _ => Err(Error::field(Field::Outcome, Problem::Unknown)),
        }
    }
}

/// Activates a user, fails it with a reason, or asks the back end again.
#[utoipa::path(
    post, path = "/api/v1/operator/users/{id}/activation", tag = "activation", params(("id" = Uuid, Path)),
    request_body = DecisionIn,
    responses((status = 200, body = UserOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn decide(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
    Body(decision): Body<DecisionIn>,
) -> Result<Json<UserOut>, ApiError> {
    let decision = decision.read()?;
    let user = activation::decide(&portal.env, &actor, id, &decision).await?;
    Ok(Json(UserOut::new(&portal.env, user)))
}

/// Removes a user that was never active.
#[utoipa::path(
    delete, path = "/api/v1/operator/users/{id}/activation", tag = "activation", params(("id" = Uuid, Path)),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn cancel(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
) -> Result<StatusCode, ApiError> {
    activation::cancel(&portal.env, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A page that is wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// Where to go on.
    pub(super) cursor: Option<String>,
    /// How many, 1 to 200.
    pub(super) limit: Option<usize>,
}

impl PageQuery {
    pub(super) fn limit(&self) -> Limit {
        self.limit.map_or_else(Limit::default, Limit::new)
    }
}

/// Who in the queue is wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct QueueQuery {
    /// Id of an enterprise.
    enterprise: Option<uuid::Uuid>,
    /// `pending` or `failed`.
    state: Option<String>,
    /// Only who was added longer ago than this many hours.
    waiting_hours: Option<u32>,
    /// Where to go on.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<usize>,
}

/// What happens next for a Pending user.
#[derive(Serialize, ToSchema)]
pub(super) struct NextStepOut {
    /// `attempt`: the back end is asked at that time; `operator`, `carrier`: waiting for them since that time.
    kind: &'static str,
    /// RFC 3339, UTC.
    at: String,
}

/// A user that waits, and where it belongs.
#[derive(Serialize, ToSchema)]
pub(super) struct WaitingOut {
    /// Name of the enterprise.
    enterprise_name: String,
    /// Name of the site.
    site_name: String,
    /// The user.
    user: UserOut,
    /// What happens next; `null` for who has failed.
    next_step: Option<NextStepOut>,
    /// When it is spoken of again: RFC 3339, UTC.
    reminder_at: Option<String>,
    /// When it was spoken of last: RFC 3339, UTC.
    reminded_at: Option<String>,
    /// What went wrong with the last attempt.
    last_error: Option<String>,
    /// Id of the order at the carrier that is open.
    order: Option<uuid::Uuid>,
    /// What an administrator has asked.
    request: Option<ActivationRequestOut>,
}

impl WaitingOut {
    fn new(portal: &Portal, waiting: NotActive) -> Self {
        let (user, progress) = (waiting.user, waiting.progress);
        let next = (user.state == UserState::Pending).then(|| progress.next_step(user.created_at));
        Self {
            enterprise_name: waiting.enterprise_name,
            site_name: waiting.site_name,
            next_step: next.map(|next| NextStepOut {
                kind: next.name(),
                at: time(next.at()),
            }),
            reminder_at: progress.reminder_at.map(time),
            reminded_at: progress.reminded_at.map(time),
            last_error: progress.attempt.and_then(|attempt| attempt.last_error),
            order: progress.order.map(|order| order.id.0),
            request: progress.request.map(Into::into),
            user: UserOut::new(&portal.env, user),
        }
    }
}

/// A page of users that wait.
#[derive(Serialize, ToSchema)]
pub(super) struct QueueOut {
    /// The users: those first whom somebody has asked about, then the oldest.
    items: Vec<WaitingOut>,
    /// Hunt groups and call centres that wait, the oldest first; all of them on the first page.
    virtual_users: Vec<VirtualWaitingOut>,
    /// Where the next page begins; `null` on the last one.
    next_cursor: Option<String>,
}

/// Lists users that are Pending or Failed, in the whole installation.
#[utoipa::path(
    get, path = "/api/v1/operator/activations", tag = "activation", params(QueueQuery),
    responses((status = 200, body = QueueOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn queue(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Query(query): Query<QueueQuery>,
) -> Result<Json<QueueOut>, ApiError> {
    let from = cursor::decode(query.cursor.as_deref())?;
    let waiting = Waiting {
        enterprise: query.enterprise.map(EnterpriseId),
        state: query.state,
        hours: query.waiting_hours,
    };
    let limit = query.limit.map_or_else(Limit::default, Limit::new);
    let page = activation::queue(&portal.env, &actor, &waiting, from.as_ref(), limit).await?;
    let virtual_users = match from {
        None => virtual_user::queue(&portal.env, &actor, &waiting).await?,
        Some(_) => Vec::new(),
    };
    let next_cursor = page.next.as_ref().map(cursor::encode);
    let items = page.items.into_iter();
    Ok(Json(QueueOut {
        items: items.map(|item| WaitingOut::new(&portal, item)).collect(),
        virtual_users: virtual_users.into_iter().map(Into::into).collect(),
        next_cursor,
    }))
}
