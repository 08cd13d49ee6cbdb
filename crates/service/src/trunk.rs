//! The carrier: what the configuration says about it, and how it stands now. The call engine knows.

use std::net::{IpAddr, SocketAddr};

use model::{Action, Target};

use crate::{Actor, Env, Result};

/// The trunk as it is configured, without any secret, and as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trunk {
    /// Name or address of the carrier, as it is configured.
    pub address: String,
    /// UDP, TCP or TLS.
    pub transport: &'static str,
    /// Domain of the addresses there.
    pub domain: String,
    /// Where its calls come from; without any, the addresses of its name.
    pub trusted: Vec<IpAddr>,
    /// The name we prove ourselves with; `None` where the carrier knows us by our address.
    pub username: Option<String>,
    /// As whom we register; `None` where the carrier does not want it.
    pub registration: Option<TrunkRegistration>,
    /// Where it is reached now; `None` while its name cannot be looked up.
    pub peer: Option<SocketAddr>,
    /// The last refusal since it went well: a SIP status, 408 when no answer came, 503 without a way.
    pub refusal: Option<u16>,
    /// Calls that are in progress over it.
    pub calls: u64,
}

/// Our registration at the carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrunkRegistration {
    /// The user part of the address of record.
    pub user: String,
    /// What we ask for, in seconds.
    pub expires_s: u32,
    /// Whether the carrier knows us now.
    pub is_registered: bool,
}

impl Trunk {
    /// Whether calls can be made over it now, as far as we know.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        let is_known = |registration: &TrunkRegistration| registration.is_registered;
        self.peer.is_some() && self.registration.as_ref().is_none_or(is_known)
    }
}

/// What knows the carrier.
pub trait Carrier: Send + Sync {
    /// The trunk; `None` when none is configured.
    fn trunk(&self) -> Option<Trunk>;
}

/// An installation without a call engine.
pub(crate) struct NoCarrier;

impl Carrier for NoCarrier {
    fn trunk(&self) -> Option<Trunk> {
        None
    }
}

impl Carrier for sip::Server {
    fn trunk(&self) -> Option<Trunk> {
        let trunk = self.trunk_state()?;
        let settings = trunk.settings();
        let registration = settings.registration.as_ref();
        Some(Trunk {
            address: settings.address.clone(),
            transport: settings.transport.name(),
            domain: trunk.domain().to_owned(),
            trusted: settings.trusted.clone(),
            username: settings.credentials.as_ref().map(|c| c.username.clone()),
            registration: registration.map(|registration| TrunkRegistration {
                user: registration.user.clone(),
                expires_s: registration.expires,
                is_registered: trunk.is_registered(),
            }),
            peer: trunk.flow().map(|flow| flow.peer),
            refusal: trunk.refusal(),
            calls: self.trunk_calls(),
        })
    }
}

/// The trunk, for the operator.
///
/// # Errors
/// `Forbidden` for all but the operator.
pub fn get(env: &Env, actor: &Actor) -> Result<Option<Trunk>> {
    actor.authorise(Action::ViewTrunk, Target::Installation)?;
    Ok(env.trunk())
}
