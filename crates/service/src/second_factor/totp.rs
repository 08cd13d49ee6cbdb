//! Setting up an authenticator app for the own account, and removing it.

use std::net::IpAddr;

use data_encoding::BASE32_NOPAD;
use model::{Field, JournalAction, Problem};
use url::form_urlencoded::byte_serialize;

use super::{
    administrator, code, note,
    recovery::{RecoveryCodes, put_new},
};
use crate::{
    Actor, Env, Error, Result,
    account::home,
    secret::{open_totp, seal_totp},
    session,
};

/// A secret that waits for its first code. Without `Debug`.
pub struct WaitingTotp {
    /// The secret as it is typed, in base32.
    pub secret: String,
    /// The same as an address, for the picture that the app reads.
    pub address: String,
}

/// Makes a secret that waits for its first code, in place of one that waits already.
///
/// # Errors
/// `Forbidden` for users, `Gone` when an app is set up.
pub async fn begin_totp(env: &Env, actor: &Actor) -> Result<()> {
    let mut tx = env.write().await?;
    let account = administrator(tx.as_mut(), actor).await?;
    let sealed = seal_totp(env, account.id, &env.bytes());
    if !tx.totp().put(account.id, &sealed).await? {
        return Err(Error::Gone);
    }
    Ok(tx.commit().await?)
}

/// The secret that waits for its first code; it is shown no more once it is confirmed.
///
/// # Errors
/// `Forbidden` for users, `Gone` when none waits.
pub async fn waiting_totp(env: &Env, actor: &Actor) -> Result<WaitingTotp> {
    let mut tx = env.read().await?;
    let account = administrator(tx.as_mut(), actor).await?;
    let totp = tx.totp().get(account.id).await?.ok_or(Error::Gone)?;
    if totp.confirmed_at.is_some() {
        return Err(Error::Gone);
    }
    let home = home(tx.as_mut(), &account).await?.ok_or(Error::NotFound)?;
    let secret = open_totp(&env.key, account.id, &totp.sealed)?;
    let secret = BASE32_NOPAD.encode(&secret);
    let name: String = byte_serialize(home.login_name.as_bytes()).collect();
    let address = format!("otpauth://totp/Klinke:{name}?secret={secret}&issuer=Klinke");
    Ok(WaitingTotp { secret, address })
}

/// Switches the codes on: with the first one, and the own password. Answers the recovery codes, which are shown once.
///
/// # Errors
/// `Forbidden` for users, `Gone` when no secret waits, `Invalid` for a wrong password or code, `TooManyAttempts`.
pub async fn confirm_totp(
    env: &Env,
    actor: &Actor,
    password: &str,
    typed: &str,
    source: IpAddr,
) -> Result<RecoveryCodes> {
    waiting_totp(env, actor).await?;
    session::confirm(env, actor, password, source).await?;
    let mut tx = env.write().await?;
    let account = administrator(tx.as_mut(), actor).await?;
    let totp = tx.totp().get(account.id).await?.ok_or(Error::Gone)?;
    let secret = open_totp(&env.key, account.id, &totp.sealed)?;
    let step = code::step(secret, &code::plain(typed), env.now())?;
    let step = step.ok_or_else(|| Error::field(Field::OneTimeCode, Problem::WrongCode))?;
    if !tx.totp().confirm(account.id, step, env.now()).await? {
        return Err(Error::Gone);
    }
    let codes = put_new(env, tx.as_mut(), &account).await?;
    let action = JournalAction::TotpSetUp;
    note(env, tx.as_mut(), &account, action, Vec::new()).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Removes the app and its recovery codes, with the own password.
///
/// # Errors
/// `Forbidden` for users, `Gone` when there is none, `Invalid` for a wrong password, `TooManyAttempts`.
pub async fn remove_totp(env: &Env, actor: &Actor, password: &str, source: IpAddr) -> Result<()> {
    super::may_have(actor)?;
    session::confirm(env, actor, password, source).await?;
    let mut tx = env.write().await?;
    let account = administrator(tx.as_mut(), actor).await?;
    if !tx.totp().delete(account.id).await? {
        return Err(Error::Gone);
    }
    tx.recovery_code().delete_of(account.id).await?;
    tx.pending_login().delete_of(account.id).await?;
    let action = JournalAction::TotpRemoved;
    note(env, tx.as_mut(), &account, action, Vec::new()).await?;
    Ok(tx.commit().await?)
}
