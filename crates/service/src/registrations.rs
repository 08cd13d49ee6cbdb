//! Whose phones are logged in; the call engine knows.

use std::net::SocketAddr;

use model::{EnterpriseId, SiteId, Timestamp, UserId};

/// A phone that is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// What it calls itself (User-Agent), may be empty.
    pub user_agent: String,
    /// Where its messages come from.
    pub address: SocketAddr,
    /// How: UDP, TCP or TLS.
    pub transport: &'static str,
    /// Since when without a gap.
    pub since: Timestamp,
}

/// A user's phone has logged in, refreshed that, or is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhoneChanged {
    /// Whose phone.
    pub user: UserId,
    /// Where the user is.
    pub site: SiteId,
    /// In which enterprise.
    pub enterprise: EnterpriseId,
}

/// What tells which phones are logged in.
pub trait Registrations: Send + Sync {
    /// Whether a phone is logged in with this login name now.
    fn is_registered(&self, login: &str) -> bool;

    /// The phones that are logged in with this login name now.
    fn devices(&self, login: &str) -> Vec<Device>;
}

impl Registrations for sip::Server {
    fn is_registered(&self, login: &str) -> bool {
        !self.registrations(login).is_empty()
    }

    fn devices(&self, login: &str) -> Vec<Device> {
        let bindings = self.registrations(login).into_iter();
        let device = |binding: sip::location::Binding| Device {
            user_agent: binding.user_agent.into(),
            address: binding.flow.peer,
            transport: binding.flow.transport.name(),
            since: Timestamp(i64::try_from(binding.since.unix_ms()).unwrap_or(i64::MAX)),
        };
        bindings.map(device).collect()
    }
}

/// An installation without a call engine: a command, or a test.
pub(crate) struct NoPhones;

impl Registrations for NoPhones {
    fn is_registered(&self, _login: &str) -> bool {
        false
    }

    fn devices(&self, _login: &str) -> Vec<Device> {
        Vec::new()
    }
}
