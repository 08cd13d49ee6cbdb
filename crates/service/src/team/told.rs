//! What the journal says of teams (R5).

use model::{
    Change, Field, GroupKind, JournalAction, Team, TeamKind, VirtualUserId, park_differences,
};
use store::{Tenant, Tx};

use super::check::Elsewhere;
use crate::{
    Actor, Env, Result,
    journal::{self, Subject},
};

/// Writes an entry about a team.
pub(super) async fn note(
    env: &Env,
    tx: &mut dyn Tx,
    actor: &Actor,
    action: JournalAction,
    team: &Team,
    changes: Vec<Change>,
) -> Result<()> {
    let subject = Subject {
        enterprise: Some(team.enterprise),
        site: Some(team.site),
        id: team.id.0,
        name: team.name.to_string(),
    };
    journal::write(env, tx, actor, action, subject, changes).await
}

/// Takes members out of the teams that they are in, and writes it into the journal of these.
pub(super) async fn take_out(
    env: &Env,
    tx: &mut dyn Tx,
    actor: &Actor,
    moved: Vec<Elsewhere>,
) -> Result<()> {
    for Elsewhere { user, team } in moved {
        let (kind, action) = match team.kind {
            GroupKind::ParkGroup => (TeamKind::Park, JournalAction::ParkGroupChanged),
            GroupKind::PickupGroup | GroupKind::HuntGroup | GroupKind::CallCentre => {
                (TeamKind::Pickup, JournalAction::PickupGroupChanged)
            }
        };
        let tenant = Tenant::Enterprise(user.enterprise);
        tx.team().delete_member(tenant, kind, user.id).await?;
        let is_of_site = user.site == team.site;
        let gone = Change {
            field: Field::Members.id().to_owned(),
            before: Some(if is_of_site {
                user.full_name()
            } else {
                1.to_string()
            }),
            after: None,
        };
        let subject = Subject {
            enterprise: Some(team.enterprise),
            site: Some(team.site),
            id: team.id,
            name: team.name,
        };
        journal::write(env, tx, actor, action, subject, vec![gone]).await?;
    }
    Ok(())
}

/// A team in the words of the journal: its site reads it, so that people of other sites are counted, not named.
pub(super) struct Told {
    team: Team,
    department: Option<String>,
    members: String,
    others: usize,
    /// The alternate's name; its id where it is of another site.
    alternate: Option<String>,
}

impl Told {
    pub(super) async fn new(tx: &mut dyn Tx, team: &Team) -> Result<Self> {
        let tenant = Tenant::Enterprise(team.enterprise);
        let members = tx.team().list_members(tenant, team.id).await?;
        let own = members.iter().filter(|member| member.site == team.site);
        let names: Vec<_> = own.map(|member| member.name.as_str()).collect();
        let department = match team.department {
            Some(id) => tx.department().get(team.site, id).await?,
            None => None,
        };
        Ok(Self {
            department: department.map(|department| department.name.to_string()),
            others: members.len() - names.len(),
            alternate: alternate(tx, team).await?,
            members: names.join(", "),
            team: team.clone(),
        })
    }
}

async fn alternate(tx: &mut dyn Tx, team: &Team) -> Result<Option<String>> {
    let Some(id) = team.settings.park().and_then(|park| park.alternate) else {
        return Ok(None);
    };
    let tenant = Tenant::Enterprise(team.enterprise);
    let found = tx.virtual_user().get(tenant, id).await?;
    let own = found.filter(|found| found.site == team.site);
    Ok(Some(own.map_or_else(
        || id.to_string(),
        |own| own.name.to_string(),
    )))
}

/// What a new team is.
pub(super) async fn of_new(tx: &mut dyn Tx, team: &Team) -> Result<Vec<Change>> {
    let told = Told::new(tx, team).await?;
    let mut changes = vec![Change::new(Field::Name.id(), &team.name)];
    let department = told.department.as_ref();
    changes.extend(department.map(|name| Change::new(Field::Department.id(), name)));
    if !told.members.is_empty() {
        changes.push(Change::new(Field::Members.id(), &told.members));
    }
    if told.others > 0 {
        changes.push(Change::new(Field::OtherMembers.id(), &told.others));
    }
    Ok(changes)
}

/// What has changed from one to the other.
pub(super) fn differences(before: &Told, after: &Told) -> Vec<Change> {
    let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let mut pairs = vec![
        (
            Field::Name.id(),
            Some(before.team.name.to_string()),
            Some(after.team.name.to_string()),
        ),
        (
            Field::Department.id(),
            before.department.clone(),
            after.department.clone(),
        ),
        (
            Field::Members.id(),
            some(&before.members),
            some(&after.members),
        ),
        (
            Field::OtherMembers.id(),
            Some(before.others.to_string()),
            Some(after.others.to_string()),
        ),
    ];
    pairs.retain(|(_, before, after)| before != after);
    let changed = pairs.into_iter().map(|(field, before, after)| Change {
        field: field.to_owned(),
        before,
        after,
    });
    let was = before.team.settings.park();
    let named = |id: VirtualUserId| {
        let is_former = was.is_some_and(|park| park.alternate == Some(id));
        let name = if is_former {
            &before.alternate
        } else {
            &after.alternate
        };
        name.clone().unwrap_or_else(|| id.to_string())
    };
    let park = was.zip(after.team.settings.park());
    let park = park.map(|(before, after)| park_differences(before, after, named));
    changed.chain(park.unwrap_or_default()).collect()
}
