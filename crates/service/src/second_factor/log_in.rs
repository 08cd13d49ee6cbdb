//! The second step of logging in: a code, after the right password. No session exists before it.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr},
};

use model::{AccountId, Field, Problem};
use store::{Account, TokenHash, Tx};

use super::code;
use crate::{
    Env, Error, Result,
    account::{folded, home},
    secret::token_hash,
    session::{self, Origin},
};

/// How long a code may be owed, in seconds.
pub const GOOD_FOR_S: i64 = 300;
/// After so many wrong codes the password has to be typed again.
pub const MOST_TRIES: i64 = 5;
/// Wrong codes make everybody wait, wherever they come from: six digits are few.
const ANYWHERE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// The secret of a login that owes a code.
pub struct PendingLogin(String);

impl PendingLogin {
    /// The secret, for a cookie of its own.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PendingLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PendingLogin(…)")
    }
}

/// Has an account owe a code, if an app is set up for it.
pub(crate) async fn owe(
    env: &Env,
    tx: &mut dyn Tx,
    account: AccountId,
) -> Result<Option<PendingLogin>> {
    let totp = tx.totp().get(account).await?;
    if totp.is_none_or(|totp| totp.confirmed_at.is_none()) {
        return Ok(None);
    }
    let token = env.token();
    let until = env.now().plus_seconds(GOOD_FOR_S);
    tx.pending_login()
        .put(account, &token_hash(&token), until)
        .await?;
    Ok(Some(PendingLogin(token)))
}

/// Ends a login with a code of the app or a recovery code; answers the session's token.
///
/// # Errors
/// `Unauthenticated` when the password has to be typed (again); `Invalid` for a wrong code, one that was used, and any code
/// for an account that is locked meanwhile (A2); `TooManyAttempts`.
pub async fn log_in(
    env: &Env,
    pending: &str,
    typed: &str,
    origin: impl Into<Origin>,
) -> Result<String> {
    let (hash, origin) = (token_hash(pending), origin.into());
    let (name, everybody) = owing(env, &hash).await?;
    let attempts = [(origin.source, name), (ANYWHERE, everybody)];
    for (source, name) in &attempts {
        env.attempts.check(*source, name, env.now())?;
    }
    let mut tx = env.write().await?;
    let account = tx.pending_login().get(&hash, env.now()).await?;
    let account = account.ok_or(Error::Unauthenticated)?;
    let is_open = account.locked_at.is_none();
    if is_open && code::take(env, tx.as_mut(), &account, typed).await? {
        tx.pending_login().delete(&hash, env.now()).await?;
        tx.account().update_right_password(account.id).await?;
        let token = session::insert(env, tx.as_mut(), account.id, &origin).await?;
        tx.commit().await?;
        for (source, name) in &attempts {
            env.attempts.succeeded(*source, name);
        }
        return Ok(token);
    }
    refuse(env, tx.as_mut(), &account, &hash).await?;
    tx.commit().await?;
    for (source, name) in &attempts {
        env.attempts.failed(*source, name, env.now());
    }
    Err(Error::field(Field::OneTimeCode, Problem::WrongCode))
}

/// Whether a code is owed.
///
/// # Errors
/// `Unauthenticated` when the password has to be typed (again).
async fn owing(env: &Env, hash: &TokenHash) -> Result<(String, String)> {
    let mut tx = env.read().await?;
    let account = tx.pending_login().get(hash, env.now()).await?;
    let account = account.ok_or(Error::Unauthenticated)?;
    let home = home(tx.as_mut(), &account).await?;
    let home = home.ok_or(Error::Unauthenticated)?;
    Ok((folded(&home.login_name), format!("code for {}", account.id)))
}

/// A wrong code counts like a wrong password (A2).
async fn refuse(env: &Env, tx: &mut dyn Tx, account: &Account, hash: &TokenHash) -> Result<()> {
    session::count(env, tx, account).await?;
    let tries = tx.pending_login().update_tries(hash).await?;
    if tries.is_none_or(|tries| tries >= MOST_TRIES) {
        tx.pending_login().delete_of(account.id).await?;
    }
    Ok(())
}
