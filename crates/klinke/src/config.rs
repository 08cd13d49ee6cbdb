//! The configuration: defaults, then the file, then the environment, then the command line.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail};
use media::PortRange;
use serde::Deserialize;
use service::activation::{BackEnd, Carrier};
use sip::{TrunkSettings, server::TlsSettings};

use crate::{
    command::ServeOptions,
    post::{MailSettings, MailTable},
    trunk::TrunkTable,
    webhook::{self, WebhookTable},
};

/// What the server runs with.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) data: PathBuf,
    pub(crate) http: SocketAddr,
    pub(crate) sip: SocketAddr,
    /// Ports for the engine's own audio.
    pub(crate) rtp: PortRange,
    /// Where phones log in over TLS, and with which certificate.
    pub(crate) sip_tls: Option<TlsSettings>,
    /// The carrier.
    pub(crate) trunk: Option<TrunkSettings>,
    /// Host and port that phones are told, when something stands in front; else it is where the system listens.
    pub(crate) sip_server: Option<String>,
    pub(crate) database: Option<String>,
    pub(crate) activation: BackEnd,
    /// Where users are ordered, with the webhook.
    pub(crate) carrier: Option<Carrier>,
    /// After how many hours a user that is still Pending is spoken of again.
    pub(crate) activation_reminder_hours: u32,
    pub(crate) log_json: bool,
    /// How long call records are kept, in days.
    pub(crate) call_record_days: u32,
    /// The mail server; without one, letters are files.
    pub(crate) mail: Option<MailSettings>,
    /// What links in letters begin with, when something stands in front; else it is where the system listens.
    pub(crate) public_url: Option<String>,
}

/// The file; an unknown key is refused with its line.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    http: Option<SocketAddr>,
    sip: Option<SocketAddr>,
    rtp: Option<String>,
    sip_tls: Option<SocketAddr>,
    sip_tls_cert: Option<PathBuf>,
    sip_tls_key: Option<PathBuf>,
    sip_server: Option<String>,
    database: Option<String>,
    activation: Option<String>,
    activation_reminder_hours: Option<u32>,
    webhook: Option<WebhookTable>,
    log_json: Option<bool>,
    call_record_days: Option<u32>,
    trunk: Option<TrunkTable>,
    mail: Option<MailTable>,
    public_url: Option<String>,
}

impl Config {
    /// Puts the configuration together.
    pub(crate) fn read(options: &ServeOptions) -> Result<Self> {
        let mut file = options
            .config
            .as_deref()
            .map(read_file)
            .transpose()?
            .unwrap_or_default();
        let activation = file
            .activation
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(|error| anyhow!("{error}"))?;
        let activation = options
            .activation
            .or(activation)
            .unwrap_or(BackEnd::Automatic);
        let rtp = file.rtp.as_deref().map(str::parse::<PortRange>);
        let rtp = rtp.transpose().context("`rtp`")?;
        let carrier = webhook::carrier(activation, file.webhook.take())?;
        let trunk = file.trunk.take().map(TrunkTable::settings).transpose()?;
        let mail = file.mail.take().map(MailTable::settings).transpose()?;
        let public_url = file.public_url.as_deref().map(public_url).transpose()?;
        Ok(Self {
            sip_tls: tls(options, &file)?,
            rtp: options.rtp.or(rtp).unwrap_or_default(),
            trunk,
            mail,
            public_url,
            data: options
                .data
                .clone()
                .or(file.data)
                .unwrap_or_else(|| "data".into()),
            http: options
                .http
                .or(file.http)
                .unwrap_or((Ipv4Addr::LOCALHOST, 8080).into()),
            sip: options
                .sip
                .or(file.sip)
                .unwrap_or((Ipv4Addr::LOCALHOST, 5060).into()),
            sip_server: file.sip_server,
            database: options.database.clone().or(file.database),
            activation,
            carrier,
            activation_reminder_hours: file.activation_reminder_hours.unwrap_or(24),
            log_json: file.log_json.unwrap_or_default(),
            call_record_days: file.call_record_days.unwrap_or(180),
        })
    }
}

/// An address of the portal, without a slash at the end.
fn public_url(text: &str) -> Result<String> {
    let address = text.trim().trim_end_matches('/');
    match address.split_once("://") {
        Some(("http" | "https", host)) if !host.is_empty() => Ok(address.to_owned()),
        Some(_) | None => bail!("`public_url` is an address such as https://klinke.example"),
    }
}

/// Address, certificate and key belong together.
fn tls(options: &ServeOptions, file: &File) -> Result<Option<TlsSettings>> {
    let address = options.sip_tls.or(file.sip_tls);
    let certificate = options.sip_tls_cert.as_ref().or(file.sip_tls_cert.as_ref());
    let key = options.sip_tls_key.as_ref().or(file.sip_tls_key.as_ref());
    match (address, certificate, key) {
        (None, None, None) => Ok(None),
        (Some(address), Some(certificate), Some(key)) => Ok(Some(TlsSettings::new(
            address,
            certificate.clone(),
            key.clone(),
        ))),
        _ => bail!("TLS for phones needs an address, a certificate and its key"),
    }
}

fn read_file(path: &Path) -> Result<File> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    parse(&text).with_context(|| format!("{} is not a configuration", path.display()))
}

fn parse(text: &str) -> Result<File> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        // Not the line itself: there may be a password in it.
        let start = error.span().map_or(0, |span| span.start);
        let line = text.get(..start).unwrap_or(text).matches('\n').count() + 1;
        anyhow!("line {line}: {}", error.message())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let error = parse("http = \"127.0.0.1:8080\"\nport = 5\n")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("line 2") && error.contains("port"),
            "{error}"
        );
    }

    #[test]
    fn a_password_is_not_in_the_error() {
        for text in [
            "[trunk]\naddress = \"x\"\npasword = \"geheim\"\n",
            "[trunk]\naddress = \"x\"\npassword = \"geheim\n",
            "[trunk]\npassword = \"geheim\"\n",
            "[trunk]\naddress = \"x\"\npassword = 4711\n",
            "[trunk]\naddress = \"x\"\npassword = [\"geheim\"]\n",
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains("line "), "{error}");
            assert!(
                !error.contains("geheim") && !error.contains("4711"),
                "{error}"
            );
        }
        let error = parse("[trunk]\naddress = \"x\"\npasword = \"geheim\"\n").unwrap_err();
        assert!(error.to_string().contains("line 3") && error.to_string().contains("pasword"));
    }

    #[test]
    fn tls_needs_all_of_its_three_options() {
        let mut options = ServeOptions {
            sip_tls: Some("127.0.0.1:5061".parse().unwrap()),
            sip_tls_cert: Some("cert.pem".into()),
            ..ServeOptions::default()
        };
        assert!(Config::read(&options).is_err());
        options.sip_tls_key = Some("key.pem".into());
        let tls = Config::read(&options).unwrap().sip_tls.unwrap();
        assert_eq!(tls.key, PathBuf::from("key.pem"));
    }

    #[test]
    fn the_command_line_comes_before_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("klinke.toml");
        std::fs::write(
            &path,
            "http = \"127.0.0.1:1\"\nsip = \"127.0.0.1:2\"\nactivation = \"manual\"\n",
        )
        .unwrap();
        let options = ServeOptions {
            config: Some(path),
            http: Some("127.0.0.1:3".parse().unwrap()),
            ..ServeOptions::default()
        };
        let config = Config::read(&options).unwrap();
        assert_eq!((config.http.port(), config.sip.port()), (3, 2));
        assert_eq!(config.activation, BackEnd::Manual);
        assert_eq!(config.sip_server, None);
    }
}
