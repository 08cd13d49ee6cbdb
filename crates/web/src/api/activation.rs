//! The operator's side of activation (S3, S4).

use axum::{Json, extract::State, http::StatusCode};
use model::{Field, Limit, Problem, UserId};
use serde::{Deserialize, Serialize};
use service::{
    Error,
    activation::{self, Decision},
};
use utoipa::{IntoParams, ToSchema};

use super::{
    actor::Caller, body::Body, cursor, error::ApiError, id::Id, query::Query, user_out::UserOut,
};
use crate::server::Portal;

/// What the operator has decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionIn {
    /// `activated`, `failed`, or `pending` to ask the back end again.
    outcome: String,
    /// Why it failed; the administrator reads it.
    reason: Option<String>,
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
    let decision = match decision.outcome.as_str() {
        "activated" => Decision::Activate,
        "failed" => Decision::Fail {
            reason: decision.reason.unwrap_or_default(),
        },
        "pending" => Decision::Retry,
        _ => return Err(Error::field(Field::Outcome, Problem::Unknown).into()),
    };
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

/// A user that waits, and where it belongs.
#[derive(Serialize, ToSchema)]
pub(super) struct WaitingOut {
    /// Name of the enterprise.
    enterprise_name: String,
    /// Name of the site.
    site_name: String,
    /// The user.
    user: UserOut,
}

/// A page of users that wait.
#[derive(Serialize, ToSchema)]
pub(super) struct QueueOut {
    /// The users, the oldest first.
    items: Vec<WaitingOut>,
    /// Where the next page begins; `null` on the last one.
    next_cursor: Option<String>,
}

/// Lists users that are Pending or Failed, in the whole installation.
#[utoipa::path(
    get, path = "/api/v1/operator/activations", tag = "activation", params(PageQuery),
    responses((status = 200, body = QueueOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn queue(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Query(query): Query<PageQuery>,
) -> Result<Json<QueueOut>, ApiError> {
    let from = cursor::decode(query.cursor.as_deref())?;
    let page = activation::queue(&portal.env, &actor, from.as_ref(), query.limit()).await?;
    let next_cursor = page.next.as_ref().map(cursor::encode);
    let items = page.items.into_iter().map(|waiting| WaitingOut {
        enterprise_name: waiting.enterprise_name,
        site_name: waiting.site_name,
        user: UserOut::new(&portal.env, waiting.user),
    });
    Ok(Json(QueueOut {
        items: items.collect(),
        next_cursor,
    }))
}
