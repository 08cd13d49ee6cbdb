//! Whether somebody can be called, and why not.

use axum::{Json, extract::State};
use model::{Field, Language, UserId, routing::Decision};
use serde::{Deserialize, Serialize};
use service::{
    Device,
    reachability::{self, Obstacle, Reachability, Step},
};
use utoipa::{IntoParams, ToSchema};

use super::{
    actor::Caller,
    error::ApiError,
    id::Id,
    query::Query,
    user_out::{moment, time},
};
use crate::{names, server::Portal, words::Words};

/// What would happen to a call for the user's number now.
#[derive(Serialize, ToSchema)]
pub(super) struct ReachabilityOut {
    /// Whether a phone would ring, or the call would go out to the carrier.
    reachable: bool,
    /// What the routing decides.
    decision: DecisionOut,
    /// Everything that stands in the way: `pending`, `failed`, `without-phone`, `unassigned-number`, `unknown-extension`,
    /// `unreadable`, `do-not-disturb`, `forward-loop`, `too-many-forwards`, `barred`, `forwarded`, `leads-elsewhere`,
    /// `no-phone-registered`, `group-busy`, `nobody-there`.
    reasons: Vec<&'static str>,
    /// Everything that can happen to the call, in order.
    steps: Vec<StepOut>,
    /// The moment this is about: RFC 3339, UTC.
    at: String,
    /// The phones that are logged in now.
    devices: Vec<DeviceOut>,
}

/// What the routing decides about a call.
#[derive(Serialize, ToSchema)]
pub(super) struct DecisionOut {
    /// `ring`, `hunt`, `queue`, `forward`, `trunk` or `refuse`.
    kind: &'static str,
    /// For `ring`: for how long.
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    /// For `refuse` and `forward`: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

/// A phone that is logged in.
#[derive(Serialize, ToSchema)]
pub(super) struct DeviceOut {
    /// What it calls itself, may be empty.
    user_agent: String,
    /// Where its messages come from: address and port.
    address: String,
    /// `UDP`, `TCP` or `TLS`.
    transport: &'static str,
    /// Since when without a gap: RFC 3339, UTC.
    since: String,
}

impl From<&Decision> for DecisionOut {
    fn from(decision: &Decision) -> Self {
        let (kind, seconds, reason) = match decision {
            Decision::Forward { cause, .. } => ("forward", None, Some(cause.name())),
            Decision::Ring { seconds, .. } => ("ring", Some(*seconds), None),
            Decision::Hunt { .. } => ("hunt", None, None),
            Decision::Attend { .. } => ("queue", None, None),
            Decision::Trunk { .. } => ("trunk", None, None),
            Decision::Refuse(why) => ("refuse", None, Some(why.name())),
        };
        Self {
            kind,
            seconds,
            reason,
        }
    }
}

impl From<Device> for DeviceOut {
    fn from(device: Device) -> Self {
        Self {
            user_agent: device.user_agent,
            address: device.address.to_string(),
            transport: device.transport,
            since: time(device.since),
        }
    }
}

impl From<Reachability> for ReachabilityOut {
    fn from(found: Reachability) -> Self {
        let obstacles = found.obstacles().into_iter();
        Self {
            reachable: found.is_reachable(),
            steps: found.steps().into_iter().map(Into::into).collect(),
            at: time(found.at),
            decision: DecisionOut::from(&found.decision),
            reasons: obstacles.map(Obstacle::name).collect(),
            devices: found.devices.into_iter().map(Into::into).collect(),
        }
    }
}

/// For which moment.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AtQuery {
    /// RFC 3339; now when it is left out. Which phones are logged in is known of now only.
    at: Option<String>,
}

/// One thing that can happen to the call.
#[derive(Serialize, ToSchema)]
pub(super) struct StepOut {
    /// How many steps lead here.
    depth: usize,
    /// `at-once`, `busy`, `no-answer` or `unreachable`: what has to happen in the step before.
    when: &'static str,
    /// `ring`, `hunt`, `queue`, `forward`, `trunk` or `refuse`.
    kind: &'static str,
    /// The same in words.
    text: String,
}

impl From<Step> for StepOut {
    fn from(step: Step) -> Self {
        Self {
            depth: step.depth,
            when: step.when.name(),
            kind: step.what.name(),
            text: names::step(Words::of(Language::English), &step.what),
        }
    }
}

/// Says whether a call for the user's number would ring now, and why not.
#[utoipa::path(
    get, path = "/api/v1/users/{id}/reachability", tag = "users", params(("id" = Uuid, Path), AtQuery),
    responses((status = 200, body = ReachabilityOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
    Query(query): Query<AtQuery>,
) -> Result<Json<ReachabilityOut>, ApiError> {
    let at = moment(Field::At, query.at.as_deref())?;
    let found = reachability::get(&portal.env, &actor, id, at).await?;
    Ok(Json(found.into()))
}
