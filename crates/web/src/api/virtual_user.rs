//! The operator's side of the activation of virtual users (S3, S4).

use axum::{Json, extract::State, http::StatusCode};
use model::VirtualUserId;
use serde::Serialize;
use service::{VirtualUserNotActive, virtual_user};
use utoipa::ToSchema;

use super::{
    activation::DecisionIn, actor::Caller, body::Body, error::ApiError, group_out::VirtualUserOut,
    id::Id,
};
use crate::server::Portal;

/// A virtual user that waits, and where it belongs.
#[derive(Serialize, ToSchema)]
pub(super) struct VirtualWaitingOut {
    /// Name of the enterprise.
    enterprise_name: String,
    /// Name of the site.
    site_name: String,
    /// The virtual user.
    virtual_user: VirtualUserOut,
}

impl From<VirtualUserNotActive> for VirtualWaitingOut {
    fn from(waiting: VirtualUserNotActive) -> Self {
        Self {
            enterprise_name: waiting.enterprise_name,
            site_name: waiting.site_name,
            virtual_user: waiting.virtual_user.into(),
        }
    }
}

/// Activates a hunt group or call centre, fails it with a reason, or asks the back end again.
#[utoipa::path(
    post, path = "/api/v1/operator/virtual-users/{id}/activation", tag = "activation", params(("id" = Uuid, Path)),
    request_body = DecisionIn,
    responses((status = 200, body = VirtualUserOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn decide(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<VirtualUserId>,
    Body(decision): Body<DecisionIn>,
) -> Result<Json<VirtualUserOut>, ApiError> {
    let decision = decision.read()?;
    let decided = virtual_user::decide(&portal.env, &actor, id, &decision).await?;
    Ok(Json(decided.into()))
}

/// Removes a hunt group or call centre that was never active.
#[utoipa::path(
    delete, path = "/api/v1/operator/virtual-users/{id}/activation", tag = "activation", params(("id" = Uuid, Path)),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn cancel(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<VirtualUserId>,
) -> Result<StatusCode, ApiError> {
    virtual_user::cancel(&portal.env, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
