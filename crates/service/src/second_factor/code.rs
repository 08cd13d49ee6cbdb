//! Codes: what an app shows (RFC 6238), and what stands on the paper for its loss.

use data_encoding::BASE32_NOPAD;
use model::{JournalAction, Timestamp};
use store::{Account, TokenHash, Tx};
use totp_rs::{Algorithm, Builder};

use super::note;
use crate::{
    Env, Error, Result,
    secret::{open_totp, sha256},
};

/// How long a code is shown, in seconds.
const STEP_S: u64 = 30;
/// A clock may be wrong by so many steps (RFC 6238 §5.2).
const SKEW: u16 = 1;
/// How many digits a code has.
const DIGITS: u8 = 6;
/// How many characters a recovery code has: 80 bits in base32.
const RECOVERY: usize = 16;

/// The step in which the app shows this code, if it is now or next to it.
pub(super) fn step(secret: [u8; 20], code: &str, now: Timestamp) -> Result<Option<i64>> {
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_skew(SKEW)
        .with_step_duration(STEP_S)
        .with_secret(secret)
        .build()
        .map_err(|_| Error::Internal("the secret of an app is too short"))?;
    let now_s = u64::try_from(now.0 / 1000).unwrap_or_default();
    let step = totp.check(code, now_s);
    Ok(step.and_then(|step| step.try_into().ok()))
}

/// What was typed, without what people put between the characters.
pub(super) fn plain(typed: &str) -> String {
    let characters = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
    characters.take(64).collect::<String>().to_lowercase()
}

/// Takes a code of the app or a recovery code; each is good once.
pub(super) async fn take(
    env: &Env,
    tx: &mut dyn Tx,
    account: &Account,
    typed: &str,
) -> Result<bool> {
    let code = plain(typed);
    if code.len() == RECOVERY {
        let is_good = tx
            .recovery_code()
            .take(account.id, &recovery_hash(account, &code))
            .await?;
        if is_good {
            let action = JournalAction::RecoveryCodeUsed;
            note(env, tx, account, action, Vec::new()).await?;
        }
        return Ok(is_good);
    }
    let Some(totp) = tx.totp().get(account.id).await? else {
        return Ok(false);
    };
    let secret = open_totp(&env.key, account.id, &totp.sealed)?;
    match step(secret, &code, env.now())? {
        Some(step) => Ok(tx.totp().take_step(account.id, step).await?),
        None => Ok(false),
    }
}

/// A new recovery code, as it is typed.
pub(super) fn new_recovery(env: &Env) -> String {
    BASE32_NOPAD.encode(&env.bytes::<10>()).to_lowercase()
}

/// How a recovery code is stored: it has 80 bits, so that nobody finds it from the hash.
pub(super) fn recovery_hash(account: &Account, code: &str) -> TokenHash {
    sha256(&[&account.id.0.into_bytes()[..], code.as_bytes()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the last six of the eight digits for SHA-1.
    const RFC: [(i64, &str); 6] = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];

    #[test]
    fn a5_codes_are_those_of_rfc_6238_and_those_of_a_step_before_and_after() {
        let secret = *b"12345678901234567890";
        for (at_s, code) in RFC {
            let found = |offset_s: i64| step(secret, code, Timestamp((at_s + offset_s) * 1000));
            assert_eq!(found(0).unwrap(), Some(at_s / 30), "{at_s}");
            assert_eq!(found(30).unwrap(), Some(at_s / 30), "a step late");
            assert_eq!(found(-30).unwrap(), Some(at_s / 30), "a step early");
            assert_eq!(found(90).unwrap(), None, "too late");
            // The first one has nothing before it.
            if at_s > 120 {
                assert_eq!(found(-90).unwrap(), None, "too early");
            }
        }
        let nothing = ["", "28708", "2870820", "28708a", "٢٨٧٠٨٢"];
        for typed in nothing {
            assert_eq!(
                step(secret, typed, Timestamp(59_000)).unwrap(),
                None,
                "{typed}"
            );
        }
    }

    #[test]
    fn a5_spaces_hyphens_and_capitals_do_not_matter() {
        assert_eq!(plain(" 287 082\u{a0}"), "287082");
        assert_eq!(plain("ABCD-efgh ijkl-mn23"), "abcdefghijklmn23");
        assert_eq!(plain(&"x".repeat(10_000)).len(), 64);
    }
}
