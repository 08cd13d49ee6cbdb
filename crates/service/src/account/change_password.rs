//! Changing the own password, with the old one (A5).

use std::net::IpAddr;

use model::{Field, Problem};
use store::{Account, Tx};

use crate::{Actor, Env, Error, Result, password, password_rules, secret::token_hash};

/// The passwords as they were typed. Without `Debug`.
pub struct ChangePassword {
    /// The one that holds now.
    pub old: String,
    /// The one that shall hold.
    pub new: String,
}

/// Changes the actor's own password; other sessions than this one end.
///
/// # Errors
/// `Invalid` for a wrong old password and for every rule that the new one breaks, `TooManyAttempts`, `Forbidden` for an API
/// token.
pub async fn change_password(
    env: &Env,
    actor: &Actor,
    session: &str,
    request: &ChangePassword,
    source: IpAddr,
) -> Result<()> {
    actor.in_person()?;
    let mut tx = env.read().await?;
    let account = own(tx.as_mut(), actor).await?;
    let rules = password_rules::of(tx.as_mut(), &account).await?;
    drop(tx);
    check_old(env, &account, &request.old, source).await?;
    let hash = password::checked_hash(env, account.id, rules, &request.new).await?;
    let mut tx = env.write().await?;
    password::store(env, tx.as_mut(), &account, &hash).await?;
    tx.session()
        .delete_others(account.id, &token_hash(session))
        .await?;
    Ok(tx.commit().await?)
}

/// The actor's account; an API token has none.
pub(super) async fn own(tx: &mut dyn Tx, actor: &Actor) -> Result<Account> {
    let id = actor.account().ok_or(Error::Forbidden)?;
    tx.account().get(id).await?.ok_or(Error::NotFound)
}

/// Whoever has only found an open session cannot try passwords with it at will.
async fn check_old(env: &Env, account: &Account, old: &str, source: IpAddr) -> Result<()> {
    let name = account.id.to_string();
    env.attempts.check(source, &name, env.now())?;
    let stored = account.password_hash.clone();
    if !env.hashing.verify(old.to_owned(), stored).await? {
        env.attempts.failed(source, &name, env.now());
        return Err(Error::field(Field::OldPassword, Problem::WrongPassword));
    }
    env.attempts.succeeded(source, &name);
    Ok(())
}
