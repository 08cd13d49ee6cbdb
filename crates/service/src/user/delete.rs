//! Deletes a user (D1–D5): what names the user goes with the user, in one transaction.

use std::collections::HashSet;

use model::{Action, Change, Fellow, JournalAction, Membership, User, UserId};
use store::{ForwardOf, Forwarding, Tenant, Tx};

use crate::{
    Actor, Env, Error, Result, groups,
    journal::{self, Subject},
};

/// What deleting a user removes (D4).
#[derive(Debug)]
pub struct Deletion {
    /// The user; number, package and services become free.
    pub user: User,
    /// Login name of the desk phone that stops working.
    pub login: Option<String>,
    /// The groups that the user leaves (D3).
    pub groups: Vec<Membership>,
    /// Forwards that name the user, and end.
    pub forwards: Vec<Forwarding>,
    /// Forwards of groups that name the user, and end.
    pub group_forwards: Vec<ForwardOf>,
    /// The people who might need to be told: the other members of these groups, and who forwards to the user.
    pub tell: Vec<Colleague>,
}

/// Somebody who might need to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub user: UserId,
    /// First and last name.
    pub name: String,
}

/// What deleting the user would remove, and whom to tell.
///
/// # Errors
/// `NotFound` and `Forbidden` by role (D1), `NotActive` until the user is active (S5).
pub async fn deletion_preview(env: &Env, actor: &Actor, id: UserId) -> Result<Deletion> {
    let mut tx = env.read().await?;
    let user = deletable(actor, tx.as_mut(), id).await?;
    preview(actor, tx.as_mut(), user).await
}

/// What deleting this user would remove, and whom to tell.
pub(super) async fn preview(actor: &Actor, tx: &mut dyn Tx, user: User) -> Result<Deletion> {
    let id = user.id;
    let login = tx
        .phone_login()
        .get(actor.tenant(), id)
        .await?
        .map(|login| login.login);
    let forwards = forwards_to(actor, tx, &user).await?;
    let tenant = Tenant::Enterprise(user.enterprise);
    let mut groups = groups::list(tx, tenant, id).await?;
    groups.retain(|group| actor.may_name(group.enterprise, group.site));
    let group_forwards = tx.hunt_group().list_forwards_to(tenant, id);
    let mut group_forwards = group_forwards.await?;
    group_forwards.retain(|forward| actor.may_name(forward.enterprise, forward.site));
    let fellows = groups::fellows(tx, tenant, id).await?;
    let tell = whom_to_tell(actor, &forwards, fellows);
    Ok(Deletion {
        user,
        login,
        groups,
        forwards,
        group_forwards,
        tell,
    })
}

/// Who forwards to the user, then the other members of the groups; each once, and only whom the actor may know.
fn whom_to_tell(actor: &Actor, forwards: &[Forwarding], fellows: Vec<Fellow>) -> Vec<Colleague> {
    let forwarding = forwards.iter();
    let forwarding = forwarding.map(|forward| (forward.user, forward.name.clone()));
    let fellows = fellows
        .into_iter()
        .filter(|fellow| actor.may_name(fellow.enterprise, fellow.site))
        .map(|fellow| (fellow.user, fellow.name));
    let mut known = HashSet::new();
    let once = forwarding
        .chain(fellows)
        .filter(|(id, _)| known.insert(*id));
    once.map(|(user, name)| Colleague { user, name }).collect()
}

/// Deletes the user, unless it has changed since `expected_version`.
///
/// # Errors
/// `NotFound` and `Forbidden` by role (D1), `NotActive` until the user is active (S5), `Changed`.
pub async fn delete(
    env: &Env,
    actor: &Actor,
    id: UserId,
    expected_version: Option<i64>,
) -> Result<()> {
    let mut tx = env.write().await?;
    let user = deletable(actor, tx.as_mut(), id).await?;
    if expected_version.is_some_and(|version| version != user.version) {
        return Err(Error::Changed);
    }
    remove(env, tx.as_mut(), actor, &user, JournalAction::UserDeleted).await?;
    Ok(tx.commit().await?)
}

/// Forwards of colleagues that name the user; where the actor does not know who forwards, nothing is told.
async fn forwards_to(actor: &Actor, tx: &mut dyn Tx, user: &User) -> Result<Vec<Forwarding>> {
    let tenant = Tenant::Enterprise(user.enterprise);
    let mut forwards = tx.call_services().list_forwards_to(tenant, user.id).await?;
    forwards.retain(|forward| {
        forward.user != user.id && actor.may_name(forward.enterprise, forward.site)
    });
    Ok(forwards)
}

pub(super) async fn deletable(actor: &Actor, tx: &mut dyn Tx, id: UserId) -> Result<User> {
    let user = actor.user(tx, id, Action::DeleteUser).await?;
    if user.state.is_active() {
        Ok(user)
    } else {
        Err(Error::NotActive)
    }
}

/// Removes a user: licences are given back here, everything else that names the user goes or is freed by its foreign key.
pub(crate) async fn remove(
    env: &Env,
    tx: &mut dyn Tx,
    actor: &Actor,
    user: &User,
    action: JournalAction,
) -> Result<()> {
    for product in user.products() {
        tx.licence().give_back(user.enterprise, product).await?;
    }
    tx.call_services().touch_forwards_to(user.id).await?;
    tx.hunt_group().touch_of_user(user.id).await?;
    tx.team().touch_of(user.id).await?;
    if !tx
        .user()
        .delete(actor.tenant(), user.id, user.version)
        .await?
    {
        return Err(Error::Changed);
    }
    let gone = |field: &str, before: String| Change {
        field: field.to_owned(),
        before: Some(before),
        after: None,
    };
    let changes = vec![
        gone("username", user.username.to_string()),
        gone("number", user.number.to_string()),
        gone("extension", user.extension.to_string()),
        gone("package", user.package.to_string()),
    ];
    journal::write(env, tx, actor, action, Subject::user(user), changes).await
}
