//! Adds a hunt group (G3, S1): number, extension, settings, members, activation job and journal, all or nothing.

use model::{
    Action, Change, Field, Holder, HuntGroup, HuntGroupDraft, JournalAction, NewHuntGroup, Problem,
    SiteId, State, VirtualUser, VirtualUserId, VirtualUserKind,
};
use store::{Place, Tx, VirtualUserKept};

use super::check::Check;
use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    virtual_user,
};

/// The site, for an actor who may add a hunt group there.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn may_add(env: &Env, actor: &Actor, site: SiteId) -> Result<Place> {
    let mut tx = env.read().await?;
    actor
        .site(tx.as_mut(), site, Action::ManageVirtualUsers)
        .await
}

/// Adds a hunt group at a site; it takes no licence.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` with everything that is wrong.
pub async fn add(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    draft: &HuntGroupDraft,
) -> Result<HuntGroup> {
    let mut tx = env.write().await?;
    let action = Action::ManageVirtualUsers;
    let place = actor.site(tx.as_mut(), site, action).await?;
    let new = draft.check(place.site.country, place.enterprise.extension_rule)?;
    let check = Check {
        actor,
        tx: tx.as_mut(),
        place: &place,
        new: &new,
        now: None,
    };
    let settings = check.settings().await?;
    let virtual_user = virtual_user(env, &place, &new);
    keep(tx.as_mut(), &virtual_user).await?;
    let group = HuntGroup {
        virtual_user,
        settings,
        members: new.members,
    };
    let id = group.virtual_user.id;
    tx.hunt_group().put(id, &group.settings).await?;
    tx.hunt_group().put_members(id, &group.members).await?;
    virtual_user::enqueue(env, tx.as_mut(), id).await?;
    let subject = Subject::virtual_user(&group.virtual_user);
    let action = JournalAction::HuntGroupAdded;
    journal::write(env, tx.as_mut(), actor, action, subject, changes(&group)).await?;
    tx.commit().await?;
    Ok(group)
}

fn virtual_user(env: &Env, place: &Place, new: &NewHuntGroup) -> VirtualUser {
    VirtualUser {
        id: VirtualUserId(env.id()),
        kind: VirtualUserKind::HuntGroup,
        enterprise: place.enterprise.id,
        site: place.site.id,
        department: new.department,
        name: new.name.clone(),
        number: new.number.clone(),
        extension: new.extension.clone(),
        state: State::default(),
        version: 1,
        created_at: env.now(),
    }
}

/// What somebody else took in this very moment is told without looking further.
async fn keep(tx: &mut dyn Tx, virtual_user: &VirtualUser) -> Result<()> {
    match tx.virtual_user().insert(virtual_user).await? {
        VirtualUserKept::Done => {}
        VirtualUserKept::NameTaken => return Err(Error::field(Field::Name, Problem::Taken)),
        VirtualUserKept::ExtensionTaken => {
            return Err(Error::field(Field::Extension, Problem::Taken));
        }
        VirtualUserKept::Meanwhile => return Err(Error::Changed),
    }
    let (site, number) = (virtual_user.site, &virtual_user.number);
    let holder = Holder::VirtualUser(virtual_user.id);
    if !tx.number().assign(site, number, holder).await? {
        return Err(Error::field(Field::Number, Problem::NumberNotAvailable));
    }
    Ok(())
}

fn changes(group: &HuntGroup) -> Vec<Change> {
    vec![
        Change::new("name", &group.virtual_user.name),
        Change::new("number", &group.virtual_user.number),
        Change::new("extension", &group.virtual_user.extension),
        Change::new("policy", &group.settings.policy),
        Change::new("members", &group.members.len()),
    ]
}
