//! The carrier, for the operator.

use axum::{Json, extract::State};
use serde::Serialize;
use service::trunk::{self, Trunk};
use utoipa::ToSchema;

use super::{actor::Caller, error::ApiError};
use crate::server::Portal;

/// The trunk as it is configured, without any secret, and as it stands now.
#[derive(Serialize, ToSchema)]
pub(super) struct TrunkOut {
    /// Name or address of the carrier.
    address: String,
    /// `UDP`, `TCP` or `TLS`.
    transport: &'static str,
    /// Domain of the addresses there.
    domain: String,
    /// The name we prove ourselves with.
    username: Option<String>,
    /// Whether calls can be made over it now, as far as we know.
    usable: bool,
    /// Whether the carrier knows us; `null` where it does not want us to register.
    registered: Option<bool>,
    /// Where it is reached now; `null` while its name cannot be looked up.
    peer: Option<String>,
    /// SIP status of the last refusal since it went well.
    last_refusal: Option<u16>,
    /// Calls that are in progress over it.
    calls: u64,
}

impl From<Trunk> for TrunkOut {
    fn from(trunk: Trunk) -> Self {
        Self {
            usable: trunk.is_usable(),
            address: trunk.address,
            transport: trunk.transport,
            domain: trunk.domain,
            username: trunk.username,
            registered: trunk.registration.map(|own| own.is_registered),
            peer: trunk.peer.map(|peer| peer.to_string()),
            last_refusal: trunk.refusal,
            calls: trunk.calls,
        }
    }
}

/// Looks at the trunk; `null` when none is configured.
#[utoipa::path(
    get, path = "/api/v1/operator/trunk", tag = "operator",
    responses((status = 200, body = Option<TrunkOut>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get(
    State(portal): State<Portal>,
    Caller(actor): Caller,
) -> Result<Json<Option<TrunkOut>>, ApiError> {
    Ok(Json(trunk::get(&portal.env, &actor)?.map(Into::into)))
}
