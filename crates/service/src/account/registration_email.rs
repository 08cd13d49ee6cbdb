//! Sending the registration email again (U10); it is not configuration, so the user need not be active (S5).

use model::{Action, JournalAction, UserId};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    mail,
};

/// Has the registration email sent to a user again; links sent earlier stop working.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn send_registration_email(env: &Env, actor: &Actor, id: UserId) -> Result<()> {
    let mut tx = env.write().await?;
    let user = actor
        .user(tx.as_mut(), id, Action::SendRegistration)
        .await?;
    let account = tx.account().get_of_user(actor.tenant(), id).await?;
    let account = account.ok_or(Error::NotFound)?;
    mail::enqueue_registration(env, tx.as_mut(), account.id).await?;
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::RegistrationEmailSent,
        Subject::user(&user),
        Vec::new(),
    )
    .await?;
    Ok(tx.commit().await?)
}
