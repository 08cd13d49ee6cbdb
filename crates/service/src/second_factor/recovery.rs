//! Recovery codes: ten at a time, shown once, each good once.

use std::net::IpAddr;

use model::JournalAction;
use store::{Account, Tx};

use super::{administrator, code, may_have, note};
use crate::{Actor, Env, Error, Result, session};

/// How many are made at a time.
const COUNT: usize = 10;

/// New recovery codes, for the one page that shows them. Without `Debug`.
pub struct RecoveryCodes(pub Vec<String>);

/// Makes new ones in place of those that are left.
pub(super) async fn put_new(
    env: &Env,
    tx: &mut dyn Tx,
    account: &Account,
) -> Result<RecoveryCodes> {
    let codes: Vec<String> = (0..COUNT).map(|_| code::new_recovery(env)).collect();
    let hashes = codes.iter().map(|text| code::recovery_hash(account, text));
    let hashes: Vec<_> = hashes.collect();
    tx.recovery_code().put_all(account.id, &hashes).await?;
    Ok(RecoveryCodes(codes))
}

/// Makes new recovery codes for the own account, with the own password; the old ones stop working.
///
/// # Errors
/// `Forbidden` for users, `Gone` when no app is set up, `Invalid` for a wrong password, `TooManyAttempts`.
pub async fn new_recovery_codes(
    env: &Env,
    actor: &Actor,
    password: &str,
    source: IpAddr,
) -> Result<RecoveryCodes> {
    may_have(actor)?;
    session::confirm(env, actor, password, source).await?;
    let mut tx = env.write().await?;
    let account = administrator(tx.as_mut(), actor).await?;
    let totp = tx.totp().get(account.id).await?;
    if totp.is_none_or(|totp| totp.confirmed_at.is_none()) {
        return Err(Error::Gone);
    }
    let codes = put_new(env, tx.as_mut(), &account).await?;
    let action = JournalAction::RecoveryCodesMade;
    note(env, tx.as_mut(), &account, action, Vec::new()).await?;
    tx.commit().await?;
    Ok(codes)
}
