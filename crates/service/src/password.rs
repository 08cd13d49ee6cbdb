//! Setting a password: what it must keep to, and setting it through a one-time link.

use model::{AccountId, Field, Grant, JournalAction, PasswordRules, PortalPassword, Problem};
use store::{Account, LinkPurpose, Tenant, Tx};

use crate::{
    Actor, Env, Error, Result,
    account::home,
    journal::{self, Subject},
    password_rules,
    secret::token_hash,
};

/// How long a link for the first password is good, in seconds (U10).
pub const GOOD_FOR_S: i64 = 7 * 24 * 3600;
/// How long a link for a forgotten password is good, in seconds (A1).
pub const RESET_GOOD_FOR_S: i64 = 30 * 60;

/// Makes a link in place of the account's earlier one of this purpose; answers its token.
pub(crate) async fn new_link(
    env: &Env,
    tx: &mut dyn Tx,
    account: AccountId,
    purpose: LinkPurpose,
) -> Result<String> {
    let token = env.token();
    let good_for_s = match purpose {
        LinkPurpose::HandedOver | LinkPurpose::Registration => GOOD_FOR_S,
        LinkPurpose::Reset => RESET_GOOD_FOR_S,
    };
    let until = env.now().plus_seconds(good_for_s);
    tx.password_link()
        .put(account, purpose, &token_hash(&token), until)
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
    /// What the password must keep to.
    pub rules: PasswordRules,
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
    let home = home(tx.as_mut(), &account).await?.ok_or(Error::Gone)?;
    let rules = password_rules::of(tx.as_mut(), &account).await?;
    Ok(LinkOwner {
        account,
        login_name: home.login_name,
        rules,
    })
}

/// Sets the password, unlocks the account and uses its links up; its sessions end.
///
/// # Errors
/// `Gone` for a link that is not good any more, `Invalid` with every rule that the password breaks (A5).
pub async fn set(env: &Env, token: &str, password: &str) -> Result<()> {
    let LinkOwner { account, rules, .. } = owner_of_link(env, token).await?;
    let hash = checked_hash(env, account.id, rules, password).await?;
    let mut tx = env.write().await?;
    let is_good = tx
        .password_link()
        .delete(&token_hash(token), env.now())
        .await?;
    if !is_good {
        return Err(Error::Gone);
    }
    store(env, tx.as_mut(), &account, &hash).await?;
    tx.session().delete_of(account.id).await?;
    Ok(tx.commit().await?)
}

/// The hash of a password that keeps all rules.
pub(crate) async fn checked_hash(
    env: &Env,
    account: AccountId,
    rules: PasswordRules,
    password: &str,
) -> Result<String> {
    let checked = rules.check(password);
    let was_used = was_used(env, account, rules.history, password).await?;
    match checked {
        Ok(password) if !was_used => env.hashing.hash(password, env.bytes()).await,
        checked => {
            let mut problems = checked.err().unwrap_or_default();
            if was_used {
                let count = rules.history as usize;
                problems.add(Field::Password, Problem::UsedBefore { count });
            }
            Err(problems.into())
        }
    }
}

/// Whether it is one of the account's last passwords.
async fn was_used(env: &Env, account: AccountId, history: u32, password: &str) -> Result<bool> {
    if history == 0 || password.is_empty() || password.len() > 4 * PortalPassword::MAX {
        return Ok(false);
    }
    let mut tx = env.read().await?;
    let earlier = tx.password_history().list(account, history).await?;
    drop(tx);
    for hash in earlier {
        if env.hashing.verify(password.to_owned(), Some(hash)).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes a new password, with its place in the history and in the journal; links that are out are used up.
pub(crate) async fn store(env: &Env, tx: &mut dyn Tx, account: &Account, hash: &str) -> Result<()> {
    tx.account()
        .update_password(account.id, Some(hash), env.now())
        .await?;
    tx.password_history().insert(account.id, hash).await?;
    tx.password_link().delete_of(account.id).await?;
    tx.pending_login().delete_of(account.id).await?;
    let subject = subject(tx, account).await?;
    let actor = Actor::of_account(account);
    let action = JournalAction::PasswordSet;
    journal::write(env, tx, &actor, action, subject, Vec::new()).await
}

/// A user's account is told of with the user, others by themselves.
pub(crate) async fn subject(tx: &mut dyn Tx, account: &Account) -> Result<Subject> {
    let user = match account.grant {
        Grant::User(_, user) => tx.user().get(Tenant::Installation, user).await?,
        Grant::Operator | Grant::EnterpriseAdmin(_) | Grant::SiteAdmin(..) => None,
    };
    Ok(match user {
        Some(user) => Subject::user(&user),
        None => Subject {
            enterprise: account.grant.enterprise(),
            site: None,
            id: account.id.0,
            name: account.username.clone(),
        },
    })
}
