//! Logging in to the portal and out again.

use std::net::IpAddr;

use model::{
    AccountId, Enterprise, Field, Grant, JournalAction, Language, PasswordRules, Problem,
    Timestamp, ZoneName,
};
use store::{Account, SessionRecord, Tenant, Tx};

use crate::{
    Actor, Env, Error, Result,
    account::{by_login_name, folded},
    journal, password, password_rules, second_factor,
    secret::token_hash,
    view,
};

/// How long a session lasts, in seconds.
pub const LASTS_S: i64 = 12 * 3600;
/// How many characters are kept of what a browser calls itself.
const LONGEST_BROWSER: usize = 300;

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

/// Where somebody logs in from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The address.
    pub source: IpAddr,
    /// What the browser calls itself; may be empty.
    pub browser: String,
}

impl From<IpAddr> for Origin {
    fn from(source: IpAddr) -> Self {
        Self {
            source,
            browser: String::new(),
        }
    }
}

/// Logs in as `username@enterprise`, the operator without `@`; answers the session's token.
///
/// # Errors
/// `Unauthenticated` for an unknown name, a wrong password and a locked account (A2), after the same time;
/// `CodeWanted` when the password was right and the account has a second factor; `TooManyAttempts`.
pub async fn login(
    env: &Env,
    name: &str,
    password: &str,
    origin: impl Into<Origin>,
) -> Result<String> {
    let (name, origin) = (folded(name), origin.into());
    env.attempts.check(origin.source, &name, env.now())?;
    let account = by_login_name(env.read().await?.as_mut(), &name).await?;
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let password_fits = env.hashing.verify(password.to_owned(), hash).await?;
    let begun = match account.filter(|_| password_fits) {
        Some(account) => begin(env, &account, &origin).await?,
        None => None,
    };
    match begun {
        Some(token) => {
            env.attempts.succeeded(origin.source, &name);
            Ok(token)
        }
        None => {
            refuse(env, &name).await?;
            env.attempts.failed(origin.source, &name, env.now());
            Err(Error::Unauthenticated)
        }
    }
}

/// Begins a session, unless the account is locked or has got another password meanwhile.
async fn begin(env: &Env, account: &Account, origin: &Origin) -> Result<Option<String>> {
    let mut tx = env.write().await?;
    // Whoever tries many passwords at once gets no further than the lock.
    let is_open = tx.account().get(account.id).await?.is_some_and(|current| {
        current.locked_at.is_none() && current.password_hash == account.password_hash
    });
    if !is_open {
        return Ok(None);
    }
    // The wrong passwords before stay counted until the code is right.
    if let Some(pending) = second_factor::owe(env, tx.as_mut(), account.id).await? {
        tx.commit().await?;
        return Err(Error::CodeWanted(pending));
    }
    tx.account().update_right_password(account.id).await?;
    let token = insert(env, tx.as_mut(), account.id, origin).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// Writes a new session; answers its token.
pub(crate) async fn insert(
    env: &Env,
    tx: &mut dyn Tx,
    account: AccountId,
    origin: &Origin,
) -> Result<String> {
    let (token, now) = (env.token(), env.now());
    let browser = origin.browser.chars().filter(|c| !c.is_control());
    let session = SessionRecord {
        token: token_hash(&token),
        account,
        source: origin.source.to_string(),
        browser: browser.take(LONGEST_BROWSER).collect(),
        created_at: now,
        expires_at: now.plus_seconds(LASTS_S),
    };
    tx.session().insert(&session).await?;
    Ok(token)
}

/// Counts a wrong password, and one for a name that nobody has: both write one row, so that both take the same time.
async fn refuse(env: &Env, name: &str) -> Result<()> {
    let mut tx = env.write().await?;
    match by_login_name(tx.as_mut(), name).await? {
        Some(account) => count(env, tx.as_mut(), &account).await?,
        None => tx.account().update_stranger().await?,
    }
    Ok(tx.commit().await?)
}

/// Counts a wrong password or code, and locks after the last one that is allowed (A2).
pub(crate) async fn count(env: &Env, tx: &mut dyn Tx, account: &Account) -> Result<()> {
    let rules = password_rules::of(tx, account).await?;
    let wrong = tx
        .account()
        .update_wrong_password(account.id, env.now(), rules.lock_after)
        .await?;
    if account.locked_at.is_none() && rules.lock_after > 0 && wrong >= rules.lock_after.into() {
        let subject = password::subject(tx, account).await?;
        let (actor, action) = (Actor::system(), JournalAction::AccountLocked);
        journal::write(env, tx, &actor, action, subject, Vec::new()).await?;
    }
    Ok(())
}

/// Who a session's token belongs to.
///
/// # Errors
/// `Unauthenticated` when the session is over or never was, `PasswordExpired` until a new password is set (A5).
pub async fn authenticate(env: &Env, token: &str) -> Result<Session> {
    let (session, is_expired) = look_up(env, token).await?;
    if is_expired {
        Err(Error::PasswordExpired)
    } else {
        Ok(session)
    }
}

/// The same for the pages where a new password is set, or where somebody logs out.
///
/// # Errors
/// `Unauthenticated` when the session is over or never was.
pub async fn authenticate_with_any_password(env: &Env, token: &str) -> Result<Session> {
    Ok(look_up(env, token).await?.0)
}

async fn look_up(env: &Env, token: &str) -> Result<(Session, bool)> {
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
    let rules = password_rules::of(tx.as_mut(), &account).await?;
    let session = Session {
        acting_for: actor.on_behalf_of().map(str::to_owned),
        actor,
        language: account.language,
        enterprise,
        zone,
    };
    Ok((session, is_expired(&account, rules, env.now())))
}

fn is_expired(account: &Account, rules: PasswordRules, now: Timestamp) -> bool {
    let set_at = account.password_set_at;
    set_at
        .zip(rules.good_for_s())
        .is_some_and(|(set_at, good_for_s)| set_at.plus_seconds(good_for_s) <= now)
}

/// Makes sure that it is really the actor who sits there: the own password, typed again. Wrong ones count as at the login.
///
/// # Errors
/// `Invalid` for a wrong password and a locked account, `TooManyAttempts`, `Forbidden` for who has none or acts for another.
pub async fn confirm(env: &Env, actor: &Actor, password: &str, source: IpAddr) -> Result<()> {
    actor.in_person()?;
    let name = login_name(env, actor).await?;
    env.attempts.check(source, &name, env.now())?;
    let account = by_login_name(env.read().await?.as_mut(), &name).await?;
    let hash = account
        .filter(|account| Some(account.id) == actor.account() && account.locked_at.is_none())
        .and_then(|account| account.password_hash);
    if env.hashing.verify(password.to_owned(), hash).await? {
        env.attempts.succeeded(source, &name);
        return Ok(());
    }
    refuse(env, &name).await?;
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
