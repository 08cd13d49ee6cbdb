//! The `[mail]` table of the configuration: the mail server.

use std::{fmt, path::PathBuf};

use anyhow::{Context, Result, bail};
use lettre::message::Mailbox;
use serde::Deserialize;

/// The variable that holds the password at the mail server.
const VARIABLE: &str = "KLINKE_MAIL_PASSWORD";

/// The table as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailTable {
    smtp: String,
    from: String,
    user: Option<String>,
    password_file: Option<PathBuf>,
}

impl fmt::Debug for MailTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailTable(…)")
    }
}

/// The mail server. Its address may hold a password, so it is not printed.
pub(crate) struct MailSettings {
    /// `smtps://host`, `smtp://host?tls=required` or, without TLS, `smtp://host`.
    pub(crate) smtp: String,
    /// The sender.
    pub(crate) from: Mailbox,
    /// User and password, where they do not stand in the address.
    pub(crate) credentials: Option<(String, String)>,
}

impl fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailSettings(…)")
    }
}

impl MailTable {
    /// What the post is told; the environment comes before the file.
    pub(crate) fn settings(self) -> Result<MailSettings> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the binary reads the environment"
        )]
        let from_environment = std::env::var(VARIABLE).ok();
        self.settings_with(from_environment)
    }

    fn settings_with(self, from_environment: Option<String>) -> Result<MailSettings> {
        let password = match (from_environment, &self.password_file) {
            (Some(password), _) => Some(password),
            (None, Some(path)) => {
                let text = std::fs::read_to_string(path)
                    .with_context(|| format!("reading {}", path.display()))?;
                Some(text.trim_end_matches(['\r', '\n']).to_owned())
            }
            (None, None) => None,
        };
        let credentials = match (self.user, password) {
            (Some(user), Some(password)) => Some((user, password)),
            (None, None) => None,
            (Some(_), None) => bail!("[mail] has a `user` and no password"),
            (None, Some(_)) => bail!("[mail] has a password and no `user`"),
        };
        let from = self.from.parse().ok();
        let from = from.context("`from` in [mail] is not an email address")?;
        Ok(MailSettings {
            smtp: self.smtp,
            from,
            credentials,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, environment: Option<&str>) -> Result<MailSettings> {
        let table: MailTable = toml::from_str(text).unwrap();
        table.settings_with(environment.map(str::to_owned))
    }

    #[test]
    fn a_mail_server_is_read_and_never_printed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("password");
        std::fs::write(&path, "from file\n").unwrap();
        let text = format!(
            "smtp = \"smtps://geheim@mail.example\"\nfrom = \"Klinke <klinke@muster.example>\"\nuser = \"klinke\"\n\
             password_file = \"{}\"\n",
            path.display()
        );
        let settings = read(&text, None).unwrap();
        assert_eq!(settings.credentials.as_ref().unwrap().1, "from file");
        assert!(!format!("{settings:?}").contains("geheim"));
        let settings = read(&text, Some("from environment")).unwrap();
        assert_eq!(settings.credentials.unwrap().1, "from environment");
    }

    #[test]
    fn half_a_mail_server_is_refused() {
        for text in [
            "smtp = \"smtp://x\"\nfrom = \"nobody\"\n",
            "smtp = \"smtp://x\"\nfrom = \"a@b.example\"\nuser = \"u\"\n",
            "smtp = \"smtp://x\"\nfrom = \"a@b.example\"\nuser = \"u\"\npassword_file = \"/nowhere\"\n",
        ] {
            assert!(read(text, None).is_err(), "{text}");
        }
        assert!(read("smtp = \"smtp://x\"\nfrom = \"a@b.example\"\n", Some("pw")).is_err());
    }
}
