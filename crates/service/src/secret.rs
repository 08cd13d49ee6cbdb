//! Secrets: how they are hashed, sealed and made.

use data_encoding::BASE64URL_NOPAD;
use md5::{Digest, Md5};
use model::{
    AccountId, LoginDetails, LoginName, PhoneNumber, PhonePassword, RenewalId, Timestamp, UserId,
};
use ring::{aead, digest};
use store::{PhoneLogin, TokenHash};

use crate::{Env, Error, Result};

/// The realm of every phone login (RFC 7616 §3.3); it is part of the stored digests and therefore never changes.
pub const REALM: &str = "klinke";

/// How a token is stored: whoever reads the database can use none.
pub(crate) fn token_hash(token: &str) -> TokenHash {
    sha256(token.as_bytes())
}

/// SHA-256.
#[must_use]
pub fn sha256(bytes: &[u8]) -> TokenHash {
    let digest = digest::digest(&digest::SHA256, bytes);
    digest.as_ref().try_into().expect("SHA-256 has 32 bytes")
}

/// The key that seals what must be readable for the call engine; it lies outside of the database.
pub struct SealingKey(aead::LessSafeKey);

impl SealingKey {
    /// A key from 32 bytes.
    #[must_use]
    pub fn new(bytes: &[u8; 32]) -> Self {
        let key = aead::UnboundKey::new(&aead::AES_256_GCM, bytes).expect("AES-256 takes 32 bytes");
        Self(aead::LessSafeKey::new(key))
    }

    /// A key from base64url text, as it stands in a file or the environment.
    ///
    /// # Errors
    /// `Internal` when it is not 32 bytes.
    pub fn from_text(text: &str) -> Result<Self> {
        let bytes = BASE64URL_NOPAD
            .decode(text.trim().as_bytes())
            .ok()
            .and_then(|b| b.try_into().ok());
        bytes
            .map(|bytes| Self::new(&bytes))
            .ok_or(Error::Internal("the key is not 32 bytes in base64url"))
    }

    /// Seals for one purpose: a row copied to another one opens nothing.
    fn seal(&self, nonce: [u8; 12], of: Of, plain: &[u8]) -> Vec<u8> {
        let mut text = plain.to_vec();
        let sealing = aead::Nonce::assume_unique_for_key(nonce);
        self.0
            .seal_in_place_append_tag(sealing, aead::Aad::from(of.bytes()), &mut text)
            .expect("a short text can be sealed");
        [&nonce[..], &text].concat()
    }

    fn open(&self, of: Of, sealed: &[u8]) -> Result<Vec<u8>> {
        let broken = Error::Internal("what is sealed cannot be opened with this key");
        let Some((nonce, text)) = sealed.split_at_checked(12) else {
            return Err(broken);
        };
        let Ok(nonce) = aead::Nonce::try_assume_unique_for_key(nonce) else {
            return Err(broken);
        };
        let mut text = text.to_vec();
        match self
            .0
            .open_in_place(nonce, aead::Aad::from(of.bytes()), &mut text)
        {
            Ok(plain) => Ok(plain.to_vec()),
            Err(_) => Err(broken),
        }
    }
}

/// What something sealed belongs to.
#[derive(Clone, Copy)]
enum Of {
    /// The login of a user's phone.
    Login(UserId),
    /// A user's password in a renewal.
    Password(RenewalId, UserId),
    /// The password that was chosen for all of a renewal.
    Chosen(RenewalId),
    /// The secret of an account's authenticator app.
    Totp(AccountId),
}

impl Of {
    /// Different for each, and as long as before for a login.
    fn bytes(self) -> Vec<u8> {
        match self {
            Self::Login(user) => user.0.into_bytes().to_vec(),
            Self::Password(renewal, user) => [renewal.0.into_bytes(), user.0.into_bytes()].concat(),
            Self::Chosen(renewal) => [&renewal.0.into_bytes()[..], b"chosen"].concat(),
            Self::Totp(account) => [&account.0.into_bytes()[..], b"totp"].concat(),
        }
    }
}

/// What the call engine needs to check a phone's password (RFC 7616 §3.4.2).
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneDigests {
    /// MD5 of `login:realm:password`.
    pub md5: [u8; 16],
    /// SHA-256 of the same.
    pub sha256: [u8; 32],
}

impl PhoneDigests {
    fn of(login: &LoginName, password: &PhonePassword) -> Self {
        let text = format!("{}:{REALM}:{}", login.as_str(), password.reveal());
        Self {
            md5: Md5::digest(text.as_bytes()).into(),
            sha256: sha256(text.as_bytes()),
        }
    }

    /// Opens what is stored of a user's login.
    ///
    /// # Errors
    /// `Internal` when it was sealed for another user or with another key.
    pub fn open(key: &SealingKey, user: UserId, login: &PhoneLogin) -> Result<Self> {
        let plain = key.open(Of::Login(user), &login.sealed)?;
        let digests = plain
            .split_first_chunk()
            .and_then(|(md5, rest)| Some((*md5, rest.try_into().ok()?)));
        let (md5, sha256) = digests.ok_or(Error::Internal("a phone login has the wrong length"))?;
        Ok(Self { md5, sha256 })
    }
}

impl std::fmt::Debug for PhoneDigests {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PhoneDigests(…)")
    }
}

/// New login details, and what is stored of them.
pub(crate) fn new_login_details(
    env: &Env,
    user: UserId,
    number: &PhoneNumber,
) -> (LoginDetails, PhoneLogin) {
    let login = LoginName::of(number);
    let password = new_password(env);
    let stored = stored_login(env, user, &login, &password, env.now());
    let server = env.settings.sip_server.clone();
    (
        LoginDetails {
            login,
            password,
            server,
            transport: env.settings.sip_transport,
        },
        stored,
    )
}

/// A new password; chance is asked for many bytes at once, because each asking is a call of the system.
pub(crate) fn new_password(env: &Env) -> PhonePassword {
    let mut bytes = env.bytes::<32>().into_iter();
    PhonePassword::generate(|| {
        bytes.next().unwrap_or_else(|| {
            bytes = env.bytes::<32>().into_iter();
            bytes.next().unwrap_or_default()
        })
    })
}

/// What is stored of a login.
pub(crate) fn stored_login(
    env: &Env,
    user: UserId,
    login: &LoginName,
    password: &PhonePassword,
    issued_at: Timestamp,
) -> PhoneLogin {
    let digests = PhoneDigests::of(login, password);
    let digests = [&digests.md5[..], &digests.sha256].concat();
    PhoneLogin {
        login: login.as_str().to_owned(),
        sealed: env.key.seal(env.bytes(), Of::Login(user), &digests),
        issued_at,
    }
}

/// A user's password as it waits to be fetched.
pub(crate) fn seal_password(
    env: &Env,
    renewal: RenewalId,
    user: UserId,
    password: &PhonePassword,
) -> Vec<u8> {
    let of = Of::Password(renewal, user);
    env.key.seal(env.bytes(), of, password.reveal().as_bytes())
}

/// The password that waits to be fetched.
///
/// # Errors
/// `Internal` when it was sealed for something else or with another key.
pub(crate) fn open_password(
    key: &SealingKey,
    renewal: RenewalId,
    user: UserId,
    sealed: &[u8],
) -> Result<PhonePassword> {
    password(&key.open(Of::Password(renewal, user), sealed)?)
}

/// The password that was chosen for all of a renewal, as it waits until everybody has it.
pub(crate) fn seal_chosen(env: &Env, renewal: RenewalId, password: &PhonePassword) -> Vec<u8> {
    let of = Of::Chosen(renewal);
    env.key.seal(env.bytes(), of, password.reveal().as_bytes())
}

/// The password that was chosen for all of a renewal.
///
/// # Errors
/// `Internal` when it was sealed for something else or with another key.
pub(crate) fn open_chosen(
    key: &SealingKey,
    renewal: RenewalId,
    sealed: &[u8],
) -> Result<PhonePassword> {
    password(&key.open(Of::Chosen(renewal), sealed)?)
}

/// The secret of an account's authenticator app, as it is stored.
pub(crate) fn seal_totp(env: &Env, account: AccountId, secret: &[u8; 20]) -> Vec<u8> {
    env.key.seal(env.bytes(), Of::Totp(account), secret)
}

/// The secret of an account's authenticator app.
///
/// # Errors
/// `Internal` when it was sealed for another account or with another key.
pub(crate) fn open_totp(key: &SealingKey, account: AccountId, sealed: &[u8]) -> Result<[u8; 20]> {
    let secret = key.open(Of::Totp(account), sealed)?;
    let secret = secret.try_into();
    secret.map_err(|_| Error::Internal("the secret of an app has the wrong length"))
}

fn password(bytes: &[u8]) -> Result<PhonePassword> {
    let text = std::str::from_utf8(bytes).ok();
    text.and_then(|text| text.parse().ok())
        .ok_or(Error::Internal("a sealed password is none"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_sealed_login_opens_for_its_user_and_key_only() {
        let (anna, ben) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let key = SealingKey::new(&[7; 32]);
        let sealed = key.seal([1; 12], Of::Login(anna), b"digests");
        assert_eq!(key.open(Of::Login(anna), &sealed).unwrap(), b"digests");
        assert!(key.open(Of::Login(ben), &sealed).is_err());
        let other_key = SealingKey::new(&[8; 32]);
        assert!(other_key.open(Of::Login(anna), &sealed).is_err());
        assert!(key.open(Of::Login(anna), &sealed[..11]).is_err());
        assert!(!sealed.windows(7).any(|w| w == b"digests"));
    }

    #[test]
    fn a5_a_sealed_secret_of_an_app_opens_for_its_account_only() {
        let account = |n| AccountId(Uuid::from_u128(n));
        let key = SealingKey::new(&[7; 32]);
        let sealed = key.seal([1; 12], Of::Totp(account(1)), &[9; 20]);
        assert_eq!(open_totp(&key, account(1), &sealed).unwrap(), [9; 20]);
        assert!(open_totp(&key, account(2), &sealed).is_err());
        let login = UserId(Uuid::from_u128(1));
        assert!(key.open(Of::Login(login), &sealed).is_err());
    }

    #[test]
    fn l2_a_sealed_password_opens_for_its_user_and_renewal_only() {
        let (anna, ben) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let renewal = |n| RenewalId(Uuid::from_u128(n));
        let key = SealingKey::new(&[7; 32]);
        let sealed = key.seal([1; 12], Of::Password(renewal(3), anna), b"kanne4711");
        let opened = open_password(&key, renewal(3), anna, &sealed).unwrap();
        assert_eq!(opened.reveal(), "kanne4711");
        assert!(open_password(&key, renewal(3), ben, &sealed).is_err());
        assert!(open_password(&key, renewal(4), anna, &sealed).is_err());
        assert!(open_chosen(&key, renewal(3), &sealed).is_err());
    }
}
