//! An administrator asks the operator to look at a failed activation (S4).

use axum::{Json, extract::State, http::StatusCode};
use model::{ActivationRequest, UserId};
use serde::{Deserialize, Serialize};
use service::activation;
use utoipa::ToSchema;

use super::{actor::Caller, body::Body, error::ApiError, id::Id, user_out::time};
use crate::server::Portal;

/// What is asked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ActivationRequestIn {
    /// Plain text of at most 500 characters; may be absent.
    message: Option<String>,
}

/// What was asked.
#[derive(Serialize, ToSchema)]
pub(super) struct ActivationRequestOut {
    /// When: RFC 3339, UTC.
    asked_at: String,
    /// By whom.
    asked_by: String,
    /// In the administrator's words.
    message: Option<String>,
}

impl From<ActivationRequest> for ActivationRequestOut {
    fn from(request: ActivationRequest) -> Self {
        Self {
            asked_at: time(request.at),
            asked_by: request.by,
            message: request.message.map(|message| message.to_string()),
        }
    }
}

/// Asks the operator to look at a failed activation; within a day of the last time, that one is answered and stays (200).
#[utoipa::path(
    post, path = "/api/v1/users/{id}/activation-request", tag = "activation", params(("id" = Uuid, Path)),
    request_body = ActivationRequestIn,
    responses(
        (status = 201, body = ActivationRequestOut), (status = 200, body = ActivationRequestOut),
        (status = "4XX", body = super::error::ProblemDetails),
    ),
)]
pub(super) async fn ask(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
    Body(asked): Body<ActivationRequestIn>,
) -> Result<(StatusCode, Json<ActivationRequestOut>), ApiError> {
    let message = asked.message.unwrap_or_default();
    let asked = activation::request(&portal.env, &actor, id, &message).await?;
    let status = match asked.is_new {
        true => StatusCode::CREATED,
        false => StatusCode::OK,
    };
    Ok((status, Json(asked.request.into())))
}
