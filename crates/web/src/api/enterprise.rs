//! Enterprises, their licences and administrators.

use axum::{Json, extract::State, http::StatusCode};
use model::{EnterpriseId, Product, SiteId};
use serde::{Deserialize, Serialize};
use service::{
    Error,
    administrator::{self, AddAdministrator},
    enterprise::{self, AddEnterprise},
    licence,
};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    activation::PageQuery,
    actor::Caller,
    body::Body,
    catalogue::LicenceOut,
    cursor,
    error::ApiError,
    id::{Id, Ids},
    query::Query,
    telephony::TelephonyOut,
    user_out::time,
};
use crate::server::Portal;

/// An enterprise.
#[derive(Serialize, ToSchema)]
pub(super) struct EnterpriseOut {
    /// Identity.
    id: Uuid,
    /// Name.
    name: String,
    /// Short name behind the `@` when logging in.
    domain: String,
    /// `DE` or `GB`.
    country: &'static str,
    /// Fewest digits of an extension.
    extension_min: usize,
    /// Most digits.
    extension_max: usize,
    /// How many digits of the number an extension has by itself.
    extension_default: usize,
    /// What the call engine keeps to.
    telephony: TelephonyOut,
    /// RFC 3339, UTC.
    created_at: String,
}

impl From<model::Enterprise> for EnterpriseOut {
    fn from(enterprise: model::Enterprise) -> Self {
        Self {
            id: enterprise.id.0,
            name: enterprise.name.to_string(),
            domain: enterprise.domain.to_string(),
            country: enterprise.country.code(),
            extension_min: enterprise.extension_rule.min,
            extension_max: enterprise.extension_rule.max,
            extension_default: enterprise.extension_rule.default,
            telephony: enterprise.telephony.into(),
            created_at: time(enterprise.created_at),
        }
    }
}

/// A page of enterprises.
#[derive(Serialize, ToSchema)]
pub(super) struct EnterpriseListOut {
    /// The enterprises, the oldest first.
    items: Vec<EnterpriseOut>,
    /// Where the next page begins; `null` on the last one.
    next_cursor: Option<String>,
}

/// Lists enterprises.
#[utoipa::path(
    get, path = "/api/v1/enterprises", tag = "enterprises", params(PageQuery),
    responses((status = 200, body = EnterpriseListOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Query(query): Query<PageQuery>,
) -> Result<Json<EnterpriseListOut>, ApiError> {
    let from = cursor::decode(query.cursor.as_deref())?;
    let page = enterprise::list(&portal.env, &actor, from.as_ref(), query.limit()).await?;
    let next_cursor = page.next.as_ref().map(cursor::encode);
    Ok(Json(EnterpriseListOut {
        items: page.items.into_iter().map(Into::into).collect(),
        next_cursor,
    }))
}

/// What is asked for to add an enterprise.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EnterpriseIn {
    /// Name.
    name: String,
    /// Short name behind the `@` when logging in: `a-z 0-9 -`.
    domain: String,
    /// `DE` or `GB`.
    country: String,
}

/// Adds an enterprise.
#[utoipa::path(
    post, path = "/api/v1/enterprises", tag = "enterprises", request_body = EnterpriseIn,
    responses((status = 201, body = EnterpriseOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn add(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Body(new): Body<EnterpriseIn>,
) -> Result<(StatusCode, Json<EnterpriseOut>), ApiError> {
    let EnterpriseIn {
        name,
        domain,
        country,
    } = new;
    let enterprise = enterprise::add(
        &portal.env,
        &actor,
        &AddEnterprise {
            name,
            domain,
            country,
        },
    )
    .await?;
    Ok((StatusCode::CREATED, Json(enterprise.into())))
}

/// Lists packages and services with what the enterprise holds and uses.
#[utoipa::path(
    get, path = "/api/v1/enterprises/{enterprise}/licences", tag = "enterprises",
    params(("enterprise" = Uuid, Path)),
    responses((status = 200, body = Vec<LicenceOut>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn licences(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(enterprise): Id<EnterpriseId>,
) -> Result<Json<Vec<LicenceOut>>, ApiError> {
    let licences = licence::list(&portal.env, &actor, enterprise).await?;
    Ok(Json(licences.into_iter().map(Into::into).collect()))
}

/// How many licences the enterprise shall hold.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LicenceIn {
    /// At least as many as are used.
    total: i64,
}

/// Sets how many licences of a package or service the enterprise holds.
#[utoipa::path(
    put, path = "/api/v1/enterprises/{enterprise}/licences/{product}", tag = "enterprises",
    params(("enterprise" = Uuid, Path), ("product" = String, Path)),
    request_body = LicenceIn,
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn set_licence(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(enterprise, product): Ids<EnterpriseId, Product>,
    Body(new): Body<LicenceIn>,
) -> Result<StatusCode, ApiError> {
    licence::set(&portal.env, &actor, enterprise, &[(product, new.total)])
        .await
        .map_err(Error::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is asked for to add an administrator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AdministratorIn {
    /// `enterprise-admin` or `site-admin`.
    role: String,
    /// The sites of a site administrator.
    #[serde(default)]
    sites: Vec<Uuid>,
    /// Username, unique in the enterprise.
    username: String,
    /// Where mail goes.
    email: String,
    /// `de` or `en`.
    language: String,
}

/// An administrator that was added.
#[derive(Serialize, ToSchema)]
pub(super) struct AdministratorAdded {
    /// Identity of the account.
    id: Uuid,
    /// Path of the one-time link with which the password is set.
    registration_path: String,
}

/// Adds an administrator to an enterprise.
#[utoipa::path(
    post, path = "/api/v1/enterprises/{enterprise}/administrators", tag = "enterprises",
    params(("enterprise" = Uuid, Path)), request_body = AdministratorIn,
    responses((status = 201, body = AdministratorAdded), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn add_administrator(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(enterprise): Id<EnterpriseId>,
    Body(new): Body<AdministratorIn>,
) -> Result<(StatusCode, Json<AdministratorAdded>), ApiError> {
    let request = AddAdministrator {
        role: new.role,
        sites: new.sites.into_iter().map(SiteId).collect(),
        username: new.username,
        email: new.email,
        language: new.language,
    };
    let (id, token) = administrator::add(&portal.env, &actor, enterprise, &request).await?;
    let added = AdministratorAdded {
        id: id.0,
        registration_path: format!("/password/{token}"),
    };
    Ok((StatusCode::CREATED, Json(added)))
}
