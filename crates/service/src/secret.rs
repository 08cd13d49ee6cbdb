//! Secrets: how they are hashed, sealed and made.

use data_encoding::BASE64URL_NOPAD;
use md5::{Digest, Md5};
use model::{LoginDetails, LoginName, PhoneNumber, PhonePassword, UserId};
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

    /// Seals for one user: a row copied to another user opens nothing.
    fn seal(&self, nonce: [u8; 12], user: UserId, plain: &[u8]) -> Vec<u8> {
        let mut text = plain.to_vec();
        let sealing = aead::Nonce::assume_unique_for_key(nonce);
        let user = aead::Aad::from(user.0.into_bytes());
        self.0
            .seal_in_place_append_tag(sealing, user, &mut text)
            .expect("a short text can be sealed");
        [&nonce[..], &text].concat()
    }

    fn open(&self, user: UserId, sealed: &[u8]) -> Result<Vec<u8>> {
        let broken = Error::Internal("a phone login cannot be opened with this key");
        let Some((nonce, text)) = sealed.split_at_checked(12) else {
            return Err(broken);
        };
        let Ok(nonce) = aead::Nonce::try_assume_unique_for_key(nonce) else {
            return Err(broken);
        };
        let mut text = text.to_vec();
        match self
            .0
            .open_in_place(nonce, aead::Aad::from(user.0.into_bytes()), &mut text)
        {
            Ok(plain) => Ok(plain.to_vec()),
            Err(_) => Err(broken),
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
        let plain = key.open(user, &login.sealed)?;
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
    let password = PhonePassword::generate(|| env.bytes::<1>()[0]);
    let digests = PhoneDigests::of(&login, &password);
    let sealed = env.key.seal(
        env.bytes(),
        user,
        &[&digests.md5[..], &digests.sha256].concat(),
    );
    let stored = PhoneLogin {
        login: login.as_str().to_owned(),
        sealed,
        issued_at: env.now(),
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_sealed_login_opens_for_its_user_and_key_only() {
        let (anna, ben) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let key = SealingKey::new(&[7; 32]);
        let sealed = key.seal([1; 12], anna, b"digests");
        assert_eq!(key.open(anna, &sealed).unwrap(), b"digests");
        assert!(key.open(ben, &sealed).is_err());
        assert!(SealingKey::new(&[8; 32]).open(anna, &sealed).is_err());
        assert!(key.open(anna, &sealed[..11]).is_err());
        assert!(!sealed.windows(7).any(|w| w == b"digests"));
    }
}
