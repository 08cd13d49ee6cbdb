//! Setting a password through a one-time link.

use model::{AccountId, Field, JournalAction, PortalPassword};
use store::{Account, Tx};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    secret::token_hash,
};

/// How long a link is good, in seconds.
const GOOD_FOR_S: i64 = 7 * 24 * 3600;

/// Makes a link in place of earlier ones; answers its token.
pub(crate) async fn new_link(env: &Env, tx: &mut dyn Tx, account: AccountId) -> Result<String> {
    let token = env.token();
    tx.password_link()
        .put(
            account,
            &token_hash(&token),
            env.now().plus_seconds(GOOD_FOR_S),
        )
        .await?;
    Ok(token)
}

/// The account whose password the link sets.
///
/// # Errors
/// `Gone` for a link that was used, replaced or has expired, as for one that never was.
pub async fn account_of_link(env: &Env, token: &str) -> Result<Account> {
    let mut tx = env.read().await?;
    tx.password_link()
        .get(&token_hash(token), env.now())
        .await?
        .ok_or(Error::Gone)
}

/// Sets the password and uses the link up; sessions of the account end.
///
/// # Errors
/// `Gone` for a link that is not good any more, `Invalid` for a password that breaks a rule (A5).
pub async fn set(env: &Env, token: &str, password: &str) -> Result<()> {
    let account = account_of_link(env, token).await?;
    let password: PortalPassword = password
        .parse()
        .map_err(|problem| Error::field(Field::Password, problem))?;
    let hash = env.hashing.hash(password, env.bytes()).await?;
    let mut tx = env.write().await?;
    if !tx
        .password_link()
        .delete(&token_hash(token), env.now())
        .await?
    {
        return Err(Error::Gone);
    }
    tx.account().update_password(account.id, &hash).await?;
    tx.session().delete_of(account.id).await?;
    let subject = Subject {
        enterprise: account.grant.enterprise(),
        site: None,
        id: account.id.0,
        name: account.username.clone(),
    };
    let actor = Actor::of_account(&account);
    journal::write(
        env,
        tx.as_mut(),
        &actor,
        JournalAction::PasswordSet,
        subject,
        Vec::new(),
    )
    .await?;
    Ok(tx.commit().await?)
}
