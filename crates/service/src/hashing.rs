//! Hashing of portal passwords: off the async threads, with a bound on how many at once.

use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use model::PortalPassword;
use tokio::sync::Semaphore;

use crate::{Error, Random, Result};

/// How many hashes are computed at once; each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

/// The hasher, Argon2id with the parameters that OWASP recommends (19 MiB, 2 passes).
pub(crate) struct Hashing {
    permits: Arc<Semaphore>,
    /// The hash of a password nobody has, so that an unknown name takes as long as a wrong password.
    nobody: String,
}

impl Hashing {
    pub(crate) fn new(random: &dyn Random) -> Self {
        let mut password = [0; 32];
        random.fill(&mut password);
        let mut salt = [0; 16];
        random.fill(&mut salt);
        Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            nobody: hash(&password, &salt),
        }
    }

    /// Hashes a password with this salt.
    pub(crate) async fn hash(&self, password: PortalPassword, salt: [u8; 16]) -> Result<String> {
        self.run(move || hash(password.reveal().as_bytes(), &salt))
            .await
    }

    /// Whether the password belongs to the hash; takes the same time when there is none.
    pub(crate) async fn verify(&self, password: String, stored: Option<String>) -> Result<bool> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.clone());
        let matches = self.run(move || verify(&password, &stored)).await?;
        Ok(known && matches)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let permit = self.permits.clone().acquire_owned().await;
        let permit = permit.map_err(|_| Error::Internal("hashing has stopped"))?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        });
        done.await.map_err(|_| Error::Internal("hashing panicked"))
    }
}

fn hash(password: &[u8], salt: &[u8]) -> String {
    let hash = Argon2::default().hash_password_with_salt(password, salt);
    hash.expect("16 bytes are a salt").to_string()
}

fn verify(password: &str, stored: &str) -> bool {
    let Ok(stored) = PasswordHash::new(stored) else {
        return false;
    };
    Argon2::default()
        .verify_password(password.as_bytes(), &stored)
        .is_ok()
}
