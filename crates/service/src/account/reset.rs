//! Resetting a user's account (A3): unlocked, without password and sessions, with a new registration email. Number,
//! services and phone stay.

use model::{Action, JournalAction, Timestamp, User, UserId};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    mail, second_factor,
};

/// How it is with a user's access to the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Whether the user has set a password.
    pub is_registered: bool,
    /// Since when too many wrong passwords have locked the account (A2).
    pub locked_at: Option<Timestamp>,
}

/// How it is with a user's access, for an actor who may reset it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn access(env: &Env, actor: &Actor, id: UserId) -> Result<Access> {
    let mut tx = env.read().await?;
    actor.user(tx.as_mut(), id, Action::ResetAccount).await?;
    let account = tx.account().get_of_user(actor.tenant(), id).await?;
    let account = account.ok_or(Error::NotFound)?;
    Ok(Access {
        is_registered: account.password_hash.is_some(),
        locked_at: account.locked_at,
    })
}

/// The user, for an actor who may reset the account.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn resettable(env: &Env, actor: &Actor, id: UserId) -> Result<User> {
    let mut tx = env.read().await?;
    actor.user(tx.as_mut(), id, Action::ResetAccount).await
}

/// Resets the user's account.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn reset(env: &Env, actor: &Actor, id: UserId) -> Result<()> {
    let mut tx = env.write().await?;
    let user = actor.user(tx.as_mut(), id, Action::ResetAccount).await?;
    let account = tx.account().get_of_user(actor.tenant(), id).await?;
    let account = account.ok_or(Error::NotFound)?.id;
    tx.account()
        .update_password(account, None, env.now())
        .await?;
    tx.password_link().delete_of(account).await?;
    tx.session().delete_of(account).await?;
    second_factor::remove_all(tx.as_mut(), account).await?;
    mail::enqueue_registration(env, tx.as_mut(), account).await?;
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::AccountReset,
        Subject::user(&user),
        Vec::new(),
    )
    .await?;
    Ok(tx.commit().await?)
}
