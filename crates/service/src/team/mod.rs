//! Pickup groups (G1) and park groups (G2), which are administered alike: teams.

mod add;
mod check;
mod delete;
mod get;
mod list;
mod modify;
mod told;

pub use add::{add, may_add};
pub use delete::{TeamDeletion, delete, deletion_preview};
pub use get::{TeamView, get};
pub use list::{ListTeams, list};
pub use modify::modify;
pub use store::{TeamLine, TeamMember};

use model::{TeamDraft, TeamId};

/// Which team, at which site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TeamRef {
    /// At which site.
    pub site: model::SiteId,
    /// Of which kind.
    pub kind: model::TeamKind,
    /// Which.
    pub id: TeamId,
}

/// What a team shall be.
#[derive(Clone, Debug, Default)]
pub struct WantedTeam {
    /// Its fields.
    pub draft: TeamDraft,
    /// Members who are in another team of the kind leave it.
    pub moves_members: bool,
}
