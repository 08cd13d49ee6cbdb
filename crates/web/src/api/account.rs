//! A user's access to the portal: registration email (U10), lock (A2), account reset (A3); rules for passwords (A5).

use axum::{Json, extract::State, http::StatusCode};
use model::{EnterpriseId, PasswordRules, TypedPasswordRules, UserId};
use serde::{Deserialize, Serialize};
use service::{account, password_rules};
use utoipa::ToSchema;

use super::{actor::Caller, body::Body, error::ApiError, id::Id, user_out::time};
use crate::server::Portal;

/// How it is with a user's access to the portal.
#[derive(Serialize, ToSchema)]
pub(super) struct AccessOut {
    /// Whether a password is set.
    password_is_set: bool,
    /// Since when too many wrong passwords have locked the account, RFC 3339, UTC; `null` while they have not.
    locked_at: Option<String>,
}

/// How it is with a user's access to the portal.
#[utoipa::path(
    get, path = "/api/v1/users/{id}/account", tag = "account", params(("id" = Uuid, Path)),
    responses((status = 200, body = AccessOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
) -> Result<Json<AccessOut>, ApiError> {
    let access = account::access(&portal.env, &actor, id).await?;
    Ok(Json(AccessOut {
        password_is_set: access.is_registered,
        locked_at: access.locked_at.map(time),
    }))
}

/// Sends the registration email again; links sent earlier stop working.
#[utoipa::path(
    post, path = "/api/v1/users/{id}/registration-email", tag = "account", params(("id" = Uuid, Path)),
    responses((status = 202), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn send_registration_email(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
) -> Result<StatusCode, ApiError> {
    account::send_registration_email(&portal.env, &actor, id).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Resets the account: unlocked, without password and sessions, with a new registration email. Self-service comes first.
#[utoipa::path(
    post, path = "/api/v1/users/{id}/account-reset", tag = "account", params(("id" = Uuid, Path)),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn reset(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
) -> Result<StatusCode, ApiError> {
    account::reset(&portal.env, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an enterprise asks of passwords, and when it locks accounts.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordRulesBody {
    /// Fewest characters, 8 to 64.
    min_length: i64,
    /// How many of lower case, upper case, digits, others there must be, 1 to 4.
    min_classes: i64,
    /// Most identical characters in a row, 1 to 10.
    max_repeats: i64,
    /// How many of the last passwords may not be taken again, 0 to 10.
    history: i64,
    /// How long a password is good, 1 to 3,650 days; `null` for ever.
    expires_after_days: Option<i64>,
    /// The wrong password that locks an account, up to 100; 0 for never.
    lock_after: i64,
}

impl From<PasswordRules> for PasswordRulesBody {
    fn from(rules: PasswordRules) -> Self {
        Self {
            min_length: rules.min_length.into(),
            min_classes: rules.min_classes.into(),
            max_repeats: rules.max_repeats.into(),
            history: rules.history.into(),
            expires_after_days: rules.expires_after_days.map(Into::into),
            lock_after: rules.lock_after.into(),
        }
    }
}

/// What an enterprise asks of passwords.
#[utoipa::path(
    get, path = "/api/v1/enterprises/{enterprise}/password-rules", tag = "enterprises",
    params(("enterprise" = Uuid, Path)),
    responses((status = 200, body = PasswordRulesBody), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn rules(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(enterprise): Id<EnterpriseId>,
) -> Result<Json<PasswordRulesBody>, ApiError> {
    let (_, rules) = password_rules::get(&portal.env, &actor, enterprise).await?;
    Ok(Json(rules.into()))
}

/// Sets what an enterprise asks of passwords; those that are set already stay good.
#[utoipa::path(
    put, path = "/api/v1/enterprises/{enterprise}/password-rules", tag = "enterprises",
    params(("enterprise" = Uuid, Path)), request_body = PasswordRulesBody,
    responses((status = 200, body = PasswordRulesBody), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn set_rules(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(enterprise): Id<EnterpriseId>,
    Body(new): Body<PasswordRulesBody>,
) -> Result<Json<PasswordRulesBody>, ApiError> {
    let days = new.expires_after_days.map(|days| days.to_string());
    let typed = TypedPasswordRules {
        min_length: new.min_length.to_string(),
        min_classes: new.min_classes.to_string(),
        max_repeats: new.max_repeats.to_string(),
        history: new.history.to_string(),
        expires_after_days: days.unwrap_or_default(),
        lock_after: new.lock_after.to_string(),
    };
    let rules = password_rules::set(&portal.env, &actor, enterprise, &typed).await?;
    Ok(Json(rules.into()))
}
