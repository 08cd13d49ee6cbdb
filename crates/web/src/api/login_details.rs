//! New login details for a desk phone (L1).

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use model::UserId;
use service::login_details;

use super::{
    actor::Caller,
    error::ApiError,
    id::Id,
    user_out::LoginDetailsOut,
    version::{IfMatch, etag},
};
use crate::server::Portal;

/// Makes new login details; the old ones stop working, the new ones are answered this once.
#[utoipa::path(
    post, path = "/api/v1/users/{id}/login-details", tag = "login details", 
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 201, body = LoginDetailsOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn renew(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
    IfMatch(version): IfMatch,
) -> Result<Response, ApiError> {
    let (user, details) = login_details::renew(&portal.env, &actor, id, version).await?;
    let tag = etag(user.version);
    Ok((
        StatusCode::CREATED,
        [(header::ETAG, tag)],
        Json(LoginDetailsOut::from(details)),
    )
        .into_response())
}
