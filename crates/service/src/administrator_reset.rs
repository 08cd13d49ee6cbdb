//! Resetting an administrator's account (A3): unlocked, without password, sessions and second factors, with a new
//! registration email.

use model::{AccountId, EnterpriseId, Field, JournalAction, Problem};

use crate::{
    Actor, Env, Error, Result,
    administrator_change::may_modify,
    journal::{self, Subject},
    mail, second_factor,
};

/// Resets an administrator's account. Nobody does this to oneself: the own second factors are removed one by one.
///
/// # Errors
/// `NotFound` and `Forbidden` by role; `Invalid` for oneself.
pub async fn reset(
    env: &Env,
    actor: &Actor,
    enterprise: EnterpriseId,
    id: AccountId,
) -> Result<()> {
    let account = may_modify(env, actor, enterprise, id).await?;
    if actor.account() == Some(id) {
        return Err(Error::field(Field::Role, Problem::Oneself));
    }
    let mut tx = env.write().await?;
    tx.account().update_password(id, None, env.now()).await?;
    tx.password_link().delete_of(id).await?;
    tx.session().delete_of(id).await?;
    second_factor::remove_all(tx.as_mut(), id).await?;
    mail::enqueue_registration(env, tx.as_mut(), id).await?;
    let subject = Subject {
        id: id.0,
        ..Subject::enterprise(enterprise, &account.username)
    };
    let action = JournalAction::AccountReset;
    journal::write(env, tx.as_mut(), actor, action, subject, Vec::new()).await?;
    Ok(tx.commit().await?)
}
