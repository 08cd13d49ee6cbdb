//! The hunt groups of a site (G3).

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{
    ForwardKind, HuntGroupDraft, Limit, SiteId, TypedMember, TypedSettings, VirtualUserId,
};
use serde::{Deserialize, Serialize};
use service::hunt_group::{self, HuntGroupView, SeatView};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    actor::Caller,
    body::Body,
    cursor,
    error::ApiError,
    group_out::{ForwardOfOut, VirtualUserOut},
    id::{Id, Ids},
    query::Query,
    version::{IfMatch, etag},
};
use crate::server::Portal;

/// A member, in the order of the list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MemberIn {
    /// The user's id.
    user: String,
    /// Share of the calls with `weighted`, 0 to 100.
    #[serde(default)]
    weight: i64,
}

/// A hunt group as it shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HuntGroupIn {
    /// Name, unique at the site, at most 80 characters.
    name: String,
    /// A free number of the site, or the group's own.
    number: String,
    /// Extension; by itself the last digits of the number.
    extension: Option<String>,
    /// Id of a department of the site.
    department: Option<String>,
    /// `circular`, `regular`, `simultaneous`, `uniform` or `weighted`; by itself `regular`.
    policy: Option<String>,
    /// The next member rings after so many rings, 1 to 20; `null`: nobody is skipped. By itself 4.
    #[serde(default = "four_rings")]
    skip_after_rings: Option<i64>,
    /// Nobody has answered after so many seconds in all, 0 to 7200; by itself 30 where there is a target.
    no_answer_after_s: Option<i64>,
    /// Where the call goes then: an extension or a number.
    no_answer_target: Option<String>,
    /// Where calls go while no member can be rung: an extension or a number.
    not_reachable_target: Option<String>,
    /// Where calls go while the group is busy: an extension or a number.
    busy_target: Option<String>,
    /// The switch "group busy": no member rings.
    #[serde(default)]
    is_busy: bool,
    /// Phones show the group's name before the caller's.
    #[serde(default = "yes")]
    shows_name: bool,
    /// Members who are on the phone are rung as well.
    #[serde(default)]
    allows_call_waiting: bool,
    /// The members in order, each once, at most 200.
    #[serde(default)]
    members: Vec<MemberIn>,
}

#[expect(clippy::unnecessary_wraps, reason = "the default of an optional field")]
fn four_rings() -> Option<i64> {
    Some(4)
}

fn yes() -> bool {
    true
}

impl From<HuntGroupIn> for HuntGroupDraft {
    fn from(new: HuntGroupIn) -> Self {
        let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
        let text = Option::unwrap_or_default;
        let member = |member: MemberIn| TypedMember {
            user: member.user,
            weight: member.weight.to_string(),
        };
        let policy = TypedSettings::default().policy;
        Self {
            name: new.name,
            number: new.number,
            extension: text(new.extension),
            department: text(new.department),
            settings: TypedSettings {
                policy: new.policy.unwrap_or(policy),
                skip_after_rings: number(new.skip_after_rings),
                no_answer_after_s: number(new.no_answer_after_s),
                no_answer_target: text(new.no_answer_target),
                not_reachable_target: text(new.not_reachable_target),
                busy_target: text(new.busy_target),
                is_busy: new.is_busy,
                shows_name: new.shows_name,
                allows_call_waiting: new.allows_call_waiting,
            },
            members: new.members.into_iter().map(member).collect(),
        }
    }
}

/// A member with name and state of the seat.
#[derive(Serialize, ToSchema)]
pub(super) struct MemberOut {
    /// The user.
    user: Uuid,
    /// First and last name; `null` for somebody of another site whom the reader may not know.
    name: Option<String>,
    /// Share of the calls with `weighted`.
    weight: u8,
    /// Whether the member is not active yet: the seat is live from activation on, by itself.
    live_from_activation: bool,
}

impl From<SeatView> for MemberOut {
    fn from(seat: SeatView) -> Self {
        Self {
            user: seat.seat.member.user.0,
            weight: seat.seat.member.weight,
            live_from_activation: seat.is_live_from_activation(),
            name: seat.is_named.then_some(seat.seat.name),
        }
    }
}

/// A hunt group.
#[derive(Serialize, ToSchema)]
pub(super) struct HuntGroupOut {
    #[serde(flatten)]
    of: VirtualUserOut,
    /// `circular`, `regular`, `simultaneous`, `uniform` or `weighted`.
    policy: &'static str,
    /// The next member rings after so many rings; `null`: nobody is skipped.
    skip_after_rings: Option<u8>,
    /// After how many seconds in all a call is forwarded.
    no_answer_after_s: Option<u16>,
    /// Where to: an extension or a number.
    no_answer_target: Option<String>,
    /// Where calls go while no member can be rung.
    not_reachable_target: Option<String>,
    /// Where calls go while the group is busy.
    busy_target: Option<String>,
    /// The switch "group busy".
    is_busy: bool,
    /// Phones show the group's name before the caller's.
    shows_name: bool,
    /// Members who are on the phone are rung as well.
    allows_call_waiting: bool,
    /// The members in order.
    members: Vec<MemberOut>,
}

impl From<HuntGroupView> for HuntGroupOut {
    fn from(view: HuntGroupView) -> Self {
        let target = |kind| view.target(kind).map(|target| target.typed.clone());
        let targets = [
            ForwardKind::NoAnswer,
            ForwardKind::Unreachable,
            ForwardKind::Busy,
        ];
        let [no_answer_target, not_reachable_target, busy_target] = targets.map(target);
        let settings = view.group.settings;
        Self {
            of: view.group.virtual_user.into(),
            policy: settings.policy.id(),
            skip_after_rings: settings.skip_after_rings,
            no_answer_after_s: settings.no_answer.map(|forward| forward.after_s),
            no_answer_target,
            not_reachable_target,
            busy_target,
            is_busy: settings.is_busy,
            shows_name: settings.shows_name,
            allows_call_waiting: settings.allows_call_waiting,
            members: view.seats.into_iter().map(Into::into).collect(),
        }
    }
}

/// Which groups of a site are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct HuntGroupQuery {
    /// With this in name, number or extension.
    q: Option<String>,
    /// Where to go on.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<usize>,
}

/// A page of hunt groups.
#[derive(Serialize, ToSchema)]
pub(super) struct HuntGroupListOut {
    /// The groups, by name.
    items: Vec<VirtualUserOut>,
    /// Where the next page begins; `null` on the last one.
    next_cursor: Option<String>,
}

/// Lists the hunt groups of a site.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/hunt-groups", tag = "groups", params(("site" = Uuid, Path), HuntGroupQuery),
    responses((status = 200, body = HuntGroupListOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
    Query(query): Query<HuntGroupQuery>,
) -> Result<Json<HuntGroupListOut>, ApiError> {
    let from = cursor::decode(query.cursor.as_deref())?;
    let limit = query.limit.map_or_else(Limit::default, Limit::new);
    let search = query.q.unwrap_or_default();
    let found = hunt_group::list(&portal.env, &actor, site, &search, (from, limit));
    let (_, page) = found.await?;
    let next_cursor = page.next.as_ref().map(cursor::encode);
    let items = page.items.into_iter();
    Ok(Json(HuntGroupListOut {
        items: items.map(|listed| listed.virtual_user.into()).collect(),
        next_cursor,
    }))
}

/// Adds a hunt group; it is Pending until it is activated.
#[utoipa::path(
    post, path = "/api/v1/sites/{site}/hunt-groups", tag = "groups", params(("site" = Uuid, Path)),
    request_body = HuntGroupIn,
    responses((status = 201, body = HuntGroupOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn add(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
    Body(new): Body<HuntGroupIn>,
) -> Result<Response, ApiError> {
    let group = hunt_group::add(&portal.env, &actor, site, &new.into()).await?;
    let id = group.virtual_user.id;
    let location = format!("/api/v1/sites/{site}/hunt-groups/{id}");
    let shown = shown(&portal, &actor, site, id).await?;
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], shown).into_response())
}

/// The group as it is now, with its version.
async fn shown(
    portal: &Portal,
    actor: &service::Actor,
    site: SiteId,
    id: VirtualUserId,
) -> Result<Response, ApiError> {
    let view = hunt_group::get(&portal.env, actor, site, id).await?;
    let tag = etag(view.group.virtual_user.version);
    Ok(([(header::ETAG, tag)], Json(HuntGroupOut::from(view))).into_response())
}

/// Looks at a hunt group.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/hunt-groups/{id}", tag = "groups",
    params(("site" = Uuid, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = HuntGroupOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, VirtualUserId>,
) -> Result<Response, ApiError> {
    shown(&portal, &actor, site, id).await
}

/// Makes a hunt group what it shall be. Until it is active, name, number and extension stay (S5).
#[utoipa::path(
    put, path = "/api/v1/sites/{site}/hunt-groups/{id}", tag = "groups",
    params(("site" = Uuid, Path), ("id" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = HuntGroupIn,
    responses((status = 200, body = HuntGroupOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn modify(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, VirtualUserId>,
    IfMatch(version): IfMatch,
    Body(new): Body<HuntGroupIn>,
) -> Result<Response, ApiError> {
    hunt_group::modify(&portal.env, &actor, (site, id), &new.into(), version).await?;
    shown(&portal, &actor, site, id).await
}

/// Deletes a hunt group; its number is free at once. It cannot be undone.
#[utoipa::path(
    delete, path = "/api/v1/sites/{site}/hunt-groups/{id}", tag = "groups",
    params(("site" = Uuid, Path), ("id" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn delete(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, VirtualUserId>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, ApiError> {
    hunt_group::delete(&portal.env, &actor, (site, id), version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What deleting a hunt group would remove, and whom to tell (D4).
#[derive(Serialize, ToSchema)]
pub(super) struct HuntGroupDeletionOut {
    /// The group; number and extension become free.
    group: VirtualUserOut,
    /// Forwards of colleagues and groups to its number, which end.
    forwards: Vec<ForwardOfOut>,
    /// Who might need to be told.
    tell: Vec<String>,
}

/// Says what deleting a hunt group would remove.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/hunt-groups/{id}/deletion", tag = "groups",
    params(("site" = Uuid, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = HuntGroupDeletionOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn deletion(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, VirtualUserId>,
) -> Result<Response, ApiError> {
    let deletion = hunt_group::deletion_preview(&portal.env, &actor, site, id).await?;
    let tag = etag(deletion.of.virtual_user.version);
    let body = HuntGroupDeletionOut {
        group: deletion.of.virtual_user.into(),
        forwards: deletion.of.forwards.into_iter().map(Into::into).collect(),
        tell: deletion.tell,
    };
    Ok(([(header::ETAG, tag)], Json(body)).into_response())
}
