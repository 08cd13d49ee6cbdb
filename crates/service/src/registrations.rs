//! Whose phones are logged in; the call engine knows.

/// What tells whether a phone is logged in.
pub trait Registrations: Send + Sync {
    /// Whether a phone is logged in with this login name now.
    fn is_registered(&self, login: &str) -> bool;
}

impl Registrations for sip::Server {
    fn is_registered(&self, login: &str) -> bool {
        !self.registrations(login).is_empty()
    }
}

/// An installation without a call engine: a command, or a test.
pub(crate) struct NoPhones;

impl Registrations for NoPhones {
    fn is_registered(&self, _login: &str) -> bool {
        false
    }
}
