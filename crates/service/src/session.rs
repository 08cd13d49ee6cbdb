//! Logging in to the portal and out again.

use std::net::IpAddr;

use model::{Enterprise, Field, Grant, Language, Problem, ZoneName};
use store::{Account, Tenant};

use crate::{Actor, Env, Error, Result, secret::token_hash, view};

/// How long a session lasts, in seconds.
pub const LASTS_S: i64 = 12 * 3600;

/// More characters than any name has: username, `@`, enterprise.
const LONGEST_NAME: usize = 200;

/// Somebody who is logged in.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who.
    pub actor: Actor,
    /// The account's language.
    pub language: Language,
    /// The account's enterprise; the operator has none.
    pub enterprise: Option<Enterprise>,
    /// The user whose view was taken (R3).
    pub acting_for: Option<String>,
    /// The zone that the user has chosen for times.
    pub zone: Option<ZoneName>,
}

/// Logs in as `username@enterprise`, the operator without `@`; answers the session's token.
///
/// # Errors
/// `Unauthenticated` for an unknown name and for a wrong password, after the same time; `TooManyAttempts`.
pub async fn login(env: &Env, name: &str, password: &str, source: IpAddr) -> Result<String> {
    let name = name.trim().to_lowercase();
    let name: String = name.chars().take(LONGEST_NAME).collect();
    env.attempts.check(source, &name, env.now())?;
    let account = find(env, &name).await?;
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let password_fits = env.hashing.verify(password.to_owned(), hash).await?;
    let Some(account) = account.filter(|_| password_fits) else {
        env.attempts.failed(source, &name, env.now());
        return Err(Error::Unauthenticated);
    };
    env.attempts.succeeded(source, &name);
    begin(env, &account).await
}

async fn find(env: &Env, name: &str) -> Result<Option<Account>> {
    // No name holds a control character, and PostgreSQL takes no NUL.
    if name.contains(char::is_control) {
        return Ok(None);
    }
    let (username, domain) = match name.split_once('@') {
        Some((username, domain)) => (username, Some(domain)),
        None => (name, None),
    };
    Ok(env
        .read()
        .await?
        .account()
        .get_by_login(domain, username)
        .await?)
}

async fn begin(env: &Env, account: &Account) -> Result<String> {
    let (token, now) = (env.token(), env.now());
    let mut tx = env.write().await?;
    tx.session()
        .insert(
            &token_hash(&token),
            account.id,
            now,
            now.plus_seconds(LASTS_S),
        )
        .await?;
    tx.commit().await?;
    Ok(token)
}

/// Who a session's token belongs to.
///
/// # Errors
/// `Unauthenticated` when the session is over or never was.
pub async fn authenticate(env: &Env, token: &str) -> Result<Session> {
    let mut tx = env.read().await?;
    let account = tx
        .session()
        .get(&token_hash(token), env.now())
        .await?
        .ok_or(Error::Unauthenticated)?;
    let enterprise = match account.grant.enterprise() {
        Some(id) => tx.enterprise().get(Tenant::Enterprise(id), id).await?,
        None => None,
    };
    let actor = view::actor(tx.as_mut(), &account, token).await?;
    let zone = match actor.grant() {
        Grant::User(_, id) => tx.profile().get(actor.tenant(), *id).await?.time_zone,
        Grant::Operator | Grant::EnterpriseAdmin(_) | Grant::SiteAdmin(..) => None,
    };
    Ok(Session {
        acting_for: actor.on_behalf_of().map(str::to_owned),
        actor,
        language: account.language,
        enterprise,
        zone,
    })
}

/// Makes sure that it is really the actor who sits there: the own password, typed again. Wrong ones count as at the login.
///
/// # Errors
/// `Invalid` for a wrong password, `TooManyAttempts`, `Forbidden` for who has none.
pub async fn confirm(env: &Env, actor: &Actor, password: &str, source: IpAddr) -> Result<()> {
    let name = login_name(env, actor).await?;
    env.attempts.check(source, &name, env.now())?;
    let account = find(env, &name).await?;
    let hash = account
        .filter(|account| Some(account.id) == actor.account())
        .and_then(|account| account.password_hash);
    if env.hashing.verify(password.to_owned(), hash).await? {
        env.attempts.succeeded(source, &name);
        return Ok(());
    }
    env.attempts.failed(source, &name, env.now());
    Err(Error::field(Field::Password, Problem::WrongPassword))
}

/// What the actor types to log in, in lower case.
async fn login_name(env: &Env, actor: &Actor) -> Result<String> {
    if actor.account().is_none() {
        return Err(Error::Forbidden);
    }
    let username = actor.name().to_lowercase();
    let Some(id) = actor.grant().enterprise() else {
        return Ok(username);
    };
    let mut tx = env.read().await?;
    let enterprise = tx.enterprise().get(Tenant::Enterprise(id), id).await?;
    let enterprise = enterprise.ok_or(Error::NotFound)?;
    Ok(format!("{username}@{}", enterprise.domain))
}

/// Ends the session.
///
/// # Errors
/// When the database fails.
pub async fn logout(env: &Env, token: &str) -> Result<()> {
    let mut tx = env.write().await?;
    tx.session().delete(&token_hash(token)).await?;
    Ok(tx.commit().await?)
}
