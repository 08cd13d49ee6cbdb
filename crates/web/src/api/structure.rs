//! What is below an enterprise and a site: changes to them, departments, administrators, single numbers, what is used.

use axum::{Json, extract::State, http::StatusCode};
use model::{AccountId, DepartmentId, EnterpriseId, Grant, Product, SiteId};
use serde::{Deserialize, Serialize};
use service::{
    Account, administrator,
    administrator_change::{self, ModifyAdministrator},
    department::{self, DepartmentPatch},
    enterprise,
    enterprise_change::{self, EnterprisePatch},
    number_state,
    site::{self, SitePatch},
    usage,
};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    actor::Caller,
    body::Body,
    enterprise::EnterpriseOut,
    error::ApiError,
    id::{Id, Ids},
    site::{DepartmentOut, NumberOut, SiteOut},
};
use crate::server::Portal;

/// Looks at an enterprise.
#[utoipa::path(
    get, path = "/api/v1/enterprises/{enterprise}", tag = "enterprises", params(("enterprise" = Uuid, Path)),
    responses((status = 200, body = EnterpriseOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn enterprise(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<EnterpriseId>,
) -> Result<Json<EnterpriseOut>, ApiError> {
    let enterprise = enterprise::get(&portal.env, &actor, id).await?;
    Ok(Json(enterprise.into()))
}

/// What is to change of an enterprise; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EnterprisePatchIn {
    /// Name.
    name: Option<String>,
    /// `DE` or `GB`.
    country: Option<String>,
    /// Fewest digits of an extension, 2 to 6.
    extension_min: Option<i64>,
    /// Most digits.
    extension_max: Option<i64>,
    /// How many digits of the number an extension has by itself.
    extension_default: Option<i64>,
}

/// Changes an enterprise. Lengths that extensions in use would break are refused with how many there are.
#[utoipa::path(
    patch, path = "/api/v1/enterprises/{enterprise}", tag = "enterprises",
    params(("enterprise" = Uuid, Path)), request_body = EnterprisePatchIn,
    responses((status = 200, body = EnterpriseOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn modify_enterprise(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<EnterpriseId>,
    Body(new): Body<EnterprisePatchIn>,
) -> Result<Json<EnterpriseOut>, ApiError> {
    let text = |digits: Option<i64>| digits.map(|digits| digits.to_string());
    let patch = EnterprisePatch {
        name: new.name,
        country: new.country,
        extension_min: text(new.extension_min),
        extension_max: text(new.extension_max),
        extension_default: text(new.extension_default),
    };
    let enterprise = enterprise_change::modify(&portal.env, &actor, id, &patch).await?;
    Ok(Json(enterprise.into()))
}

/// What is to change of a site; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SitePatchIn {
    /// Name, unique in the enterprise.
    name: Option<String>,
    /// `DE` or `GB`; only while the site has neither users nor numbers.
    country: Option<String>,
}

/// Changes a site.
#[utoipa::path(
    patch, path = "/api/v1/sites/{site}", tag = "sites", params(("site" = Uuid, Path)), request_body = SitePatchIn,
    responses((status = 200, body = SiteOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn modify_site(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<SiteId>,
    Body(new): Body<SitePatchIn>,
) -> Result<Json<SiteOut>, ApiError> {
    let patch = SitePatch {
        name: new.name,
        country: new.country,
    };
    let site = site::modify(&portal.env, &actor, id, &patch).await?;
    Ok(Json(site.into()))
}

/// What is to change of a department; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DepartmentPatchIn {
    /// Name, unique beside the others there.
    name: Option<String>,
    /// The department it is a part of; `null` for none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Uuid>)]
    parent: Option<Option<Uuid>>,
}

/// A value that is there, `null` included.
fn given<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Option<Uuid>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// Renames a department or moves it below another one, with everything below it.
#[utoipa::path(
    patch, path = "/api/v1/sites/{site}/departments/{department}", tag = "sites",
    params(("site" = Uuid, Path), ("department" = Uuid, Path)), request_body = DepartmentPatchIn,
    responses((status = 200, body = DepartmentOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn modify_department(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, DepartmentId>,
    Body(new): Body<DepartmentPatchIn>,
) -> Result<Json<DepartmentOut>, ApiError> {
    let patch = DepartmentPatch {
        name: new.name,
        parent: new.parent.map(|parent| parent.map(DepartmentId)),
    };
    let department = department::modify(&portal.env, &actor, site, id, &patch).await?;
    Ok(Json(department.into()))
}

/// Deletes a department. Its users, and the departments in it, become the parent's, or nobody's at the top.
#[utoipa::path(
    delete, path = "/api/v1/sites/{site}/departments/{department}", tag = "sites",
    params(("site" = Uuid, Path), ("department" = Uuid, Path)),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn delete_department(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, DepartmentId>,
) -> Result<StatusCode, ApiError> {
    department::delete(&portal.env, &actor, site, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An administrator.
#[derive(Serialize, ToSchema)]
pub(super) struct AdministratorOut {
    /// Identity of the account.
    id: Uuid,
    /// Username.
    username: String,
    /// Where mail goes.
    email: String,
    /// `enterprise-admin` or `site-admin`.
    role: &'static str,
    /// The sites of a site administrator.
    sites: Vec<Uuid>,
    /// `de` or `en`.
    language: &'static str,
}

impl From<Account> for AdministratorOut {
    fn from(account: Account) -> Self {
        let sites = match &account.grant {
            Grant::SiteAdmin(_, sites) => sites.iter().map(|site| site.0).collect(),
            Grant::Operator | Grant::EnterpriseAdmin(_) | Grant::User(..) => Vec::new(),
        };
        Self {
            id: account.id.0,
            username: account.username,
            email: account.email,
            role: account.grant.role().name(),
            sites,
            language: account.language.code(),
        }
    }
}

/// Lists the administrators of an enterprise, by username.
#[utoipa::path(
    get, path = "/api/v1/enterprises/{enterprise}/administrators", tag = "enterprises",
    params(("enterprise" = Uuid, Path)),
    responses((status = 200, body = Vec<AdministratorOut>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn administrators(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<EnterpriseId>,
) -> Result<Json<Vec<AdministratorOut>>, ApiError> {
    let all = administrator::list(&portal.env, &actor, id).await?;
    Ok(Json(all.into_iter().map(Into::into).collect()))
}

/// What an administrator shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AdministratorPutIn {
    /// `enterprise-admin` or `site-admin`.
    role: String,
    /// The sites of a site administrator.
    #[serde(default)]
    sites: Vec<Uuid>,
    /// Where mail goes.
    email: String,
    /// `de` or `en`.
    language: String,
}

/// Changes an administrator.
#[utoipa::path(
    put, path = "/api/v1/enterprises/{enterprise}/administrators/{account}", tag = "enterprises",
    params(("enterprise" = Uuid, Path), ("account" = Uuid, Path)), request_body = AdministratorPutIn,
    responses((status = 200, body = AdministratorOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn modify_administrator(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(enterprise, id): Ids<EnterpriseId, AccountId>,
    Body(new): Body<AdministratorPutIn>,
) -> Result<Json<AdministratorOut>, ApiError> {
    let request = ModifyAdministrator {
        role: new.role,
        sites: new.sites.into_iter().map(SiteId).collect(),
        email: new.email,
        language: new.language,
    };
    let account =
        administrator_change::modify(&portal.env, &actor, enterprise, id, &request).await?;
    Ok(Json(account.into()))
}

/// Removes an administrator; sessions end at once. The last enterprise administrator stays.
#[utoipa::path(
    delete, path = "/api/v1/enterprises/{enterprise}/administrators/{account}", tag = "enterprises",
    params(("enterprise" = Uuid, Path), ("account" = Uuid, Path)),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn remove_administrator(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(enterprise, id): Ids<EnterpriseId, AccountId>,
) -> Result<StatusCode, ApiError> {
    administrator_change::remove(&portal.env, &actor, enterprise, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether a number is kept back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberIn {
    /// `true` keeps a free number back, `false` releases it.
    reserved: bool,
}

/// Keeps a free number back, or releases it. The number is E.164, with `%2B` for `+`.
#[utoipa::path(
    put, path = "/api/v1/sites/{site}/numbers/{number}", tag = "sites",
    params(("site" = Uuid, Path), ("number" = String, Path)), request_body = NumberIn,
    responses((status = 200, body = NumberOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn set_number(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, number): Ids<SiteId, String>,
    Body(new): Body<NumberIn>,
) -> Result<Json<NumberOut>, ApiError> {
    let number =
        number_state::set_reserved(&portal.env, &actor, site, &number, new.reserved).await?;
    Ok(Json(number.into()))
}

/// Takes a free number from a site.
#[utoipa::path(
    delete, path = "/api/v1/sites/{site}/numbers/{number}", tag = "sites",
    params(("site" = Uuid, Path), ("number" = String, Path)),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn remove_number(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, number): Ids<SiteId, String>,
) -> Result<StatusCode, ApiError> {
    number_state::remove(&portal.env, &actor, site, &number).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How many users have a package or service.
#[derive(Serialize, ToSchema)]
pub(super) struct ProductUseOut {
    /// Name of the package or service.
    id: &'static str,
    /// How many users have it.
    used: i64,
}

/// What the users of a site use.
#[derive(Serialize, ToSchema)]
pub(super) struct SiteUseOut {
    /// The site.
    site: Uuid,
    /// How many users.
    users: i64,
    /// How many of them are active.
    activated: i64,
    /// How many are Pending.
    pending: i64,
    /// How many are Failed.
    failed: i64,
    /// Packages and services.
    licences: Vec<ProductUseOut>,
}

impl SiteUseOut {
    fn new(site: SiteId, usage: &model::LicenceUse) -> Self {
        let product = |product: Product| ProductUseOut {
            id: product.id(),
            used: usage.of(product),
        };
        Self {
            site: site.0,
            users: usage.users(),
            activated: usage.in_state("activated"),
            pending: usage.in_state("pending"),
            failed: usage.in_state("failed"),
            licences: Product::all().map(product).collect(),
        }
    }
}

/// Says what is used at each site of an enterprise.
#[utoipa::path(
    get, path = "/api/v1/enterprises/{enterprise}/usage", tag = "enterprises", params(("enterprise" = Uuid, Path)),
    responses((status = 200, body = Vec<SiteUseOut>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn enterprise_usage(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<EnterpriseId>,
) -> Result<Json<Vec<SiteUseOut>>, ApiError> {
    let sites = usage::of_enterprise(&portal.env, &actor, id).await?;
    let out = |of: &usage::SiteUse| SiteUseOut::new(of.site.id, &of.usage);
    Ok(Json(sites.iter().map(out).collect()))
}

/// Says what is used at a site.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/usage", tag = "sites", params(("site" = Uuid, Path)),
    responses((status = 200, body = SiteUseOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn site_usage(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<SiteId>,
) -> Result<Json<SiteUseOut>, ApiError> {
    let (place, usage) = usage::of_site(&portal.env, &actor, id).await?;
    Ok(Json(SiteUseOut::new(place.site.id, &usage)))
}
