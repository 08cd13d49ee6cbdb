//! Call centres: their administration and agents' states (G4).

use axum::{
    Json,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header},
};
use model::{
    SiteId, TypedMember, UserId, VirtualUser, VirtualUserId,
    call_centre::{CallCentreDraft, ExitCase, TypedCentre},
};
use serde::{Deserialize, Serialize};
use service::call_centre::{self, AddCallCentre, AgentSeat, CallCentreDetails};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    actor::Caller,
    body::Body,
    error::ApiError,
    group_out::ForwardOfOut,
    id::{Id, Ids},
    user_out::time,
    version::{IfMatch, etag},
};
use crate::server::Portal;

/// A call centre in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct CallCentreLine {
    /// Identity.
    id: Uuid,
    /// Name, unique in the site.
    name: String,
    /// Telephone number in E.164.
    number: String,
    /// Extension.
    extension: String,
    /// `pending`, `activated` or `failed`.
    state: &'static str,
}

impl From<&VirtualUser> for CallCentreLine {
    fn from(own: &VirtualUser) -> Self {
        Self {
            id: own.id.0,
            name: own.name.to_string(),
            number: own.number.to_string(),
            extension: own.extension.to_string(),
            state: own.state.name(),
        }
    }
}

/// How a call centre queues; what is absent is what a new one has.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CentreSettings {
    /// `circular`, `regular`, `simultaneous`, `uniform` or `weighted`.
    policy: String,
    /// So many can wait, 0 to 525.
    queue_length: u16,
    /// An offered call goes back after so many rings, 1 to 20.
    bounce_after_rings: u16,
    /// After so many missed offers in a row the agent becomes unavailable, 1 to 20.
    unavailable_after_bounces: Option<u16>,
    /// Seconds after each call, 1 to 3600.
    wrap_up_s: Option<u16>,
    /// Seconds between two offers, 1 to 25.
    guard_s: Option<u16>,
    /// Who has waited so many seconds overflows, 0 to 7200.
    overflow_after_s: Option<u16>,
    /// `busy`, `transfer` or `ring-on`.
    overflow: String,
    /// Extension or number, for `transfer`.
    overflow_target: String,
    /// `wait`, `busy`, `transfer`, `night-service` or `announcement`.
    stranded: String,
    /// Extension or number, for `transfer`.
    stranded_target: String,
    /// `busy`, `transfer` or `announcement`.
    out_of_hours: String,
    /// Extension or number, for `transfer`.
    out_of_hours_target: String,
    /// `optional`, `forced` or `default`.
    code_use: String,
    /// Reasons for being unavailable, at most 10 characters each.
    codes: Vec<String>,
    /// The reason of who gives none, with `default`.
    default_code: String,
    /// Calls are to be answered within so many seconds, 1 to 7200.
    service_level_s: u16,
    /// An agent on a call of the agent's own gets none.
    personal_calls_are_busy: bool,
    /// Callers are told their place.
    tells_position: bool,
    /// Comfort announcement every so many seconds, 10 to 600.
    comfort_every_s: Option<u16>,
    /// Open at the site's hours only.
    follows_hours: bool,
}

impl Default for CentreSettings {
    fn default() -> Self {
        Self::of(&TypedCentre::default())
    }
}

fn text(number: Option<u16>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

impl CentreSettings {
    /// From settings that are in force: their numbers are numbers.
    fn of(typed: &TypedCentre) -> Self {
        let number = |text: &str| text.parse().ok();
        let needed = |text: &str| text.parse().unwrap_or_default();
        Self {
            policy: typed.policy.clone(),
            queue_length: needed(&typed.queue_length),
            bounce_after_rings: needed(&typed.bounce_after_rings),
            unavailable_after_bounces: number(&typed.unavailable_after_bounces),
            wrap_up_s: number(&typed.wrap_up_s),
            guard_s: number(&typed.guard_s),
            overflow_after_s: number(&typed.overflow_after_s),
            overflow: typed.overflow.clone(),
            overflow_target: typed.overflow_target.clone(),
            stranded: typed.stranded.clone(),
            stranded_target: typed.stranded_target.clone(),
            out_of_hours: typed.out_of_hours.clone(),
            out_of_hours_target: typed.out_of_hours_target.clone(),
            code_use: typed.code_use.clone(),
            codes: typed.codes.lines().map(str::to_owned).collect(),
            default_code: typed.default_code.clone(),
            service_level_s: needed(&typed.service_level_s),
            personal_calls_are_busy: typed.personal_calls_are_busy,
            tells_position: typed.tells_position,
            comfort_every_s: number(&typed.comfort_every_s),
            follows_hours: typed.follows_hours,
        }
    }

    fn typed(self) -> TypedCentre {
        TypedCentre {
            policy: self.policy,
            queue_length: self.queue_length.to_string(),
            bounce_after_rings: self.bounce_after_rings.to_string(),
            unavailable_after_bounces: text(self.unavailable_after_bounces),
            wrap_up_s: text(self.wrap_up_s),
            guard_s: text(self.guard_s),
            overflow_after_s: text(self.overflow_after_s),
            overflow: self.overflow,
            overflow_target: self.overflow_target,
            stranded: self.stranded,
            stranded_target: self.stranded_target,
            out_of_hours: self.out_of_hours,
            out_of_hours_target: self.out_of_hours_target,
            code_use: self.code_use,
            codes: self.codes.join("\n"),
            default_code: self.default_code,
            service_level_s: self.service_level_s.to_string(),
            personal_calls_are_busy: self.personal_calls_are_busy,
            tells_position: self.tells_position,
            comfort_every_s: text(self.comfort_every_s),
            follows_hours: self.follows_hours,
        }
    }
}

/// An agent, as it is set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AgentIn {
    /// The user.
    user: Uuid,
    /// Share of the calls with `weighted`, 0 to 100.
    #[serde(default)]
    weight: u8,
}

/// A call centre that is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallCentreIn {
    /// Name, at most 80 characters.
    name: String,
    /// A free number of the site.
    number: String,
    /// Extension; without it, the last digits of the number.
    #[serde(default)]
    extension: String,
    /// Department of the site.
    #[serde(default)]
    department: Option<Uuid>,
    /// How it queues.
    #[serde(default)]
    settings: CentreSettings,
    /// Agents in order, of any site.
    #[serde(default)]
    agents: Vec<AgentIn>,
    /// Supervisors, with or without the service of that name (U8).
    #[serde(default)]
    supervisors: Vec<Uuid>,
}

impl CallCentreIn {
    fn draft(self) -> CallCentreDraft {
        let agent = |agent: AgentIn| TypedMember {
            user: agent.user.to_string(),
            weight: agent.weight.to_string(),
        };
        CallCentreDraft {
            name: self.name,
            number: self.number,
            extension: self.extension,
            department: self.department.map(|id| id.to_string()).unwrap_or_default(),
            settings: self.settings.typed(),
            agents: self.agents.into_iter().map(agent).collect(),
            supervisors: self.supervisors.iter().map(Uuid::to_string).collect(),
        }
    }
}

/// An agent with state.
#[derive(Serialize, ToSchema)]
pub(super) struct AgentOut {
    /// The user.
    user: Uuid,
    /// First and last name.
    name: String,
    /// Share of the calls with `weighted`.
    weight: u8,
    /// `sign-in`, `available`, `unavailable`, `wrap-up` or `sign-out`.
    state: &'static str,
    /// Why the agent is unavailable.
    code: Option<String>,
    /// Since when: RFC 3339.
    since: String,
    /// The user is not active yet: the seat is live from activation on (S7).
    live_from_activation: bool,
}

impl From<&AgentSeat> for AgentOut {
    fn from(seat: &AgentSeat) -> Self {
        Self {
            user: seat.member.user.0,
            name: seat.name.clone(),
            weight: seat.member.weight,
            state: seat.state.id(),
            code: seat.state.code().map(ToString::to_string),
            since: time(seat.since),
            live_from_activation: !seat.user_state.is_active(),
        }
    }
}

/// A supervisor.
#[derive(Serialize, ToSchema)]
pub(super) struct SupervisorOut {
    /// The user.
    user: Uuid,
    /// First and last name.
    name: String,
    /// Whether the user may open the wallboard (U8).
    has_service: bool,
}

/// A call centre with everybody in it.
#[derive(Serialize, ToSchema)]
pub(super) struct CallCentreOut {
    #[serde(flatten)]
    line: CallCentreLine,
    /// How it queues.
    settings: CentreSettings,
    /// Agents in order.
    agents: Vec<AgentOut>,
    /// Supervisors by name.
    supervisors: Vec<SupervisorOut>,
}

type Tagged<T> = ([(HeaderName, HeaderValue); 1], Json<T>);

async fn out(
    portal: &Portal,
    actor: &service::Actor,
    id: VirtualUserId,
) -> Result<Tagged<CallCentreOut>, ApiError> {
    let found: CallCentreDetails = call_centre::details(&portal.env, actor, id).await?;
    let targets = call_centre::targets(&portal.env, actor, id).await?;
    let target = |case: ExitCase| {
        let mut targets = targets.iter();
        let found = targets.find(|(known, _)| *known == case);
        found.map(|(_, typed)| typed.clone()).unwrap_or_default()
    };
    let supervisor = |seat: &call_centre::SupervisorSeat| SupervisorOut {
        user: seat.user.0,
        name: seat.name.clone(),
        has_service: seat.has_service,
    };
    let own = &found.centre.virtual_user;
    let body = CallCentreOut {
        line: own.into(),
        settings: CentreSettings::of(&TypedCentre::of(&found.centre.settings, target)),
        agents: found.agents.iter().map(AgentOut::from).collect(),
        supervisors: found.supervisors.iter().map(supervisor).collect(),
    };
    Ok(([(header::ETAG, etag(own.version))], Json(body)))
}

/// The call centres of a site, by name; at most a page.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/call-centres", tag = "call centres", params(("site" = Uuid, Path)),
    responses((status = 200, body = Vec<CallCentreLine>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
) -> Result<Json<Vec<CallCentreLine>>, ApiError> {
    let (_, page) = call_centre::list(&portal.env, &actor, site, None, None).await?;
    Ok(Json(page.items.iter().map(CallCentreLine::from).collect()))
}

/// Adds a call centre; it is Pending until it is activated.
#[utoipa::path(
    post, path = "/api/v1/sites/{site}/call-centres", tag = "call centres", params(("site" = Uuid, Path)),
    request_body = CallCentreIn,
    responses((status = 201, body = CallCentreOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn add(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
    Body(new): Body<CallCentreIn>,
) -> Result<(StatusCode, Tagged<CallCentreOut>), ApiError> {
    let draft = new.draft();
    let added = call_centre::add(&portal.env, &actor, &AddCallCentre { site, draft }).await?;
    let out = out(&portal, &actor, added.virtual_user.id).await?;
    Ok((StatusCode::CREATED, out))
}

/// The call centre, if it is the site's.
async fn of_site(
    portal: &Portal,
    actor: &service::Actor,
    (site, id): (SiteId, VirtualUserId),
) -> Result<(), ApiError> {
    let found = call_centre::get(&portal.env, actor, id).await?;
    if found.virtual_user.site == site {
        Ok(())
    } else {
        Err(service::Error::NotFound.into())
    }
}

/// A call centre with everybody in it.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/call-centres/{id}", tag = "call centres",
    params(("site" = Uuid, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = CallCentreOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, VirtualUserId>,
) -> Result<Tagged<CallCentreOut>, ApiError> {
    of_site(&portal, &actor, (site, id)).await?;
    out(&portal, &actor, id).await
}

/// Makes a call centre what is sent.
#[utoipa::path(
    put, path = "/api/v1/sites/{site}/call-centres/{id}", tag = "call centres",
    params(("site" = Uuid, Path), ("id" = Uuid, Path)), request_body = CallCentreIn,
    responses((status = 200, body = CallCentreOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn modify(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, VirtualUserId>,
    IfMatch(version): IfMatch,
    Body(new): Body<CallCentreIn>,
) -> Result<Tagged<CallCentreOut>, ApiError> {
    of_site(&portal, &actor, (site, id)).await?;
    call_centre::modify(&portal.env, &actor, id, &new.draft(), version).await?;
    out(&portal, &actor, id).await
}

/// Deletes a call centre; its number and extension are free at once.
#[utoipa::path(
    delete, path = "/api/v1/sites/{site}/call-centres/{id}", tag = "call centres",
    params(("site" = Uuid, Path), ("id" = Uuid, Path)),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn delete(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, VirtualUserId>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, ApiError> {
    of_site(&portal, &actor, (site, id)).await?;
    call_centre::delete(&portal.env, &actor, id, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What deleting a call centre would remove, and whom to tell (D4).
#[derive(Serialize, ToSchema)]
pub(super) struct CallCentreDeletionOut {
    #[serde(flatten)]
    line: CallCentreLine,
    /// Forwards of colleagues and groups to its number, which end.
    forwards: Vec<ForwardOfOut>,
    /// Its agents.
    agents: Vec<AgentOut>,
}

/// Says what deleting a call centre would remove.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/call-centres/{id}/deletion", tag = "call centres",
    params(("site" = Uuid, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = CallCentreDeletionOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn deletion(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, id): Ids<SiteId, VirtualUserId>,
) -> Result<Tagged<CallCentreDeletionOut>, ApiError> {
    of_site(&portal, &actor, (site, id)).await?;
    let (deletion, agents) = call_centre::deletion_preview(&portal.env, &actor, id).await?;
    let own = &deletion.virtual_user;
    let body = CallCentreDeletionOut {
        line: own.into(),
        agents: agents.iter().map(AgentOut::from).collect(),
        forwards: deletion.forwards.into_iter().map(Into::into).collect(),
    };
    Ok(([(header::ETAG, etag(own.version))], Json(body)))
}

/// What an agent is to be doing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AgentStateIn {
    /// `sign-in`, `available`, `unavailable`, `wrap-up` or `sign-out`.
    state: String,
    /// Why, when unavailable.
    #[serde(default)]
    code: String,
}

/// Sets what an agent is doing: by the agent, a supervisor with the service, or an administrator.
#[utoipa::path(
    put, path = "/api/v1/call-centres/{id}/agents/{user}/state", tag = "call centres",
    params(("id" = Uuid, Path), ("user" = Uuid, Path)), request_body = AgentStateIn,
    responses((status = 200, body = AgentOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn set_state(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(id, user): Ids<VirtualUserId, UserId>,
    Body(new): Body<AgentStateIn>,
) -> Result<Json<AgentOut>, ApiError> {
    let (state, code) = (&new.state, &new.code);
    let seat = call_centre::set_state(&portal.env, &actor, (id, user), state, code).await?;
    Ok(Json((&seat).into()))
}
