//! Somebody has lost phone and keys: resets take every second factor away, a new password by mail does not (A3).

use model::{AccountId, JournalAction};
use store::{LinkPurpose, Tx};

use crate::{Actor, Env, Error, Result, account::folded, journal, password};

/// Removes app, recovery codes and passkeys, and the login that owes a code.
pub(crate) async fn remove_all(tx: &mut dyn Tx, account: AccountId) -> Result<()> {
    tx.totp().delete(account).await?;
    tx.recovery_code().delete_of(account).await?;
    tx.passkey().delete_of(account).await?;
    tx.pending_login().delete_of(account).await?;
    Ok(())
}

/// Resets an account of the operator's from the command line; answers the token of the one-time link for a new password.
///
/// # Errors
/// `NotFound` when the operator has no account of that name.
pub async fn operator_link(env: &Env, username: &str) -> Result<String> {
    let mut tx = env.write().await?;
    let account = tx.account().get_by_login(None, &folded(username)).await?;
    let account = account.ok_or(Error::NotFound)?;
    let id = account.id;
    tx.account().update_password(id, None, env.now()).await?;
    tx.session().delete_of(id).await?;
    tx.password_link().delete_of(id).await?;
    remove_all(tx.as_mut(), id).await?;
    let token = password::new_link(env, tx.as_mut(), id, LinkPurpose::HandedOver).await?;
    let subject = password::subject(tx.as_mut(), &account).await?;
    let (actor, action) = (Actor::system(), JournalAction::AccountReset);
    journal::write(env, tx.as_mut(), &actor, action, subject, Vec::new()).await?;
    tx.commit().await?;
    Ok(token)
}
