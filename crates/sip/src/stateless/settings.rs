//! What the stateless part has to be told.

use crate::guard::GuardSettings;
use crate::registrar::RegistrarSettings;
use crate::trunk::Trunk;
use std::net::IpAddr;
use std::sync::Arc;

/// Settings that do not change while the engine runs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The installation's one realm.
    pub realm: String,
    /// Bounds of registrations.
    pub registrar: RegistrarSettings,
    /// When guessing is slowed.
    pub guard: GuardSettings,
    /// Beginnings of the User-Agent of devices that give up when SHA-256 is offered beside MD5 (RFC 8760 §2.4 tells them
    /// to step over it). A login that refuses MD5 refuses them all the same.
    pub md5_only_agents: Vec<String>,
    /// The carrier, whose calls need no password.
    pub trunk: Option<Arc<Trunk>>,
    /// Our own edge proxies: what comes through them is never slowed as a whole, they count guesses themselves.
    pub edges: Vec<IpAddr>,
    /// What an overloaded engine asks phones to wait, seconds.
    pub retry_after: u32,
}

impl Settings {
    /// Usual values.
    #[must_use]
    pub fn new(realm: &str) -> Settings {
        Settings {
            realm: realm.to_owned(),
            registrar: RegistrarSettings::default(),
            guard: GuardSettings::default(),
            // Seen with 1.0.0: "Function not implemented" before the second challenge is looked at.
            md5_only_agents: vec!["baresip v0.".to_owned(), "baresip v1.".to_owned()],
            trunk: None,
            edges: Vec::new(),
            retry_after: 10,
        }
    }
}
