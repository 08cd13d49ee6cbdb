//! What the stateless part has to be told.

use crate::guard::GuardSettings;
use crate::registrar::RegistrarSettings;
use std::net::IpAddr;

/// Settings that do not change while the engine runs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The installation's one realm.
    pub realm: String,
    /// Bounds of registrations.
    pub registrar: RegistrarSettings,
    /// When guessing is slowed.
    pub guard: GuardSettings,
    /// Addresses whose calls come from the carrier and need no password.
    pub trunks: Vec<IpAddr>,
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
            trunks: Vec::new(),
            retry_after: 10,
        }
    }
}
