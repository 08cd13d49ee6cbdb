//! Sites, their numbers and departments.

use axum::{Json, extract::State, http::StatusCode};
use model::{DepartmentId, EnterpriseId, Limit, Site, SiteId};
use serde::{Deserialize, Serialize};
use service::{department, number, site};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{actor::Caller, body::Body, cursor, error::ApiError, id::Id, query::Query};
use crate::server::Portal;

/// A site.
#[derive(Serialize, ToSchema)]
pub(super) struct SiteOut {
    /// Identity.
    id: Uuid,
    /// Whose.
    enterprise: Uuid,
    /// Name.
    name: String,
    /// `DE` or `GB`.
    country: &'static str,
    /// What emergency services see and call back: E.164 with `+`; `null` for the caller's own number.
    main_number: Option<String>,
}

impl From<Site> for SiteOut {
    fn from(site: Site) -> Self {
        Self {
            id: site.id.0,
            enterprise: site.enterprise.0,
            name: site.name.to_string(),
            country: site.country.code(),
            main_number: site.main_number.map(|number| number.to_string()),
        }
    }
}

/// Of which enterprise.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SiteQuery {
    /// The enterprise; everything that one may see when absent.
    enterprise: Option<Uuid>,
}

/// Lists sites.
#[utoipa::path(
    get, path = "/api/v1/sites", tag = "sites", params(SiteQuery),
    responses((status = 200, body = Vec<SiteOut>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Query(query): Query<SiteQuery>,
) -> Result<Json<Vec<SiteOut>>, ApiError> {
    let sites = site::list(&portal.env, &actor, query.enterprise.map(EnterpriseId)).await?;
    Ok(Json(sites.into_iter().map(Into::into).collect()))
}

/// Looks at a site.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}", tag = "sites", params(("site" = Uuid, Path)),
    responses((status = 200, body = SiteOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<SiteId>,
) -> Result<Json<SiteOut>, ApiError> {
    Ok(Json(site::get(&portal.env, &actor, id).await?.site.into()))
}

/// What is asked for to add a site.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SiteIn {
    /// Name, unique in the enterprise.
    name: String,
    /// `DE` or `GB`.
    country: String,
}

/// Adds a site to an enterprise.
#[utoipa::path(
    post, path = "/api/v1/enterprises/{enterprise}/sites", tag = "sites", params(("enterprise" = Uuid, Path)),
    request_body = SiteIn,
    responses((status = 201, body = SiteOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn add(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(enterprise): Id<EnterpriseId>,
    Body(new): Body<SiteIn>,
) -> Result<(StatusCode, Json<SiteOut>), ApiError> {
    let site = site::add(&portal.env, &actor, enterprise, &new.name, &new.country).await?;
    Ok((StatusCode::CREATED, Json(site.into())))
}

/// Which numbers are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct NumberQuery {
    /// Only the free ones.
    available: Option<bool>,
    /// Where to go on.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<usize>,
}

/// A telephone number of a site.
#[derive(Serialize, ToSchema)]
pub(super) struct NumberOut {
    /// E.164 with `+`.
    number: String,
    /// `free`, `assigned` or `reserved`.
    state: &'static str,
    /// The user who has it.
    user: Option<Uuid>,
    /// The hunt group or call centre that has it.
    virtual_user: Option<Uuid>,
}

/// A page of numbers.
#[derive(Serialize, ToSchema)]
pub(super) struct NumberListOut {
    /// The numbers, ascending.
    items: Vec<NumberOut>,
    /// Where the next page begins; `null` on the last one.
    next_cursor: Option<String>,
}

/// Lists the numbers of a site.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/numbers", tag = "sites", params(("site" = Uuid, Path), NumberQuery),
    responses((status = 200, body = NumberListOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn numbers(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
    Query(query): Query<NumberQuery>,
) -> Result<Json<NumberListOut>, ApiError> {
    let from = cursor::decode(query.cursor.as_deref())?;
    let limit = query.limit.map_or_else(Limit::default, Limit::new);
    let available = query.available.unwrap_or_default();
    let page = number::list(&portal.env, &actor, site, available, from.as_ref(), limit).await?;
    let next_cursor = page.next.as_ref().map(cursor::encode);
    Ok(Json(NumberListOut {
        items: page.items.into_iter().map(Into::into).collect(),
        next_cursor,
    }))
}

impl From<model::Number> for NumberOut {
    fn from(number: model::Number) -> Self {
        let holder = match number.state {
            model::NumberState::Assigned(holder) => Some(holder),
            model::NumberState::Free | model::NumberState::Reserved => None,
        };
        Self {
            number: number.number.to_string(),
            state: number.state.name(),
            user: holder.and_then(model::Holder::user).map(|id| id.0),
            virtual_user: holder.and_then(model::Holder::virtual_user).map(|id| id.0),
        }
    }
}

/// Consecutive numbers, written internationally or nationally.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberRangeIn {
    /// The first.
    first_number: String,
    /// The last, included.
    last_number: String,
}

/// A range that was imported.
#[derive(Serialize, ToSchema)]
pub(super) struct NumberRangeOut {
    /// How many numbers.
    count: usize,
}

/// Brings numbers into a site.
#[utoipa::path(
    post, path = "/api/v1/sites/{site}/number-ranges", tag = "sites", params(("site" = Uuid, Path)),
    request_body = NumberRangeIn,
    responses((status = 201, body = NumberRangeOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn import_range(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
    Body(range): Body<NumberRangeIn>,
) -> Result<(StatusCode, Json<NumberRangeOut>), ApiError> {
    let NumberRangeIn {
        first_number,
        last_number,
    } = range;
    let count =
        number::import_range(&portal.env, &actor, site, &first_number, &last_number).await?;
    Ok((StatusCode::CREATED, Json(NumberRangeOut { count })))
}

/// A department; departments form a tree.
#[derive(Serialize, ToSchema)]
pub(super) struct DepartmentOut {
    /// Identity.
    id: Uuid,
    /// The department it is a part of.
    parent: Option<Uuid>,
    /// Name.
    name: String,
}

impl From<model::Department> for DepartmentOut {
    fn from(department: model::Department) -> Self {
        let parent = department.parent.map(|parent| parent.0);
        Self {
            id: department.id.0,
            parent,
            name: department.name.to_string(),
        }
    }
}

/// Lists the departments of a site.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/departments", tag = "sites", params(("site" = Uuid, Path)),
    responses((status = 200, body = Vec<DepartmentOut>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn departments(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
) -> Result<Json<Vec<DepartmentOut>>, ApiError> {
    let departments = department::list(&portal.env, &actor, site).await?;
    Ok(Json(departments.into_iter().map(Into::into).collect()))
}

/// What is asked for to add a department.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DepartmentIn {
    /// Name.
    name: String,
    /// The department it is a part of.
    parent: Option<Uuid>,
}

/// Adds a department to a site.
#[utoipa::path(
    post, path = "/api/v1/sites/{site}/departments", tag = "sites", params(("site" = Uuid, Path)),
    request_body = DepartmentIn,
    responses((status = 201, body = DepartmentOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn add_department(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
    Body(new): Body<DepartmentIn>,
) -> Result<(StatusCode, Json<DepartmentOut>), ApiError> {
    let parent = new.parent.map(DepartmentId);
    let department = department::add(&portal.env, &actor, site, &new.name, parent).await?;
    Ok((StatusCode::CREATED, Json(department.into())))
}
