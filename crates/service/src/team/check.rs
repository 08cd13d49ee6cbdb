//! What can be wrong with a team because of what the database holds.

use model::{Field, GroupKind, Membership, NewTeam, Problem, Problems, Team, User, UserId};
use store::{Place, Tenant, Tx};

use crate::{Actor, Result};

/// A team that is to be written.
pub(super) struct Check<'a> {
    pub(super) actor: &'a Actor,
    pub(super) place: &'a Place,
    pub(super) new: &'a NewTeam,
    /// The team as it is; nothing for a new one.
    pub(super) now: Option<&'a Team>,
}

/// A member who is in another team of the kind.
pub(super) struct Elsewhere {
    pub(super) user: User,
    pub(super) team: Membership,
}

impl Check<'_> {
    /// Everything that is wrong at once, or who has to be taken out of another team, which is only done when `moves`.
    pub(super) async fn run(&self, tx: &mut dyn Tx, moves: bool) -> Result<Vec<Elsewhere>> {
        let mut problems = Problems::default();
        self.look_at_department(tx, &mut problems).await?;
        self.look_at_alternate(tx, &mut problems).await?;
        let mut moved = Vec::new();
        for member in &self.new.members {
            if self.now.is_some_and(|now| now.members.contains(member)) {
                continue;
            }
            let Some(user) = self.known(tx, *member).await? else {
                problems.add(Field::Members, Problem::Unknown);
                continue;
            };
            let Some(team) = self.other_team(tx, *member).await? else {
                continue;
            };
            let may_move = self.actor.may_name(team.enterprise, team.site);
            if moves && may_move {
                moved.push(Elsewhere { user, team });
            } else {
                let problem = Problem::InAnotherGroup {
                    name: user.full_name(),
                    group: may_move.then_some(team.name),
                };
                problems.add(Field::Members, problem);
            }
        }
        problems.check()?;
        Ok(moved)
    }

    async fn look_at_department(&self, tx: &mut dyn Tx, problems: &mut Problems) -> Result<()> {
        let Some(department) = self.new.department else {
            return Ok(());
        };
        let found = tx.department().get(self.place.site.id, department).await?;
        if found.is_none() {
            problems.add(Field::Department, Problem::Unknown);
        }
        Ok(())
    }

    /// The alternate is a hunt group of the enterprise that the actor may know, or the one that it was.
    async fn look_at_alternate(&self, tx: &mut dyn Tx, problems: &mut Problems) -> Result<()> {
        let of = |settings: &model::TeamSettings| settings.park().and_then(|park| park.alternate);
        let Some(alternate) = of(&self.new.settings) else {
            return Ok(());
        };
        if self
            .now
            .is_some_and(|now| of(&now.settings) == Some(alternate))
        {
            return Ok(());
        }
        let tenant = Tenant::Enterprise(self.place.enterprise.id);
        let found = tx.hunt_group().get(tenant, alternate).await?;
        let is_known = found.is_some_and(|group| {
            let group = group.virtual_user;
            self.actor.may_name(group.enterprise, group.site)
        });
        if !is_known {
            problems.add(Field::Alternate, Problem::Unknown);
        }
        Ok(())
    }

    /// A user of the enterprise whom the actor may know (R4).
    async fn known(&self, tx: &mut dyn Tx, member: UserId) -> Result<Option<User>> {
        let tenant = Tenant::Enterprise(self.place.enterprise.id);
        let user = tx.user().get(tenant, member).await?;
        Ok(user.filter(|user| self.actor.may_name(user.enterprise, user.site)))
    }

    async fn other_team(&self, tx: &mut dyn Tx, member: UserId) -> Result<Option<Membership>> {
        let tenant = Tenant::Enterprise(self.place.enterprise.id);
        let kind = GroupKind::from(self.new.settings.kind());
        let teams = tx.team().list_of(tenant, member).await?;
        let own = self.now.map(|now| now.id.0);
        let mut others = teams.into_iter().filter(|team| team.kind == kind);
        Ok(others.find(|team| Some(team.id) != own))
    }
}
