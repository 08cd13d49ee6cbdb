//! The key that seals phone logins: in the environment, or a file beside the database that only its owner can read.

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use anyhow::{Context, Result, bail};
use data_encoding::BASE64URL_NOPAD;
use service::{Random, SystemRandom, secret::SealingKey};

/// The variable that holds the key where there is no data directory, or several nodes.
const VARIABLE: &str = "KLINKE_KEY";

/// The key from the environment, else from `klinke.key` in the data directory, which is made on the first start.
pub(crate) fn key(data: &Path) -> Result<SealingKey> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the binary reads the environment"
    )]
    let from_environment = std::env::var(VARIABLE).ok();
    match from_environment {
        Some(text) => {
            SealingKey::from_text(&text).with_context(|| format!("{VARIABLE} cannot be used"))
        }
        None => from_file(&data.join("klinke.key")),
    }
}

fn from_file(path: &Path) -> Result<SealingKey> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => {
            let mode = std::fs::metadata(path)?.permissions().mode();
            if mode & 0o077 != 0 {
                bail!(
                    "{} can be read by others; let only its owner read it (chmod 600)",
                    path.display()
                );
            }
            text
        }
        Err(error) if error.kind() == ErrorKind::NotFound => make(path)?,
        Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
    };
    SealingKey::from_text(&text).with_context(|| format!("{} cannot be used", path.display()))
}

fn make(path: &Path) -> Result<String> {
    let mut bytes = [0; 32];
    SystemRandom::default().fill(&mut bytes);
    let text = BASE64URL_NOPAD.encode(&bytes);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("making {}", path.display()))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_kept_from_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("klinke.key");
        assert!(from_file(&path).is_ok());
        let first = std::fs::read_to_string(&path).unwrap();
        assert!(from_file(&path).is_ok());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), first);
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(from_file(&path).is_err());
    }
}
