//! Logging in with a passkey: neither name nor password nor code. Whatever is wrong, the answer is the same.

use serde_json::{from_str, to_string};
use store::{Account, Passkey, PasskeyChallenge, Tx};
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey as Key, PublicKeyCredential};

use super::{
    log_in::GOOD_FOR_S,
    passkey::{Asked, keep},
    relying_party::webauthn,
};
use crate::{
    Env, Error, Result,
    secret::token_hash,
    session::{self, Origin},
};

/// What wrong answers are counted under; no login name has a space.
const ATTEMPT: &str = "a passkey";
const UNREADABLE: Error = Error::Internal("what is kept of a passkey cannot be read or written");

/// Begins to log somebody in; who it is, the browser will say.
///
/// # Errors
/// `NotFound` where passkeys are not offered, `TooManyAttempts`.
pub async fn start_passkey_login(env: &Env) -> Result<Asked> {
    let started = webauthn(env)?.start_discoverable_authentication();
    let (asked, state) = started.map_err(|_| UNREADABLE)?;
    let token = env.token();
    let challenge = PasskeyChallenge {
        account: None,
        state: to_string(&state).map_err(|_| UNREADABLE)?,
        expires_at: env.now().plus_seconds(GOOD_FOR_S),
    };
    keep(env, env.write().await?, &token, &challenge).await?;
    let options = to_string(&asked.public_key).map_err(|_| UNREADABLE)?;
    Ok(Asked { token, options })
}

/// Logs in; answers the session's token.
///
/// # Errors
/// `Unauthenticated` for a passkey that nobody has, an answer that proves nothing, belongs to another challenge or comes too
/// late, and a locked account (A2); `TooManyAttempts`.
pub async fn passkey_log_in(
    env: &Env,
    token: &str,
    answer: &str,
    origin: impl Into<Origin>,
) -> Result<String> {
    let origin = origin.into();
    env.attempts.check(origin.source, ATTEMPT, env.now())?;
    let mut tx = env.write().await?;
    let hash = token_hash(token);
    let taken = tx.passkey_challenge().take(&hash, None, env.now()).await?;
    let account = match taken {
        Some(challenge) => proven(env, tx.as_mut(), &challenge, answer).await?,
        None => None,
    };
    let session = match account.filter(|account| account.locked_at.is_none()) {
        Some(account) => Some(session::insert(env, tx.as_mut(), account.id, &origin).await?),
        None => None,
    };
    // Also without a session: nobody answers this challenge again.
    tx.commit().await?;
    if session.is_some() {
        env.attempts.succeeded(origin.source, ATTEMPT);
    } else {
        env.attempts.failed(origin.source, ATTEMPT, env.now());
    }
    session.ok_or(Error::Unauthenticated)
}

/// Whose passkey the answer proves; the passkey's counter and use are written.
async fn proven(
    env: &Env,
    tx: &mut dyn Tx,
    challenge: &PasskeyChallenge,
    answer: &str,
) -> Result<Option<Account>> {
    let Ok(answer) = from_str::<PublicKeyCredential>(answer) else {
        return Ok(None);
    };
    let known = tx.passkey().get_by_credential(&answer.raw_id).await?;
    let Some(passkey) = known else {
        return Ok(None);
    };
    let Some(credential) = checked(env, &passkey, challenge, &answer) else {
        return Ok(None);
    };
    let is_first = tx
        .passkey()
        .update_used(&passkey, &credential, env.now())
        .await?;
    match is_first {
        true => Ok(tx.account().get(passkey.account).await?),
        false => Ok(None),
    }
}

/// What is kept of the passkey after this use, if the answer proves it: its holder was verified, its counter has risen.
fn checked(
    env: &Env,
    passkey: &Passkey,
    challenge: &PasskeyChallenge,
    answer: &PublicKeyCredential,
) -> Option<String> {
    let webauthn = webauthn(env).ok()?;
    let state: DiscoverableAuthentication = from_str(&challenge.state).ok()?;
    let mut key: Key = from_str(&passkey.credential).ok()?;
    let (holder, _) = webauthn.identify_discoverable_authentication(answer).ok()?;
    if holder != passkey.account.0 {
        return None;
    }
    let used = webauthn
        .finish_discoverable_authentication_v2(answer, state, &key)
        .inspect_err(|error| tracing::info!(%error, "a passkey was refused"))
        .ok()?;
    if !used.user_verified() {
        return None;
    }
    key.update_credential(&used)?;
    to_string(&key).ok()
}
