//! What has to be told about the carrier.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

/// What carries the messages to the carrier.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub enum TrunkTransport {
    #[default]
    Udp,
    Tcp,
    Tls,
}

impl TrunkTransport {
    /// UDP, TCP or TLS.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            TrunkTransport::Udp => "UDP",
            TrunkTransport::Tcp => "TCP",
            TrunkTransport::Tls => "TLS",
        }
    }
}

/// One carrier.
#[derive(Clone, Debug)]
pub struct TrunkSettings {
    /// Name or address, with a port where it is not 5060 (TLS: 5061).
    pub address: String,
    /// What carries the messages.
    pub transport: TrunkTransport,
    /// Where its calls come from; without any, the addresses of `address`.
    pub trusted: Vec<IpAddr>,
    /// How we prove who we are.
    pub credentials: Option<TrunkCredentials>,
    /// Given where the carrier wants us to register.
    pub registration: Option<TrunkRegistration>,
    /// Domain of the addresses in From and To; the host of `address` unless given.
    pub domain: Option<String>,
    /// Certificates (PEM) of those who may vouch for the carrier's own; the usual ones unless given.
    pub roots: Option<PathBuf>,
}

/// Name and password at the carrier.
#[derive(Clone)]
pub struct TrunkCredentials {
    /// User name.
    pub username: String,
    /// Password; never printed.
    pub password: String,
    /// The only realm they are shown to, when given.
    pub realm: Option<String>,
}

impl fmt::Debug for TrunkCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrunkCredentials")
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}

/// Our registration there.
#[derive(Clone, Debug)]
pub struct TrunkRegistration {
    /// User part of the address of record.
    pub user: String,
    /// User part of our contact, which the carrier may call instead of the number.
    pub contact_user: String,
    /// For how long, seconds; the carrier may grant another time.
    pub expires: u32,
}

impl TrunkSettings {
    /// A carrier at this address over UDP that knows us by our own.
    #[must_use]
    pub fn new(address: &str) -> TrunkSettings {
        TrunkSettings {
            address: address.to_owned(),
            transport: TrunkTransport::default(),
            trusted: Vec::new(),
            credentials: None,
            registration: None,
            domain: None,
            roots: None,
        }
    }

    /// Host, without brackets, and port.
    #[must_use]
    pub fn host_port(&self) -> (&str, u16) {
        let default = match self.transport {
            TrunkTransport::Udp | TrunkTransport::Tcp => 5060,
            TrunkTransport::Tls => 5061,
        };
        match self.address.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
                (unbracketed(host), port.parse().unwrap_or(default))
            }
            _ => (unbracketed(&self.address), default),
        }
    }

    pub(super) fn domain_or_host(&self) -> String {
        let host = || {
            let (host, _) = self.host_port();
            if host.contains(':') {
                format!("[{host}]")
            } else {
                host.to_owned()
            }
        };
        self.domain.clone().unwrap_or_else(host)
    }
}

fn unbracketed(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_and_port_are_told_apart() {
        for (address, host, port) in [
            ("sip.example", "sip.example", 5060),
            ("sip.example:5070", "sip.example", 5070),
            ("192.0.2.1:5080", "192.0.2.1", 5080),
            ("[2001:db8::1]:5080", "2001:db8::1", 5080),
            ("[2001:db8::1]", "2001:db8::1", 5060),
            ("2001:db8::1", "2001:db8::1", 5060),
        ] {
            let settings = TrunkSettings::new(address);
            assert_eq!(settings.host_port(), (host, port), "{address}");
        }
        let tls = TrunkSettings {
            transport: TrunkTransport::Tls,
            ..TrunkSettings::new("sip.example")
        };
        assert_eq!(tls.host_port().1, 5061);
    }
}
