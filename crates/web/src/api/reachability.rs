//! Whether somebody can be called, and why not.

use axum::{Json, extract::State};
use model::{UserId, routing::Decision};
use serde::Serialize;
use service::{
    Device,
    reachability::{self, Obstacle, Reachability},
};
use utoipa::ToSchema;

use super::{actor::Caller, error::ApiError, id::Id, user_out::time};
use crate::server::Portal;

/// What would happen to a call for the user's number now.
#[derive(Serialize, ToSchema)]
pub(super) struct ReachabilityOut {
    /// Whether a phone would ring.
    reachable: bool,
    /// What the routing decides.
    decision: DecisionOut,
    /// Everything that stands in the way: `pending`, `failed`, `without-phone`, `unassigned-number`, `unknown-extension`,
    /// `unreadable`, `leads-elsewhere`, `no-phone-registered`.
    reasons: Vec<&'static str>,
    /// The phones that are logged in.
    devices: Vec<DeviceOut>,
}

/// What the routing decides about a call.
#[derive(Serialize, ToSchema)]
pub(super) struct DecisionOut {
    /// `ring`, `trunk` or `refuse`.
    kind: &'static str,
    /// For `ring`: for how long.
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    /// For `refuse`: why.
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
            Decision::Ring { seconds, .. } => ("ring", Some(*seconds), None),
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
            decision: DecisionOut::from(&found.decision),
            reasons: obstacles.map(Obstacle::name).collect(),
            devices: found.devices.into_iter().map(Into::into).collect(),
        }
    }
}

/// Says whether a call for the user's number would ring now, and why not.
#[utoipa::path(
    get, path = "/api/v1/users/{id}/reachability", tag = "users", params(("id" = Uuid, Path)),
    responses((status = 200, body = ReachabilityOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
) -> Result<Json<ReachabilityOut>, ApiError> {
    let found = reachability::get(&portal.env, &actor, id).await?;
    Ok(Json(found.into()))
}
