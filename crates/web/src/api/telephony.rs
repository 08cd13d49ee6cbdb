//! What the call engine keeps to: for an enterprise, and for a site.

use axum::{Json, extract::State};
use model::{EnterpriseId, Field, Problems, SiteId, Telephony};
use serde::{Deserialize, Serialize};
use service::{
    Error,
    enterprise::{self, SetTelephony},
    site,
};
use utoipa::ToSchema;

use super::{
    actor::Caller, body::Body, enterprise::EnterpriseOut, error::ApiError, id::Id, site::SiteOut,
};
use crate::server::Portal;

/// What the call engine keeps to for an enterprise.
#[derive(Serialize, ToSchema)]
pub(super) struct TelephonyOut {
    /// Whether phones that know only MD5 are refused (RFC 8760).
    refuses_md5: bool,
    /// Calls at once; emergency calls are always put through.
    max_calls: u32,
}

impl From<Telephony> for TelephonyOut {
    fn from(telephony: Telephony) -> Self {
        Self {
            refuses_md5: telephony.refuses_md5,
            max_calls: telephony.max_calls,
        }
    }
}

/// What the call engine shall keep to for an enterprise.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TelephonyIn {
    /// Whether phones that know only MD5 are refused (RFC 8760).
    refuses_md5: bool,
    /// Calls at once, 1 to 10,000.
    max_calls: i64,
}

/// Sets what the call engine keeps to for an enterprise.
#[utoipa::path(
    put, path = "/api/v1/enterprises/{enterprise}/telephony", tag = "enterprises",
    params(("enterprise" = Uuid, Path)), request_body = TelephonyIn,
    responses((status = 200, body = EnterpriseOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn set(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(enterprise): Id<EnterpriseId>,
    Body(new): Body<TelephonyIn>,
) -> Result<Json<EnterpriseOut>, ApiError> {
    let request = SetTelephony {
        refuses_md5: new.refuses_md5,
        max_calls: new.max_calls.to_string(),
    };
    let enterprise = enterprise::set_telephony(&portal.env, &actor, enterprise, &request).await?;
    Ok(Json(enterprise.into()))
}

/// The number that emergency services shall see.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MainNumberIn {
    /// One of the site's numbers, written internationally or nationally; `null` for none.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    number: Option<String>,
}

/// Sets the number that emergency services see and call back.
#[utoipa::path(
    put, path = "/api/v1/sites/{site}/main-number", tag = "sites", params(("site" = Uuid, Path)),
    request_body = MainNumberIn,
    responses((status = 200, body = SiteOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn set_main_number(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
    Body(new): Body<MainNumberIn>,
) -> Result<Json<SiteOut>, ApiError> {
    let number = new.number.unwrap_or_default();
    let place = site::set_main_number(&portal.env, &actor, site, &number).await;
    Ok(Json(place.map_err(as_in_body)?.site.into()))
}

/// In this body the main number is called `number`, and what is wrong is told there.
fn as_in_body(error: Error) -> Error {
    let Error::Invalid(Problems(mut problems)) = error else {
        return error;
    };
    for problem in &mut problems {
        problem.field = Field::Number;
    }
    Error::Invalid(Problems(problems))
}
