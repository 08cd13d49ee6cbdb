//! Looks at one user.

use model::{Action, User, UserId};

use crate::{Actor, Env, Result};

/// The user.
///
/// # Errors
/// `NotFound` for users the actor may not know of (R4).
pub async fn get(env: &Env, actor: &Actor, id: UserId) -> Result<User> {
    let mut tx = env.read().await?;
    actor.user(tx.as_mut(), id, Action::ViewUser).await
}

/// The login name of the user's desk phone, when it has login details.
///
/// # Errors
/// `NotFound` for users the actor may not know of (R4).
pub async fn login_name(env: &Env, actor: &Actor, id: UserId) -> Result<Option<String>> {
    let mut tx = env.read().await?;
    let user = actor.user(tx.as_mut(), id, Action::ViewUser).await?;
    let login = tx.phone_login().get(actor.tenant(), user.id).await?;
    Ok(login.map(|login| login.login))
}
