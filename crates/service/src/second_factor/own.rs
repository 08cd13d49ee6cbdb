//! What the own account has besides the password.

use model::{PasskeyId, PasskeyName, Timestamp};
use store::Passkey;

use super::{may_have, relying_party::passkeys_are_offered};
use crate::{Actor, Env, Result};

/// What an administrator's account has besides the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFactors {
    /// Since when an app's code is asked for.
    pub totp_since: Option<Timestamp>,
    /// How many recovery codes are left.
    pub recovery_codes: i64,
    /// Passkeys, the oldest first.
    pub passkeys: Vec<OwnPasskey>,
    /// Whether passkeys can be added: they belong to a name, and the portal's address may be none.
    pub passkeys_are_offered: bool,
}

/// A passkey as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPasskey {
    /// Identity.
    pub id: PasskeyId,
    /// What its holder calls it.
    pub name: PasskeyName,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

impl From<Passkey> for OwnPasskey {
    fn from(passkey: Passkey) -> Self {
        Self {
            id: passkey.id,
            name: passkey.name,
            created_at: passkey.created_at,
            last_used_at: passkey.last_used_at,
        }
    }
}

/// What the actor's own account has.
///
/// # Errors
/// `Forbidden` for users of telephones, API tokens, and whoever acts for another.
pub async fn own(env: &Env, actor: &Actor) -> Result<OwnFactors> {
    let account = may_have(actor)?;
    let mut tx = env.read().await?;
    let totp = tx.totp().get(account).await?;
    let passkeys = tx.passkey().list(account).await?;
    Ok(OwnFactors {
        totp_since: totp.and_then(|totp| totp.confirmed_at),
        recovery_codes: tx.recovery_code().count(account).await?,
        passkeys: passkeys.into_iter().map(Into::into).collect(),
        passkeys_are_offered: passkeys_are_offered(env),
    })
}
