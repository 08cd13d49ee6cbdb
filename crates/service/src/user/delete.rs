//! Deletes a user (D1–D5): what names the user goes with the user, in one transaction.

use model::{Action, Change, JournalAction, User, UserId};
use store::Tx;

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// What deleting a user removes (D4).
#[derive(Debug)]
pub struct Deletion {
    /// The user; number, package and services become free.
    pub user: User,
    /// Login name of the desk phone that stops working.
    pub login: Option<String>,
    /// Names of the groups that the user leaves. There are no groups yet.
    pub groups: Vec<String>,
    /// Names of the people who might need to be told: the other members of these groups.
    pub tell: Vec<String>,
}

/// What deleting the user would remove, and whom to tell.
///
/// # Errors
/// `NotFound` and `Forbidden` by role (D1), `NotActive` until the user is active (S5).
pub async fn deletion_preview(env: &Env, actor: &Actor, id: UserId) -> Result<Deletion> {
    let mut tx = env.read().await?;
    let user = deletable(actor, tx.as_mut(), id).await?;
    let login = tx
        .phone_login()
        .get(actor.tenant(), id)
        .await?
        .map(|login| login.login);
    Ok(Deletion {
        user,
        login,
        groups: Vec::new(),
        tell: Vec::new(),
    })
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

async fn deletable(actor: &Actor, tx: &mut dyn Tx, id: UserId) -> Result<User> {
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
