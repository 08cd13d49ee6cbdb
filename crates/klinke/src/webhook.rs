//! The `[webhook]` table of the configuration: where the carrier takes orders.

use std::{net::IpAddr, path::PathBuf, sync::Arc};

use anyhow::{Context, Result, anyhow, bail};
use hyper::Uri;
use serde::Deserialize;
use service::activation::{BackEnd, Carrier, WebhookSecret};

use crate::{https::HttpPost, trunk::Secret};

/// The variable that holds the secret.
const VARIABLE: &str = "KLINKE_WEBHOOK_SECRET";

/// The table as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookTable {
    url: String,
    secret: Option<Secret>,
    secret_file: Option<PathBuf>,
    ca_file: Option<PathBuf>,
}

/// The carrier of the configuration; there is one exactly where the back end wants it.
pub(crate) fn carrier(activation: BackEnd, table: Option<WebhookTable>) -> Result<Option<Carrier>> {
    match (activation, table) {
        (BackEnd::Webhook, Some(table)) => {
            #[expect(
                clippy::disallowed_methods,
                reason = "the binary reads the environment"
            )]
            let from_environment = std::env::var(VARIABLE).ok();
            table.carrier(from_environment).map(Some)
        }
        (BackEnd::Webhook, None) => {
            bail!("activation by webhook needs the table [webhook] in the configuration")
        }
        (BackEnd::Automatic | BackEnd::Manual, _) => Ok(None),
    }
}

impl WebhookTable {
    fn carrier(self, from_environment: Option<String>) -> Result<Carrier> {
        let url = url(&self.url)?;
        let secret = self.secret(from_environment)?;
        let secret = WebhookSecret::from_text(&secret)?;
        let post = HttpPost::new(url, self.ca_file.as_deref())?;
        Ok(Carrier::new(secret, Arc::new(post)))
    }

    /// The environment comes before the files.
    fn secret(&self, from_environment: Option<String>) -> Result<String> {
        if self.secret.is_some() && self.secret_file.is_some() {
            bail!("the webhook has `secret` and `secret_file`; one is enough");
        }
        match (from_environment, &self.secret_file, &self.secret) {
            (Some(secret), _, _) => Ok(secret),
            (None, Some(path), _) => {
                std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
            }
            (None, None, Some(secret)) => Ok(secret.reveal().to_owned()),
            (None, None, None) => bail!("the webhook has no secret"),
        }
    }
}

/// An address that orders may be sent to: over TLS, or on this machine. It is not repeated in errors: there may be a
/// password in it.
fn url(text: &str) -> Result<Uri> {
    let url: Uri = text
        .parse()
        .map_err(|_| anyhow!("the webhook's url is not an address"))?;
    let authority = url.authority().map_or("", |authority| authority.as_str());
    if authority.contains('@') {
        bail!("the webhook's url names a user; the signature says who we are");
    }
    let is_right = match url.scheme_str() {
        Some("https") => url.host().is_some(),
        Some("http") => url.host().is_some_and(is_this_machine),
        Some(_) | None => false,
    };
    if is_right {
        Ok(url)
    } else {
        bail!("the webhook's url begins with https://, or http:// on this machine")
    }
}

fn is_this_machine(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    fn read(text: &str) -> Result<Carrier> {
        toml::from_str::<WebhookTable>(text).unwrap().carrier(None)
    }

    #[test]
    fn orders_go_over_tls_or_stay_on_this_machine() {
        for right in [
            "https://carrier.example/orders",
            "https://203.0.113.5:8443/",
            "http://127.0.0.1:9000/orders",
            "http://[::1]:9000/",
            "http://localhost/",
        ] {
            assert!(url(right).is_ok(), "{right}");
        }
        for wrong in [
            "http://carrier.example/",
            "http://127.0.0.1.carrier.example/",
            "ftp://127.0.0.1/",
            "/orders",
            "https://me:geheim@carrier.example/",
            "",
        ] {
            let error = url(wrong).unwrap_err().to_string();
            assert!(!error.contains("geheim"), "{error}");
        }
    }

    #[test]
    fn the_secret_comes_from_the_environment_a_file_or_the_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, format!("{SECRET}\n")).unwrap();
        let text = format!(
            "url = \"https://x\"\nsecret_file = \"{}\"\n",
            path.display()
        );
        let table = || toml::from_str::<WebhookTable>(&text).unwrap();
        assert_eq!(table().secret(None).unwrap().trim(), SECRET);
        assert_eq!(
            table()
                .secret(Some("of the environment".to_owned()))
                .unwrap(),
            "of the environment"
        );
        assert!(table().carrier(None).is_ok());
        assert!(read(&format!("url = \"https://x\"\nsecret = \"{SECRET}\"\n")).is_ok());
        let debug = format!("{:?}", table().carrier(None).unwrap());
        assert_eq!(debug, "Carrier");
    }

    #[test]
    fn half_a_webhook_is_refused() {
        for text in [
            "url = \"https://x\"\n".to_owned(),
            "url = \"https://x\"\nsecret = \"short\"\n".to_owned(),
            format!("url = \"https://x\"\nsecret = \"{SECRET}\"\nsecret_file = \"f\"\n"),
            "url = \"https://x\"\nsecret_file = \"/nowhere\"\n".to_owned(),
            format!("url = \"https://x\"\nsecret = \"{SECRET}\"\nca_file = \"/nowhere\"\n"),
        ] {
            assert!(read(&text).is_err(), "{text}");
        }
        assert!(carrier(BackEnd::Webhook, None).is_err());
        assert!(carrier(BackEnd::Manual, None).unwrap().is_none());
    }
}
