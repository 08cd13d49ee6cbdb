//! Pickup and park groups. Both have the same resource; what is set for parking is there for park groups only.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{Limit, ParkDraft, ParkSettings, SiteId, Team, TeamDraft, TeamId, TeamKind};
use serde::{Deserialize, Serialize};
use service::team::{self, ListTeams, TeamRef, TeamView, WantedTeam};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    actor::Caller,
    body::Body,
    cursor,
    error::ApiError,
    id::{Id, Ids},
    query::Query,
    version::{IfMatch, etag},
};
use crate::server::Portal;

/// What a pickup group shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PickupGroupIn {
    /// Name, unique in the site, up to 80 characters.
    name: String,
    /// Department of the site.
    #[schema(value_type = Option<Uuid>)]
    department: Option<String>,
    /// Ids of its members, at most 200.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    members: Vec<String>,
    /// Members who are in another pickup group leave it; otherwise they are refused.
    #[serde(default)]
    moves_members: bool,
}

/// What a park group shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ParkGroupIn {
    /// Name, unique in the site, up to 80 characters.
    name: String,
    /// Department of the site.
    #[schema(value_type = Option<Uuid>)]
    department: Option<String>,
    /// Ids of its members, at most 200, in the order in which a free place is looked for.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    members: Vec<String>,
    /// Members who are in another park group leave it; otherwise they are refused.
    #[serde(default)]
    moves_members: bool,
    /// A parked call returns after so many seconds, 30 to 600; 45 by itself.
    recall_after_s: Option<i64>,
    /// To whom: `parker` (by itself), `parker-then-alternate` or `alternate`.
    recall_to: Option<String>,
    /// The hunt group that is the alternate.
    #[schema(value_type = Option<Uuid>)]
    alternate: Option<String>,
    /// It goes on to the alternate after so many seconds, 30 to 600; 45 by itself.
    alternate_after_s: Option<i64>,
    /// Phones show where a call was parked for so many seconds, 2 to 15; 10 by itself.
    display_s: Option<i64>,
    /// Whether an announcement says where a call was parked; by itself one does.
    announces: Option<bool>,
}

impl From<PickupGroupIn> for WantedTeam {
    fn from(new: PickupGroupIn) -> Self {
        Self {
            draft: TeamDraft {
                name: new.name,
                department: new.department.unwrap_or_default(),
                members: new.members,
                park: ParkDraft::default(),
            },
            moves_members: new.moves_members,
        }
    }
}

impl From<ParkGroupIn> for WantedTeam {
    fn from(new: ParkGroupIn) -> Self {
        let text = |seconds: Option<i64>| seconds.map(|s| s.to_string()).unwrap_or_default();
        Self {
            draft: TeamDraft {
                name: new.name,
                department: new.department.unwrap_or_default(),
                members: new.members,
                park: ParkDraft {
                    recall_after_s: text(new.recall_after_s),
                    recall_to: new.recall_to.unwrap_or_default(),
                    alternate: new.alternate.unwrap_or_default(),
                    alternate_after_s: text(new.alternate_after_s),
                    display_s: text(new.display_s),
                    announces: new.announces.unwrap_or(true),
                },
            },
            moves_members: new.moves_members,
        }
    }
}

/// A pickup or park group.
#[derive(Serialize, ToSchema)]
pub(super) struct TeamOut {
    /// Which.
    id: Uuid,
    /// `pickup-group` or `park-group`.
    kind: &'static str,
    /// At which site.
    site: Uuid,
    /// In which department.
    department: Option<Uuid>,
    /// Name.
    name: String,
    /// Members, in order; people of sites that the caller may not know are counted only.
    members: Vec<TeamMemberOut>,
    /// How many people of other sites are members.
    hidden_members: usize,
}

/// A park group.
#[derive(Serialize, ToSchema)]
pub(super) struct ParkGroupOut {
    #[serde(flatten)]
    group: TeamOut,
    #[serde(flatten)]
    park: ParkOut,
}

/// A member.
#[derive(Serialize, ToSchema)]
pub(super) struct TeamMemberOut {
    /// Who.
    id: Uuid,
    /// First and last name.
    name: String,
    /// Extension.
    extension: String,
    /// Whether the user is active; the seat is live from activation on.
    is_active: bool,
}

/// What is set for a park group.
#[derive(Serialize, ToSchema)]
pub(super) struct ParkOut {
    recall_after_s: u16,
    recall_to: &'static str,
    alternate: Option<Uuid>,
    alternate_after_s: u16,
    display_s: u8,
    announces: bool,
}

impl From<&ParkSettings> for ParkOut {
    fn from(settings: &ParkSettings) -> Self {
        Self {
            recall_after_s: settings.recall_after_s,
            recall_to: settings.recall_to.id(),
            alternate: settings.alternate.map(|id| id.0),
            alternate_after_s: settings.alternate_after_s,
            display_s: settings.display_s,
            announces: settings.announces,
        }
    }
}

impl From<TeamView> for TeamOut {
    fn from(view: TeamView) -> Self {
        let members = view.members.into_iter().map(|member| TeamMemberOut {
            id: member.user.0,
            name: member.name,
            extension: member.extension,
            is_active: member.is_active,
        });
        Self {
            id: view.team.id.0,
            kind: view.team.settings.kind().id(),
            site: view.team.site.0,
            department: view.team.department.map(|department| department.0),
            name: view.team.name.to_string(),
            members: members.collect(),
            hidden_members: view.hidden,
        }
    }
}

/// A line of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct TeamLineOut {
    /// Which.
    id: Uuid,
    /// Name.
    name: String,
    /// How many members it has.
    members: i64,
}

/// A part of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct TeamPageOut {
    items: Vec<TeamLineOut>,
    /// Give it as `cursor` to read on.
    next: Option<String>,
    /// Give it as `cursor` to read what is before.
    previous: Option<String>,
}

/// What is wanted of a list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct TeamQuery {
    /// With this text in the name.
    search: Option<String>,
    /// From where.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<usize>,
}

async fn listed(
    portal: &Portal,
    actor: &service::Actor,
    of: (SiteId, TeamKind),
    query: TeamQuery,
) -> Result<Json<TeamPageOut>, ApiError> {
    let wanted = ListTeams {
        search: query.search,
        cursor: cursor::decode(query.cursor.as_deref())?,
        limit: query.limit.map(Limit::new).unwrap_or_default(),
    };
    let page = team::list(&portal.env, actor, of, &wanted).await?;
    let line = |line: team::TeamLine| TeamLineOut {
        id: line.id.0,
        name: line.name,
        members: line.members,
    };
    Ok(Json(TeamPageOut {
        items: page.items.into_iter().map(line).collect(),
        next: page.next.as_ref().map(cursor::encode),
        previous: page.previous.as_ref().map(cursor::encode),
    }))
}

async fn shown(
    portal: &Portal,
    actor: &service::Actor,
    team: TeamRef,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let view = team::get(&portal.env, actor, team).await?;
    let tag = etag(view.team.version);
    let park = view.team.settings.park().map(ParkOut::from);
    let group = TeamOut::from(view);
    let body = match park {
        Some(park) => Json(ParkGroupOut { group, park }).into_response(),
        None => Json(group).into_response(),
    };
    Ok((status, [(header::ETAG, tag)], body).into_response())
}

fn team_ref(team: &Team) -> TeamRef {
    TeamRef {
        site: team.site,
        kind: team.settings.kind(),
        id: team.id,
    }
}

/// Lists the pickup groups of a site.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/pickup-groups", tag = "groups", params(("site" = Uuid, Path), TeamQuery),
    responses((status = 200, body = TeamPageOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn list_pickup(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
    Query(query): Query<TeamQuery>,
) -> Result<Json<TeamPageOut>, ApiError> {
    listed(&portal, &actor, (site, TeamKind::Pickup), query).await
}

/// Adds a pickup group. Who is in another one is refused with its name, or moved if wanted.
#[utoipa::path(
    post, path = "/api/v1/sites/{site}/pickup-groups", tag = "groups", params(("site" = Uuid, Path)),
    request_body = PickupGroupIn,
    responses((status = 201, body = TeamOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn add_pickup(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
    Body(new): Body<PickupGroupIn>,
) -> Result<Response, ApiError> {
    let team = team::add(&portal.env, &actor, (site, TeamKind::Pickup), &new.into()).await?;
    shown(&portal, &actor, team_ref(&team), StatusCode::CREATED).await
}

/// Looks at a pickup group.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/pickup-groups/{group}", tag = "groups",
    params(("site" = Uuid, Path), ("group" = Uuid, Path)),
    responses((status = 200, body = TeamOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get_pickup(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, TeamId>,
) -> Result<Response, ApiError> {
    let kind = TeamKind::Pickup;
    shown(&portal, &actor, TeamRef { site, kind, id }, StatusCode::OK).await
}

/// Makes a pickup group what it shall be. Members whom the caller may not know stay.
#[utoipa::path(
    put, path = "/api/v1/sites/{site}/pickup-groups/{group}", tag = "groups",
    params(("site" = Uuid, Path), ("group" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = PickupGroupIn,
    responses((status = 200, body = TeamOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn modify_pickup(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, TeamId>,
    IfMatch(version): IfMatch,
    Body(new): Body<PickupGroupIn>,
) -> Result<Response, ApiError> {
    let kind = TeamKind::Pickup;
    let team = TeamRef { site, kind, id };
    team::modify(&portal.env, &actor, team, &new.into(), version).await?;
    shown(&portal, &actor, team, StatusCode::OK).await
}

/// Deletes a pickup group; its members stay users.
#[utoipa::path(
    delete, path = "/api/v1/sites/{site}/pickup-groups/{group}", tag = "groups",
    params(("site" = Uuid, Path), ("group" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn delete_pickup(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, TeamId>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, ApiError> {
    let kind = TeamKind::Pickup;
    team::delete(&portal.env, &actor, TeamRef { site, kind, id }, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists the park groups of a site.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/park-groups", tag = "groups", params(("site" = Uuid, Path), TeamQuery),
    responses((status = 200, body = TeamPageOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn list_park(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
    Query(query): Query<TeamQuery>,
) -> Result<Json<TeamPageOut>, ApiError> {
    listed(&portal, &actor, (site, TeamKind::Park), query).await
}

/// Adds a park group. Who is in another one is refused with its name, or moved if wanted.
#[utoipa::path(
    post, path = "/api/v1/sites/{site}/park-groups", tag = "groups", params(("site" = Uuid, Path)),
    request_body = ParkGroupIn,
    responses((status = 201, body = ParkGroupOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn add_park(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
    Body(new): Body<ParkGroupIn>,
) -> Result<Response, ApiError> {
    let team = team::add(&portal.env, &actor, (site, TeamKind::Park), &new.into()).await?;
    shown(&portal, &actor, team_ref(&team), StatusCode::CREATED).await
}

/// Looks at a park group.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/park-groups/{group}", tag = "groups",
    params(("site" = Uuid, Path), ("group" = Uuid, Path)),
    responses((status = 200, body = ParkGroupOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get_park(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, TeamId>,
) -> Result<Response, ApiError> {
    let kind = TeamKind::Park;
    shown(&portal, &actor, TeamRef { site, kind, id }, StatusCode::OK).await
}

/// Makes a park group what it shall be. Members whom the caller may not know stay.
#[utoipa::path(
    put, path = "/api/v1/sites/{site}/park-groups/{group}", tag = "groups",
    params(("site" = Uuid, Path), ("group" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = ParkGroupIn,
    responses((status = 200, body = ParkGroupOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn modify_park(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, TeamId>,
    IfMatch(version): IfMatch,
    Body(new): Body<ParkGroupIn>,
) -> Result<Response, ApiError> {
    let kind = TeamKind::Park;
    let team = TeamRef { site, kind, id };
    team::modify(&portal.env, &actor, team, &new.into(), version).await?;
    shown(&portal, &actor, team, StatusCode::OK).await
}

/// Deletes a park group; its members stay users.
#[utoipa::path(
    delete, path = "/api/v1/sites/{site}/park-groups/{group}", tag = "groups",
    params(("site" = Uuid, Path), ("group" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn delete_park(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, TeamId>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, ApiError> {
    let kind = TeamKind::Park;
    team::delete(&portal.env, &actor, TeamRef { site, kind, id }, version).await?;
    Ok(StatusCode::NO_CONTENT)
}
