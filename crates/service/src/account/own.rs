//! The own account: who one is here, and where one is logged in.

use model::{Field, Language, PasswordRules, Timestamp};

use super::{change_password::own as account_of, home};
use crate::{Actor, Env, Error, Result, password_rules, secret::token_hash};

/// The own account.
#[derive(Clone, Debug)]
pub struct OwnAccount {
    /// What it logs in as.
    pub login_name: String,
    /// Where mail goes; empty for none.
    pub email: String,
    /// Language of pages and mail.
    pub language: Language,
    /// When the password was set.
    pub password_set_at: Option<Timestamp>,
    /// What a new password must keep to.
    pub rules: PasswordRules,
    /// Where one is logged in, the newest first.
    pub sessions: Vec<OwnSession>,
}

/// A session of the own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    /// When it was begun.
    pub since: Timestamp,
    /// The address it was begun from.
    pub source: String,
    /// The browser, as it calls itself.
    pub browser: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// The actor's own account, seen from a session.
///
/// # Errors
/// `Forbidden` for an API token.
pub async fn own(env: &Env, actor: &Actor, session: &str) -> Result<OwnAccount> {
    actor.in_person()?;
    let mut tx = env.read().await?;
    let account = account_of(tx.as_mut(), actor).await?;
    let home = home(tx.as_mut(), &account).await?.ok_or(Error::NotFound)?;
    let rules = password_rules::of(tx.as_mut(), &account).await?;
    let this = token_hash(session);
    let sessions = tx.session().list(account.id, env.now()).await?;
    let own = |session: store::SessionRecord| OwnSession {
        since: session.created_at,
        source: session.source,
        browser: session.browser,
        is_this: session.token == this,
    };
    Ok(OwnAccount {
        login_name: home.login_name,
        email: account.email,
        language: account.language,
        password_set_at: account.password_set_at,
        rules,
        sessions: sessions.into_iter().map(own).collect(),
    })
}

/// Ends the actor's sessions but this one.
///
/// # Errors
/// `Forbidden` for an API token.
pub async fn end_other_sessions(env: &Env, actor: &Actor, session: &str) -> Result<()> {
    actor.in_person()?;
    let id = actor.account().ok_or(Error::Forbidden)?;
    let mut tx = env.write().await?;
    tx.session().delete_others(id, &token_hash(session)).await?;
    Ok(tx.commit().await?)
}

/// Sets the language of the actor's pages and mail.
///
/// # Errors
/// `Invalid` for a language that Klinke does not speak, `Forbidden` for an API token.
pub async fn set_language(env: &Env, actor: &Actor, language: &str) -> Result<Language> {
    actor.in_person()?;
    let id = actor.account().ok_or(Error::Forbidden)?;
    let language: Language = language
        .parse()
        .map_err(|problem| Error::field(Field::Language, problem))?;
    let mut tx = env.write().await?;
    tx.account().update_language(id, language).await?;
    tx.commit().await?;
    Ok(language)
}
