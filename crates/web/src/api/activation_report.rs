//! The carrier reports back on an order (S3, S4); it is known by its signature, not by a token.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request, State},
    http::{HeaderMap, StatusCode},
};
use model::{Field, Problem};
use serde::Deserialize;
use service::{
    Error,
    activation::{self, Outcome, Report, Signed},
};
use utoipa::ToSchema;

use super::{body::Body, error::ApiError};
use crate::server::Portal;

/// The largest report that is read, in bytes.
const LARGEST: usize = 16 * 1024;

/// What became of an order.
#[derive(Deserialize, ToSchema)]
pub(super) struct ActivationReportIn {
    /// The id that the order had.
    order: String,
    /// `activated` or `failed`.
    outcome: String,
    /// Why it failed; the administrator reads it.
    reason: Option<String>,
}

/// Reports on an order. The request is signed in the way of Standard Webhooks (`webhook-id`, `webhook-timestamp`,
/// `webhook-signature`) with the secret that the order was signed with; sent again, it is answered the same and counts once.
#[utoipa::path(
    post, path = "/api/v1/activation-reports", tag = "activation", request_body = ActivationReportIn, security(()),
    params(
        ("webhook-id" = String, Header), ("webhook-timestamp" = String, Header), ("webhook-signature" = String, Header),
    ),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn report(
    State(portal): State<Portal>,
    request: Request,
) -> Result<StatusCode, ApiError> {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, LARGEST).await.map_err(|_| {
        let detail = format!("at most {LARGEST} bytes");
        ApiError::Request(
            StatusCode::PAYLOAD_TOO_LARGE,
            "The body is too large",
            detail,
        )
    })?;
    let signed = signed(&parts.headers);
    activation::authenticate(&portal.env, signed, &bytes)?;
    let body = Request::from_parts(parts.clone(), Bytes::into(bytes));
    let Body(told) = Body::<ActivationReportIn>::from_request(body, &()).await?;
    activation::report(&portal.env, signed.id, &meant(told)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn signed(headers: &HeaderMap) -> Signed<'_> {
    let text = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    };
    Signed {
        id: text("webhook-id"),
        timestamp: text("webhook-timestamp"),
        signature: text("webhook-signature"),
    }
}

fn meant(told: ActivationReportIn) -> Result<Report, Error> {
    let outcome = match told.outcome.as_str() {
        "activated" => Outcome::Activated,
        "failed" => Outcome::Failed {
            reason: told.reason.unwrap_or_default(),
        },
        _ => return Err(Error::field(Field::Outcome, Problem::Unknown)),
    };
    let order = told.order;
    Ok(Report { order, outcome })
}
