//! Looks at one pickup or park group.

use model::{Action, Target, Team, TeamDraft, Verdict, allows};
use store::{Place, TeamMember, Tenant, Tx};

use super::TeamRef;
use crate::{Actor, Env, Error, Result};

/// A team with the names that go with it.
#[derive(Clone, Debug)]
pub struct TeamView {
    /// The team; its members are those that the actor may know.
    pub team: Team,
    /// Where it is.
    pub place: Place,
    /// Its members whom the actor may know, in order.
    pub members: Vec<TeamMember>,
    /// How many members there are whom the actor may not know: people of other sites.
    pub hidden: usize,
    /// The department's name.
    pub department: Option<String>,
    /// The alternate's name, where the actor may know it.
    pub alternate: Option<String>,
    /// Whether the actor may change and delete it.
    pub may_manage: bool,
}

impl TeamView {
    /// What would have to be typed for this team.
    #[must_use]
    pub fn draft(&self) -> TeamDraft {
        TeamDraft::from(&self.team)
    }
}

/// The team of a site.
///
/// # Errors
/// `NotFound` for teams the actor may not know of, `Forbidden` by role (R4).
pub async fn get(env: &Env, actor: &Actor, team: TeamRef) -> Result<TeamView> {
    let mut tx = env.read().await?;
    view(actor, tx.as_mut(), team).await
}

/// The team with its site, for an actor who may do this.
pub(super) async fn find(
    actor: &Actor,
    tx: &mut dyn Tx,
    TeamRef { site, kind, id }: TeamRef,
    action: Action,
) -> Result<(Place, Team)> {
    let place = actor.site(tx, site, action).await?;
    let team = tx.team().get(site, kind, id).await?;
    Ok((place, team.ok_or(Error::NotFound)?))
}

pub(super) async fn view(actor: &Actor, tx: &mut dyn Tx, team: TeamRef) -> Result<TeamView> {
    let (place, mut team) = find(actor, tx, team, Action::ViewTeams).await?;
    let tenant = Tenant::Enterprise(place.enterprise.id);
    let mut members = tx.team().list_members(tenant, team.id).await?;
    let all = members.len();
    members.retain(|member| actor.may_name(member.enterprise, member.site));
    team.members = members.iter().map(|member| member.user).collect();
    let department = match team.department {
        Some(id) => tx.department().get(team.site, id).await?,
        None => None,
    };
    let site = Target::Site(place.enterprise.id, place.site.id);
    Ok(TeamView {
        alternate: alternate(actor, tx, &team).await?,
        hidden: all - members.len(),
        department: department.map(|department| department.name.to_string()),
        may_manage: allows(actor.grant(), Action::ManageTeams, site) == Verdict::Allowed,
        team,
        place,
        members,
    })
}

async fn alternate(actor: &Actor, tx: &mut dyn Tx, team: &Team) -> Result<Option<String>> {
    let Some(id) = team.settings.park().and_then(|park| park.alternate) else {
        return Ok(None);
    };
    let tenant = Tenant::Enterprise(team.enterprise);
    let found = tx.virtual_user().get(tenant, id).await?;
    let known = found.filter(|found| actor.may_name(found.enterprise, found.site));
    Ok(known.map(|found| found.name.to_string()))
}
