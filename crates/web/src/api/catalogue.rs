//! What can be chosen: packages, services, desk phone types.

use axum::{Json, extract::State};
use model::{DeskPhoneType, EnterpriseId, Licence, Package, Product, Service};
use serde::{Deserialize, Serialize};
use service::licence;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{actor::Caller, error::ApiError, query::Query};
use crate::server::Portal;

/// A package or service, and how many licences the enterprise has.
#[derive(Serialize, ToSchema)]
pub(super) struct LicenceOut {
    /// Name of the package or service.
    pub(super) id: &'static str,
    /// How many licences the enterprise holds; `null` where no enterprise is asked about.
    pub(super) total: Option<i64>,
    /// How many of them are used.
    pub(super) used: Option<i64>,
}

impl From<Licence> for LicenceOut {
    fn from(licence: Licence) -> Self {
        Self {
            id: licence.product.id(),
            total: Some(licence.total),
            used: Some(licence.used),
        }
    }
}

/// Of which enterprise.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CatalogueQuery {
    /// The enterprise; one's own when absent.
    enterprise: Option<Uuid>,
}

/// Lists packages.
#[utoipa::path(
    get, path = "/api/v1/packages", tag = "catalogue", params(CatalogueQuery),
    responses((status = 200, body = Vec<LicenceOut>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn packages(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Query(query): Query<CatalogueQuery>,
) -> Result<Json<Vec<LicenceOut>>, ApiError> {
    let catalogue: Vec<_> = Package::ALL.iter().copied().map(Product::Package).collect();
    products(&portal, &actor, &query, &catalogue).await
}

/// Lists services.
#[utoipa::path(
    get, path = "/api/v1/services", tag = "catalogue", params(CatalogueQuery),
    responses((status = 200, body = Vec<LicenceOut>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn services(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Query(query): Query<CatalogueQuery>,
) -> Result<Json<Vec<LicenceOut>>, ApiError> {
    let catalogue: Vec<_> = Service::ALL.iter().copied().map(Product::Service).collect();
    products(&portal, &actor, &query, &catalogue).await
}

async fn products(
    portal: &Portal,
    actor: &service::Actor,
    query: &CatalogueQuery,
    catalogue: &[Product],
) -> Result<Json<Vec<LicenceOut>>, ApiError> {
    let enterprise = query
        .enterprise
        .map(EnterpriseId)
        .or(actor.grant().enterprise());
    let Some(enterprise) = enterprise else {
        let plain = |product: &Product| LicenceOut {
            id: product.id(),
            total: None,
            used: None,
        };
        return Ok(Json(catalogue.iter().map(plain).collect()));
    };
    let licences = licence::list(&portal.env, actor, enterprise).await?;
    let wanted = licences
        .into_iter()
        .filter(|licence| catalogue.contains(&licence.product));
    Ok(Json(wanted.map(Into::into).collect()))
}

/// A kind of desk phone.
#[derive(Serialize, ToSchema)]
pub(super) struct DeskPhoneTypeOut {
    /// Name to be given as `desk_phone_type`.
    id: &'static str,
    /// Maker and model; `null` for any other SIP phone.
    model: Option<&'static str>,
}

/// Lists desk phone types.
#[utoipa::path(
    get, path = "/api/v1/desk-phone-types", tag = "catalogue",
    responses((status = 200, body = Vec<DeskPhoneTypeOut>), (status = 401, body = super::error::ProblemDetails)),
)]
pub(super) async fn desk_phone_types(
    Caller(_): Caller,
) -> Result<Json<Vec<DeskPhoneTypeOut>>, ApiError> {
    let out = |phone: &DeskPhoneType| DeskPhoneTypeOut {
        id: phone.id(),
        model: phone.model(),
    };
    Ok(Json(DeskPhoneType::ALL.iter().map(out).collect()))
}
