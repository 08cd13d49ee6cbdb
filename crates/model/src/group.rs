//! What all kinds of groups have in common: who is in which, and who else.

use std::{fmt, str::FromStr};

use uuid::Uuid;

use crate::{EnterpriseId, Problem, SiteId, TeamKind, UserId, VirtualUserKind, licence::catalogue};

catalogue! {
    /// What a user can be a member of (G1-G4).
    GroupKind {
        /// Rings its members (G3).
        HuntGroup = "hunt-group",
        /// Queues calls for its agents (G4).
        CallCentre = "call-centre",
        /// Members take each other's calls (G1).
        PickupGroup = "pickup-group",
        /// Members park and retrieve calls (G2).
        ParkGroup = "park-group",
    }
}

impl From<VirtualUserKind> for GroupKind {
    fn from(kind: VirtualUserKind) -> Self {
        match kind {
            VirtualUserKind::HuntGroup => Self::HuntGroup,
            VirtualUserKind::CallCentre => Self::CallCentre,
        }
    }
}

impl From<TeamKind> for GroupKind {
    fn from(kind: TeamKind) -> Self {
        match kind {
            TeamKind::Pickup => Self::PickupGroup,
            TeamKind::Park => Self::ParkGroup,
        }
    }
}

/// A group that a user is in, or that names the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Which kind of group.
    pub kind: GroupKind,
    /// The group's identity.
    pub id: Uuid,
    /// The group's enterprise.
    pub enterprise: EnterpriseId,
    /// The group's site.
    pub site: SiteId,
    /// The group's name.
    pub name: String,
}

/// Another member of a user's groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fellow {
    /// Who.
    pub user: UserId,
    /// Of which enterprise.
    pub enterprise: EnterpriseId,
    /// At which site.
    pub site: SiteId,
    /// First and last name.
    pub name: String,
}
