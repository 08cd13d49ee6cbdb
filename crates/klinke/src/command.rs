//! The command line; every option of `serve` can stand in the environment and in the configuration file too.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};
use media::PortRange;
use model::Role;
use service::activation::BackEnd;

/// A business telephone system, and the administration of the people who use it.
#[derive(Parser)]
#[command(name = "klinke", version, about)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serves portal and API.
    Serve(ServeOptions),
    /// Makes a token for the API and prints it.
    Token(TokenOptions),
    /// Resets an operator's account, with authenticator app and passkeys, and prints the link for a new password.
    OperatorLink(OperatorLinkOptions),
}

#[derive(Args, Default)]
pub(crate) struct ServeOptions {
    /// Configuration file (TOML).
    #[arg(long, value_name = "FILE", env = "KLINKE_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Directory for the database and the key.
    #[arg(long, value_name = "DIR", env = "KLINKE_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// Where portal and API listen.
    #[arg(long, value_name = "ADDR", env = "KLINKE_HTTP")]
    pub(crate) http: Option<SocketAddr>,
    /// Where phones log in.
    #[arg(long, value_name = "ADDR", env = "KLINKE_SIP")]
    pub(crate) sip: Option<SocketAddr>,
    /// Ports for music and announcements, FIRST-LAST.
    #[arg(long, value_name = "PORTS", env = "KLINKE_RTP")]
    pub(crate) rtp: Option<PortRange>,
    /// Where phones log in over TLS.
    #[arg(long, value_name = "ADDR", env = "KLINKE_SIP_TLS")]
    pub(crate) sip_tls: Option<SocketAddr>,
    /// Certificate for phones (PEM), with those between it and its root.
    #[arg(long, value_name = "FILE", env = "KLINKE_SIP_TLS_CERT")]
    pub(crate) sip_tls_cert: Option<PathBuf>,
    /// The certificate's key (PEM).
    #[arg(long, value_name = "FILE", env = "KLINKE_SIP_TLS_KEY")]
    pub(crate) sip_tls_key: Option<PathBuf>,
    /// postgres://… instead of the database in the data directory.
    #[arg(
        long,
        value_name = "URL",
        env = "KLINKE_DATABASE",
        hide_env_values = true
    )]
    pub(crate) database: Option<String>,
    /// Who activates users: automatic, manual or webhook.
    #[arg(long, value_name = "WHO", env = "KLINKE_ACTIVATION")]
    pub(crate) activation: Option<BackEnd>,
    /// In an empty database, makes a small company to look around in and prints its logins.
    #[arg(long)]
    pub(crate) demo: bool,
}

#[derive(Args)]
pub(crate) struct TokenOptions {
    /// Directory of the database.
    #[arg(
        long,
        value_name = "DIR",
        env = "KLINKE_DATA",
        required_unless_present = "database"
    )]
    pub(crate) data: Option<PathBuf>,
    /// postgres://… instead of the database in the data directory.
    #[arg(
        long,
        value_name = "URL",
        env = "KLINKE_DATABASE",
        hide_env_values = true
    )]
    pub(crate) database: Option<String>,
    /// operator, enterprise-admin or site-admin.
    #[arg(long, value_parser = role)]
    pub(crate) role: Role,
    /// Name of the enterprise, for its administrators.
    #[arg(long, value_name = "NAME")]
    pub(crate) enterprise: Option<String>,
    /// Name of the site, for a site administrator.
    #[arg(long, value_name = "NAME")]
    pub(crate) site: Option<String>,
}

#[derive(Args)]
pub(crate) struct OperatorLinkOptions {
    /// Configuration file (TOML).
    #[arg(long, value_name = "FILE", env = "KLINKE_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Directory of the database.
    #[arg(long, value_name = "DIR", env = "KLINKE_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// postgres://… instead of the database in the data directory.
    #[arg(
        long,
        value_name = "URL",
        env = "KLINKE_DATABASE",
        hide_env_values = true
    )]
    pub(crate) database: Option<String>,
    /// Username of the operator's account.
    #[arg(long, value_name = "NAME", default_value = service::setup::OPERATOR)]
    pub(crate) username: String,
}

fn role(text: &str) -> Result<Role, &'static str> {
    match text.parse() {
        Ok(role @ (Role::Operator | Role::EnterpriseAdmin | Role::SiteAdmin)) => Ok(role),
        Ok(Role::User) | Err(_) => Err("the role is operator, enterprise-admin or site-admin"),
    }
}
