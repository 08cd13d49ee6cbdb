//! A user's profile.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use model::{Profile, ProfileDraft, UserId};
use serde::{Deserialize, Serialize};
use service::profile;
use utoipa::ToSchema;

use super::{
    actor::Caller,
    body::Body,
    error::ApiError,
    id::Id,
    version::{IfMatch, etag},
};
use crate::server::Portal;

/// A user's profile; what is read can be sent back.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileBody {
    /// IANA name; `null` for the site's.
    #[serde(default)]
    time_zone: Option<String>,
    /// Not in the colleagues' phone book.
    #[serde(default)]
    is_unlisted: bool,
    /// Colleagues do not see whether the phone is logged in.
    #[serde(default)]
    hides_phone_state: bool,
}

fn told(profile: &Profile) -> Response {
    let body = ProfileBody {
        time_zone: profile.time_zone.map(|zone| zone.to_string()),
        is_unlisted: profile.is_unlisted,
        hides_phone_state: profile.hides_phone_state,
    };
    ([(header::ETAG, etag(profile.version))], Json(body)).into_response()
}

/// Looks at a user's profile.
#[utoipa::path(
    get, path = "/api/v1/users/{id}/profile", tag = "call services", params(("id" = Uuid, Path)),
    responses((status = 200, body = ProfileBody), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
) -> Result<Response, ApiError> {
    Ok(told(&profile::get(&portal.env, &actor, id).await?.1))
}

/// Sets a user's profile, in any state (S6).
#[utoipa::path(
    put, path = "/api/v1/users/{id}/profile", tag = "call services",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header)), request_body = ProfileBody,
    responses((status = 200, body = ProfileBody), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn set(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
    IfMatch(version): IfMatch,
    Body(new): Body<ProfileBody>,
) -> Result<Response, ApiError> {
    let draft = ProfileDraft {
        time_zone: new.time_zone.unwrap_or_default(),
        is_unlisted: new.is_unlisted,
        hides_phone_state: new.hides_phone_state,
    };
    let done = profile::set(&portal.env, &actor, id, &draft, version).await?;
    Ok(told(&done))
}
