//! Setting a password through a one-time link.

use model::{AccountId, Field, JournalAction, PortalPassword};
use store::{Account, Tenant, Tx};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    secret::token_hash,
};

/// How long a link is good, in seconds.
pub const GOOD_FOR_S: i64 = 7 * 24 * 3600;

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

/// Whose password a link sets.
#[derive(Clone, Debug)]
pub struct LinkOwner {
    /// The account.
    pub account: Account,
    /// What it logs in as: `username@enterprise`, the operator without `@`.
    pub login_name: String,
}

/// Whose password the link sets.
///
/// # Errors
/// `Gone` for a link that was used, replaced or has expired, as for one that never was.
pub async fn owner_of_link(env: &Env, token: &str) -> Result<LinkOwner> {
    let mut tx = env.read().await?;
    let account = tx
        .password_link()
        .get(&token_hash(token), env.now())
        .await?
        .ok_or(Error::Gone)?;
    let login_name = match account.grant.enterprise() {
        None => account.username.clone(),
        Some(id) => {
            let enterprise = tx
                .enterprise()
                .get(Tenant::Enterprise(id), id)
                .await?
                .ok_or(Error::Gone)?;
            format!("{}@{}", account.username, enterprise.domain)
        }
    };
    Ok(LinkOwner {
        account,
        login_name,
    })
}

/// Sets the password and uses the link up; sessions of the account end.
///
/// # Errors
/// `Gone` for a link that is not good any more, `Invalid` for a password that breaks a rule (A5).
pub async fn set(env: &Env, token: &str, password: &str) -> Result<()> {
    let account = owner_of_link(env, token).await?.account;
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
