//! Passkeys of the own account: adding one, in two steps with the browser between them, and removing one.

use std::net::IpAddr;

use model::{Change, Field, JournalAction, PasskeyId, PasskeyName, Problem};
use serde_json::{Value, from_str, from_value, json, to_string, to_value};
use store::{Account, Passkey, PasskeyChallenge};
use webauthn_rs::prelude::{PasskeyRegistration, RegisterPublicKeyCredential};

use super::{
    OwnPasskey, administrator, log_in::GOOD_FOR_S, may_have, note, relying_party::webauthn,
};
use crate::{Actor, Env, Error, Result, account::home, secret::token_hash, session};

/// How many passkeys an account may have.
pub const MOST_PASSKEYS: usize = 20;
/// How many challenges may wait for their answer in the whole installation.
pub(super) const MOST_CHALLENGES: i64 = 1000;
const UNREADABLE: Error = Error::Internal("what is kept of a passkey cannot be read or written");

/// What the browser is asked to sign. Without `Debug`.
pub struct Asked {
    /// The challenge's secret, for a cookie of its own.
    pub token: String,
    /// What the browser is asked, in JSON as WebAuthn has it.
    pub options: String,
}

/// Begins to add a passkey, with the own password.
///
/// # Errors
/// `Forbidden` for users, `NotFound` where passkeys are not offered, `Invalid` for a wrong password, a name that is none and
/// too many passkeys; `TooManyAttempts`.
pub async fn start_passkey(
    env: &Env,
    actor: &Actor,
    name: &str,
    password: &str,
    source: IpAddr,
) -> Result<Asked> {
    may_have(actor)?;
    let webauthn = webauthn(env)?;
    let parsed = name.parse::<PasskeyName>();
    let name = parsed.map_err(|problem| Error::field(Field::Name, problem))?;
    session::confirm(env, actor, password, source).await?;
    let mut tx = env.write().await?;
    let account = administrator(tx.as_mut(), actor).await?;
    let known = tx.passkey().list(account.id).await?;
    if known.len() >= MOST_PASSKEYS {
        let max = MOST_PASSKEYS;
        return Err(Error::field(Field::Name, Problem::TooMany { max }));
    }
    let login = home(tx.as_mut(), &account).await?.ok_or(Error::NotFound)?;
    let known = known.into_iter().map(|passkey| passkey.credential_id);
    let started = webauthn.start_passkey_registration(
        account.id.0,
        &login.login_name,
        &login.login_name,
        Some(known.collect()),
    );
    let (asked, state) = started.map_err(|_| UNREADABLE)?;
    let token = env.token();
    let challenge = PasskeyChallenge {
        account: Some(account.id),
        state: json!({ "name": name.as_str(), "state": state }).to_string(),
        expires_at: env.now().plus_seconds(GOOD_FOR_S),
    };
    keep(env, tx, &token, &challenge).await?;
    let options = to_value(&asked.public_key).map_err(|_| UNREADABLE)?;
    let options = discoverable(options).to_string();
    Ok(Asked { token, options })
}

/// The browser has to keep the key in such a way that it is found without a name.
fn discoverable(mut options: Value) -> Value {
    let selection = &mut options["authenticatorSelection"];
    selection["residentKey"] = "required".into();
    selection["requireResidentKey"] = true.into();
    options
}

/// Keeps a challenge until it is answered, if not too many wait.
pub(super) async fn keep(
    env: &Env,
    mut tx: Box<dyn store::Tx>,
    token: &str,
    challenge: &PasskeyChallenge,
) -> Result<()> {
    tx.passkey_challenge().delete_expired(env.now()).await?;
    let kept = tx
        .passkey_challenge()
        .insert(&token_hash(token), challenge, MOST_CHALLENGES)
        .await?;
    if !kept {
        let retry_after_s = GOOD_FOR_S;
        return Err(Error::TooManyAttempts { retry_after_s });
    }
    Ok(tx.commit().await?)
}

/// Adds the passkey that the browser has made.
///
/// # Errors
/// `Forbidden` for users; `Invalid` when the answer proves nothing, belongs to another challenge or comes too late.
pub async fn add_passkey(env: &Env, actor: &Actor, token: &str, answer: &str) -> Result<()> {
    let id = may_have(actor)?;
    let mut tx = env.write().await?;
    let taken = tx
        .passkey_challenge()
        .take(&token_hash(token), Some(id), env.now())
        .await?;
    // Whatever comes now, nobody answers this challenge again.
    tx.commit().await?;
    let mut tx = env.write().await?;
    let account = administrator(tx.as_mut(), actor).await?;
    let passkey = taken.and_then(|taken| checked(env, &account, &taken, answer));
    let refused = || Error::field(Field::Passkey, Problem::PasskeyRefused);
    let passkey = passkey.ok_or_else(refused)?;
    if !tx.passkey().insert(&passkey).await? {
        return Err(refused());
    }
    let changes = vec![Change::new("name", &passkey.name)];
    let action = JournalAction::PasskeyAdded;
    note(env, tx.as_mut(), &account, action, changes).await?;
    Ok(tx.commit().await?)
}

/// The passkey that the answer proves.
fn checked(
    env: &Env,
    account: &Account,
    challenge: &PasskeyChallenge,
    answer: &str,
) -> Option<Passkey> {
    let kept: Value = from_str(&challenge.state).ok()?;
    let state: PasskeyRegistration = from_value(kept.get("state")?.clone()).ok()?;
    let answer: RegisterPublicKeyCredential = from_str(answer).ok()?;
    let key = webauthn(env)
        .ok()?
        .finish_passkey_registration(&answer, &state)
        .inspect_err(|error| tracing::info!(%error, "a passkey was refused"))
        .ok()?;
    Some(Passkey {
        id: PasskeyId(env.id()),
        account: account.id,
        credential_id: key.cred_id().to_vec(),
        name: kept.get("name")?.as_str()?.parse().ok()?,
        credential: to_string(&key).ok()?,
        created_at: env.now(),
        last_used_at: None,
    })
}

/// A passkey of the own account.
///
/// # Errors
/// `Forbidden` for users, `NotFound` for those of others.
pub async fn passkey(env: &Env, actor: &Actor, id: PasskeyId) -> Result<OwnPasskey> {
    let account = may_have(actor)?;
    let mut tx = env.read().await?;
    let found = tx.passkey().get(account, id).await?;
    found.map(Into::into).ok_or(Error::NotFound)
}

/// Removes a passkey of the own account, with the own password.
///
/// # Errors
/// `Forbidden` for users, `NotFound` for those of others, `Invalid` for a wrong password, `TooManyAttempts`.
pub async fn remove_passkey(
    env: &Env,
    actor: &Actor,
    id: PasskeyId,
    password: &str,
    source: IpAddr,
) -> Result<()> {
    let found = passkey(env, actor, id).await?;
    session::confirm(env, actor, password, source).await?;
    let mut tx = env.write().await?;
    let account = administrator(tx.as_mut(), actor).await?;
    if !tx.passkey().delete(account.id, id).await? {
        return Err(Error::NotFound);
    }
    let changes = vec![Change {
        field: "name".to_owned(),
        before: Some(found.name.to_string()),
        after: None,
    }];
    let action = JournalAction::PasskeyRemoved;
    note(env, tx.as_mut(), &account, action, changes).await?;
    Ok(tx.commit().await?)
}
