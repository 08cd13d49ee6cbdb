//! The `[trunk]` table of the configuration: the carrier.

use std::{fmt, net::IpAddr, path::PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use sip::trunk::{TrunkCredentials, TrunkRegistration, TrunkSettings, TrunkTransport};

/// The variable that holds the password at the carrier.
const VARIABLE: &str = "KLINKE_TRUNK_PASSWORD";
/// What we ask the carrier for, in seconds.
const EXPIRES: u32 = 3600;

/// The table as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrunkTable {
    address: String,
    transport: Option<Transport>,
    #[serde(default)]
    trusted: Vec<IpAddr>,
    username: Option<String>,
    password: Option<Secret>,
    password_file: Option<PathBuf>,
    realm: Option<String>,
    #[serde(default)]
    register: bool,
    user: Option<String>,
    contact_user: Option<String>,
    expires: Option<u32>,
    domain: Option<String>,
    ca_file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Transport {
    Udp,
    Tcp,
    Tls,
}

/// A password that neither prints nor stands in errors.
#[derive(Clone, Deserialize)]
#[serde(try_from = "toml::Value")]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl TryFrom<toml::Value> for Secret {
    type Error = &'static str;

    fn try_from(value: toml::Value) -> Result<Self, Self::Error> {
        match value {
            toml::Value::String(text) => Ok(Self(text)),
            toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Datetime(_)
            | toml::Value::Array(_)
            | toml::Value::Table(_) => Err("a password stands in quotes"),
        }
    }
}

impl TrunkTable {
    /// What the call engine is told.
    pub(crate) fn settings(self) -> Result<TrunkSettings> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the binary reads the environment"
        )]
        let from_environment = std::env::var(VARIABLE).ok();
        self.settings_with(from_environment)
    }

    fn settings_with(self, from_environment: Option<String>) -> Result<TrunkSettings> {
        let registration = self.registration()?;
        let credentials = self.credentials(from_environment)?;
        if self.address.trim().is_empty() {
            bail!("the trunk has no address");
        }
        Ok(TrunkSettings {
            address: self.address,
            transport: match self.transport {
                None | Some(Transport::Udp) => TrunkTransport::Udp,
                Some(Transport::Tcp) => TrunkTransport::Tcp,
                Some(Transport::Tls) => TrunkTransport::Tls,
            },
            trusted: self.trusted,
            credentials,
            registration,
            domain: self.domain,
            roots: self.ca_file,
        })
    }

    fn registration(&self) -> Result<Option<TrunkRegistration>> {
        if !self.register {
            return Ok(None);
        }
        let Some(user) = self.user.clone().or(self.username.clone()) else {
            bail!("the trunk is to register, so it needs `username` or `user`");
        };
        Ok(Some(TrunkRegistration {
            contact_user: self.contact_user.clone().unwrap_or_else(|| user.clone()),
            user,
            expires: self.expires.unwrap_or(EXPIRES),
        }))
    }

    /// The environment comes before the files.
    fn credentials(&self, from_environment: Option<String>) -> Result<Option<TrunkCredentials>> {
        if self.password.is_some() && self.password_file.is_some() {
            bail!("the trunk has `password` and `password_file`; one is enough");
        }
        let from_file = match (&from_environment, &self.password_file) {
            (None, Some(path)) => {
                let text = std::fs::read_to_string(path)
                    .with_context(|| format!("reading {}", path.display()))?;
                Some(text.trim_end_matches(['\r', '\n']).to_owned())
            }
            (Some(_), _) | (None, None) => None,
        };
        let written = self.password.clone().map(|secret| secret.0);
        match (&self.username, from_environment.or(from_file).or(written)) {
            (Some(username), Some(password)) => Ok(Some(TrunkCredentials {
                username: username.clone(),
                password,
                realm: self.realm.clone(),
            })),
            (None, Some(_)) => bail!("the trunk has a password and no `username`"),
            (Some(_), None) => bail!("the trunk has a `username` and no password"),
            (None, None) => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> TrunkTable {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn a_carrier_with_everything_is_read() {
        let table = read(
            "address = \"sip.carrier.example:5061\"\ntransport = \"tls\"\ntrusted = [\"203.0.113.5\"]\n\
             username = \"muster\"\npassword = \"geheim\"\nrealm = \"carrier\"\nregister = true\nexpires = 600\n\
             contact_user = \"klinke\"\ndomain = \"carrier.example\"\n",
        );
        let settings = table.settings_with(None).unwrap();
        assert_eq!(settings.transport, TrunkTransport::Tls);
        assert_eq!(settings.host_port(), ("sip.carrier.example", 5061));
        let registration = settings.registration.as_ref().unwrap();
        assert_eq!(
            (registration.user.as_str(), registration.expires),
            ("muster", 600)
        );
        assert_eq!(settings.credentials.as_ref().unwrap().password, "geheim");
        assert!(!format!("{settings:?}").contains("geheim"));
    }

    #[test]
    fn the_password_comes_from_the_environment_a_file_or_the_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("password");
        std::fs::write(&path, "from file\n").unwrap();
        let text = format!(
            "address = \"x\"\nusername = \"u\"\npassword_file = \"{}\"\n",
            path.display()
        );
        let password = |environment: Option<&str>| {
            let settings = read(&text)
                .settings_with(environment.map(str::to_owned))
                .unwrap();
            settings.credentials.unwrap().password
        };
        assert_eq!(password(None), "from file");
        assert_eq!(password(Some("from environment")), "from environment");
    }

    #[test]
    fn half_a_carrier_is_refused() {
        for text in [
            "address = \"\"\n",
            "address = \"x\"\nusername = \"u\"\n",
            "address = \"x\"\npassword = \"p\"\n",
            "address = \"x\"\nregister = true\n",
            "address = \"x\"\nusername = \"u\"\npassword = \"p\"\npassword_file = \"f\"\n",
            "address = \"x\"\nusername = \"u\"\npassword_file = \"/nowhere\"\n",
        ] {
            assert!(read(text).settings_with(None).is_err(), "{text}");
        }
    }
}
