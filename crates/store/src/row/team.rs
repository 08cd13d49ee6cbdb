//! Rows of pickup and park groups.

use model::{
    DepartmentId, EnterpriseId, ParkSettings, SiteId, Team, TeamId, TeamKind, TeamSettings,
    Timestamp, UserId, VirtualUserId,
};
use uuid::Uuid;

use super::parse;
use crate::{Error, Result, TeamMember};

row! {
    /// A team, with the settings of a park group.
    TeamRow {
        id: Uuid,
        enterprise_id: Uuid,
        site_id: Uuid,
        department_id: Option<Uuid>,
        kind: String,
        name: String,
        version: i64,
        created_at: i64,
        recall_after_s: Option<i64>,
        recall_to: Option<String>,
        alternate_virtual_user_id: Option<Uuid>,
        alternate_after_s: Option<i64>,
        display_s: Option<i64>,
        announces: Option<bool>,
    }
}

impl TeamRow {
    fn settings(&self) -> Result<TeamSettings> {
        let park = || {
            Some(ParkGroupRow {
                team_id: self.id,
                recall_after_s: self.recall_after_s?,
                recall_to: self.recall_to.clone()?,
                alternate_virtual_user_id: self.alternate_virtual_user_id,
                alternate_after_s: self.alternate_after_s?,
                display_s: self.display_s?,
                announces: self.announces?,
            })
        };
        match parse(&self.kind, "team kind")? {
            TeamKind::Pickup => Ok(TeamSettings::Pickup),
            TeamKind::Park => {
                let row = park().ok_or(Error::Corrupt { what: "park group" })?;
                row.try_into().map(TeamSettings::Park)
            }
        }
    }

    /// The team with its members.
    ///
    /// # Errors
    /// `Corrupt` for values that the model does not know.
    pub fn with_members(self, members: Vec<UserId>) -> Result<Team> {
        Ok(Team {
            settings: self.settings()?,
            id: TeamId(self.id),
            enterprise: EnterpriseId(self.enterprise_id),
            site: SiteId(self.site_id),
            department: self.department_id.map(DepartmentId),
            name: parse(&self.name, "team name")?,
            members,
            version: self.version,
            created_at: Timestamp(self.created_at),
        })
    }
}

row! {
    /// What is set for a park group.
    ParkGroupRow {
        team_id: Uuid,
        recall_after_s: i64,
        recall_to: String,
        alternate_virtual_user_id: Option<Uuid>,
        alternate_after_s: i64,
        display_s: i64,
        announces: bool,
    }
}

impl TryFrom<ParkGroupRow> for ParkSettings {
    type Error = Error;
    fn try_from(row: ParkGroupRow) -> Result<Self> {
        Ok(Self {
            recall_after_s: seconds(row.recall_after_s)?,
            recall_to: parse(&row.recall_to, "park recall")?,
            alternate: row.alternate_virtual_user_id.map(VirtualUserId),
            alternate_after_s: seconds(row.alternate_after_s)?,
            display_s: seconds(row.display_s)?,
            announces: row.announces,
        })
    }
}

fn seconds<T: TryFrom<i64>>(stored: i64) -> Result<T> {
    T::try_from(stored).map_err(|_| Error::Corrupt { what: "seconds" })
}

row! {
    /// A member of a team.
    TeamMemberRow {
        id: Uuid,
        enterprise_id: Uuid,
        site_id: Uuid,
        first_name: String,
        last_name: String,
        extension: String,
        state: String,
    }
}

impl TryFrom<TeamMemberRow> for TeamMember {
    type Error = Error;
    fn try_from(row: TeamMemberRow) -> Result<Self> {
        Ok(Self {
            user: UserId(row.id),
            enterprise: EnterpriseId(row.enterprise_id),
            site: SiteId(row.site_id),
            name: format!("{} {}", row.first_name, row.last_name),
            extension: row.extension,
            is_active: row.state == "activated",
        })
    }
}
