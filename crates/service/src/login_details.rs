//! New login details for a desk phone (L1): the old ones stop working.

use model::{Action, JournalAction, LoginDetails, User, UserId};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    secret::new_login_details,
};

/// Makes new login details and answers them, this once.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `NoDeskPhone` (U5), `NotActive` until the user is active (S5).
pub async fn renew(env: &Env, actor: &Actor, id: UserId) -> Result<(User, LoginDetails)> {
    let mut tx = env.write().await?;
    let user = actor
        .user(tx.as_mut(), id, Action::RenewLoginDetails)
        .await?;
    if user.desk_phone_type.is_none() {
        return Err(Error::NoDeskPhone);
    }
    if !user.state.is_active() {
        return Err(Error::NotActive);
    }
    let (details, stored) = new_login_details(env, id, &user.number);
    tx.phone_login().put(actor.tenant(), id, &stored).await?;
    tx.user().touch(actor.tenant(), id).await?;
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
