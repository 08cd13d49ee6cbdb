//! Changing a user (C1–C3).

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use model::{UserId, UserPatch};
use serde::{Deserialize, Deserializer};
use service::{Error, user};
use utoipa::ToSchema;

use super::{
    actor::Caller,
    body::Body,
    error::ApiError,
    id::Id,
    user::UserAdded,
    user_out::UserOut,
    version::{IfMatch, etag},
};
use crate::server::Portal;

/// What is to change; an absent field stays as it is, `null` and empty clear it. Username, number, desk phone type,
/// package, services, mobile and contract number can be changed once the user is active.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub(super) struct UserPatchIn {
    #[serde(deserialize_with = "given")]
    number: Option<String>,
    #[serde(deserialize_with = "given")]
    extension: Option<String>,
    #[serde(deserialize_with = "given")]
    package: Option<String>,
    #[serde(deserialize_with = "given")]
    services: Option<Vec<String>>,
    #[serde(deserialize_with = "given")]
    first_name: Option<String>,
    #[serde(deserialize_with = "given")]
    last_name: Option<String>,
    #[serde(deserialize_with = "given")]
    username: Option<String>,
    #[serde(deserialize_with = "given")]
    email: Option<String>,
    #[serde(deserialize_with = "given")]
    language: Option<String>,
    #[serde(deserialize_with = "given")]
    department: Option<String>,
    #[serde(deserialize_with = "given")]
    desk_phone_type: Option<String>,
    #[serde(deserialize_with = "given")]
    mobile_number: Option<String>,
    #[serde(deserialize_with = "given")]
    contract_number: Option<String>,
}

/// A field that is there; `null` is an empty one.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer).map(|value: Option<T>| Some(value.unwrap_or_default()))
}

impl From<UserPatchIn> for UserPatch {
    fn from(patch: UserPatchIn) -> Self {
        Self {
            number: patch.number,
            extension: patch.extension,
            package: patch.package,
            services: patch.services,
            first_name: patch.first_name,
            last_name: patch.last_name,
            username: patch.username,
            email: patch.email,
            language: patch.language,
            department: patch.department,
            desk_phone_type: patch.desk_phone_type,
            mobile_number: patch.mobile_number,
            contract_number: patch.contract_number,
        }
    }
}

/// Changes a user; another number or desk phone makes new login details, shown this once.
#[utoipa::path(
    patch, path = "/api/v1/users/{id}", tag = "users",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = UserPatchIn,
    responses((status = 200, body = UserAdded), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn modify(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
    IfMatch(version): IfMatch,
    Body(patch): Body<UserPatchIn>,
) -> Result<Response, ApiError> {
    let modified = match user::modify(&portal.env, &actor, id, patch.into(), version).await {
        Err(Error::Changed) => {
            let seen = version.unwrap_or_default();
            let entries = user::meanwhile(&portal.env, &actor, id, seen).await?;
            return Err(ApiError::Meanwhile(entries));
        }
        modified => modified?,
    };
    let tag = etag(modified.user.version);
    let body = UserAdded {
        user: UserOut::new(&portal.env, modified.user),
        login_details: modified.login_details.map(Into::into),
    };
    Ok(([(axum::http::header::ETAG, tag)], Json(body)).into_response())
}
