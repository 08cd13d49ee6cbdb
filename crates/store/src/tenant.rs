//! On whose behalf something is asked.

use model::{EnterpriseId, Grant};

/// The border that no query crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tenant {
    /// Everything, for the operator and the system itself.
    Installation,
    /// One enterprise.
    Enterprise(EnterpriseId),
}

impl Tenant {
    /// The border of a grant.
    #[must_use]
    pub fn of(grant: &Grant) -> Self {
        grant
            .enterprise()
            .map_or(Self::Installation, Self::Enterprise)
    }

    /// The enterprise; `None` for the whole installation.
    #[must_use]
    pub fn enterprise(self) -> Option<EnterpriseId> {
        match self {
            Self::Installation => None,
            Self::Enterprise(id) => Some(id),
        }
    }
}
