//! What an administrator shows besides the password, or instead of it; nobody has to (A5).
//!
//! Codes of an authenticator app (RFC 6238) with recovery codes for its loss, and passkeys (WebAuthn). Users of telephones
//! have neither.

mod code;
mod log_in;
mod lost;
mod own;
mod passkey;
mod passkey_login;
mod recovery;
mod relying_party;
mod totp;

pub use log_in::{GOOD_FOR_S, MOST_TRIES, PendingLogin, log_in};
pub use lost::operator_link;
pub use own::{OwnFactors, OwnPasskey, own};
pub use passkey::{Asked, MOST_PASSKEYS, add_passkey, passkey, remove_passkey, start_passkey};
pub use passkey_login::{passkey_log_in, start_passkey_login};
pub use recovery::{RecoveryCodes, new_recovery_codes};
pub use relying_party::{passkeys_are_offered, public_origin};
pub use totp::{WaitingTotp, begin_totp, confirm_totp, remove_totp, waiting_totp};

pub(crate) use log_in::owe;
pub(crate) use lost::remove_all;

use model::{AccountId, Change, Grant, JournalAction};
use store::{Account, Tx};

use crate::{Actor, Env, Error, Result, journal, password};

/// The actor's account, if it is one that may have a second factor.
async fn administrator(tx: &mut dyn Tx, actor: &Actor) -> Result<Account> {
    let id = may_have(actor)?;
    tx.account().get(id).await?.ok_or(Error::NotFound)
}

/// Fails for users of telephones, API tokens, and whoever acts for somebody else.
fn may_have(actor: &Actor) -> Result<AccountId> {
    actor.in_person()?;
    match actor.grant() {
        Grant::Operator | Grant::EnterpriseAdmin(_) | Grant::SiteAdmin(..) => {
            actor.account().ok_or(Error::Forbidden)
        }
        Grant::User(..) => Err(Error::Forbidden),
    }
}

/// Writes that something about the own account has changed.
async fn note(
    env: &Env,
    tx: &mut dyn Tx,
    account: &Account,
    action: JournalAction,
    changes: Vec<Change>,
) -> Result<()> {
    let subject = password::subject(tx, account).await?;
    let actor = Actor::of_account(account);
    journal::write(env, tx, &actor, action, subject, changes).await
}
