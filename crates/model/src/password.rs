//! Passwords for the portal.

use std::fmt;

/// A portal password that keeps the rules of [`crate::PasswordRules`] (A5); never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct PortalPassword(String);

impl PortalPassword {
    /// Most characters, so that hashing has a bound.
    pub const MAX: usize = 200;

    pub(crate) fn checked(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The password itself, for hashing.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PortalPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PortalPassword(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_printed() {
        let password = PortalPassword::checked("Klinke-7");
        assert!(!format!("{password:?}").contains("Klinke-7"));
    }
}
