//! New login details for a desk phone (L1): the old ones stop working.

use model::{Action, JournalAction, LoginDetails, User, UserId};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    secret::new_login_details,
};

/// Whether the user can get new login details: with a desk phone (U5), and active (S5).
#[must_use]
pub fn can_renew(user: &User) -> bool {
    check(user).is_ok()
}

fn check(user: &User) -> Result<()> {
    if user.desk_phone_type.is_none() {
        Err(Error::NoDeskPhone)
    } else if !user.state.is_active() {
        Err(Error::NotActive)
    } else {
        Ok(())
    }
}

/// The user, for an actor who may make new login details.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `NoDeskPhone` (U5), `NotActive` until the user is active (S5).
pub async fn renewable(env: &Env, actor: &Actor, id: UserId) -> Result<User> {
    let mut tx = env.read().await?;
    let user = actor
        .user(tx.as_mut(), id, Action::RenewLoginDetails)
        .await?;
    check(&user)?;
    Ok(user)
}

/// Makes new login details and answers them, this once, unless the user has changed since `expected_version`.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `NoDeskPhone` (U5), `NotActive` until the user is active (S5), `Changed`.
pub async fn renew(
    env: &Env,
    actor: &Actor,
    id: UserId,
    expected_version: Option<i64>,
) -> Result<(User, LoginDetails)> {
    let mut tx = env.write().await?;
    let user = actor
        .user(tx.as_mut(), id, Action::RenewLoginDetails)
        .await?;
    if expected_version.is_some_and(|version| version != user.version) {
        return Err(Error::Changed);
    }
    check(&user)?;
    if !tx.user().touch(actor.tenant(), id, user.version).await? {
        return Err(Error::Changed);
    }
    let (details, stored) = new_login_details(env, id, &user.number);
    tx.phone_login().put(actor.tenant(), id, &stored).await?;
    let subject = Subject::user(&user);
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::LoginDetailsRenewed,
        subject,
        Vec::new(),
    )
    .await?;
    tx.commit().await?;
    Ok((
        User {
            version: user.version + 1,
            ..user
        },
        details,
    ))
}
