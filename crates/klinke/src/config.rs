//! The configuration: defaults, then the file, then the environment, then the command line.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;
use service::activation::BackEnd;

use crate::command::ServeOptions;

/// What the server runs with.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) data: PathBuf,
    pub(crate) http: SocketAddr,
    pub(crate) sip: SocketAddr,
    /// Host and port that phones are told, when something stands in front; else it is where the system listens.
    pub(crate) sip_server: Option<String>,
    pub(crate) database: Option<String>,
    pub(crate) activation: BackEnd,
    pub(crate) log_json: bool,
    /// How long call records are kept, in days.
    pub(crate) call_record_days: u32,
}

/// The file; an unknown key is refused with its line.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    http: Option<SocketAddr>,
    sip: Option<SocketAddr>,
    sip_server: Option<String>,
    database: Option<String>,
    activation: Option<String>,
    log_json: Option<bool>,
    call_record_days: Option<u32>,
}

impl Config {
    /// Puts the configuration together.
    pub(crate) fn read(options: &ServeOptions) -> Result<Self> {
        let file = options
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
        Ok(Self {
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
            activation: options
                .activation
                .or(activation)
                .unwrap_or(BackEnd::Automatic),
            log_json: file.log_json.unwrap_or_default(),
            call_record_days: file.call_record_days.unwrap_or(180),
        })
    }
}

fn read_file(path: &Path) -> Result<File> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    parse(&text).with_context(|| format!("{} is not a configuration", path.display()))
}

fn parse(text: &str) -> Result<File> {
    toml::from_str(text).map_err(|error| anyhow!("{}", error.to_string().trim_end()))
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
