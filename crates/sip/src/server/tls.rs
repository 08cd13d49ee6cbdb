//! Our certificate, read again when its files change, and whom we believe as a carrier.

use super::settings::TlsSettings;
use crate::lock;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig};

/// What tells a changed file.
type Stamp = [Option<(SystemTime, u64)>; 2];

/// The certificate in force.
pub(super) struct Certificates {
    settings: TlsSettings,
    current: Mutex<(Stamp, Arc<ServerConfig>)>,
}

impl Certificates {
    /// Reads certificate and key.
    pub(super) fn load(settings: &TlsSettings) -> io::Result<Certificates> {
        let stamp = stamp(settings);
        Ok(Certificates {
            settings: settings.clone(),
            current: Mutex::new((stamp, server(settings)?)),
        })
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&lock(&self.current).1))
    }

    /// Looks at the files now and then until `stop` changes.
    pub(super) async fn watch(self: Arc<Self>, every: Duration, mut stop: watch::Receiver<bool>) {
        let mut ticks = interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = stop.changed() => return,
                _ = ticks.tick() => self.look(),
            }
        }
    }

    /// Files that cannot be used leave the old certificate in force; they are complained of once.
    fn look(&self) {
        let stamp = stamp(&self.settings);
        if lock(&self.current).0 == stamp {
            return;
        }
        let certificate = self.settings.certificate.display();
        match server(&self.settings) {
            Ok(config) => {
                *lock(&self.current) = (stamp, config);
                tracing::info!(%certificate, "the certificate for phones was read again");
            }
            Err(error) => {
                lock(&self.current).0 = stamp;
                tracing::warn!(%certificate, %error, "the new certificate for phones cannot be used, the old one stays");
            }
        }
    }
}

fn stamp(settings: &TlsSettings) -> Stamp {
    [&settings.certificate, &settings.key].map(|path| {
        let file = std::fs::metadata(path).ok()?;
        Some((file.modified().ok()?, file.len()))
    })
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn server(settings: &TlsSettings) -> io::Result<Arc<ServerConfig>> {
    let chain = certificates(&settings.certificate)?;
    let key = PrivateKeyDer::from_pem_file(&settings.key)
        .map_err(|error| wrong(&settings.key, &error.to_string()))?;
    let config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| wrong(&settings.certificate, &error.to_string()))?;
    Ok(Arc::new(config))
}

/// Believes whom `roots` vouch for, the usual ones without.
pub(super) fn client(roots: Option<&Path>) -> io::Result<Arc<ClientConfig>> {
    let mut store = RootCertStore::empty();
    match roots {
        None => store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(path) => {
            for root in certificates(path)? {
                store
                    .add(root)
                    .map_err(|error| wrong(path, &error.to_string()))?;
            }
        }
    }
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(store)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

fn certificates(path: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| wrong(path, &error.to_string()));
    chain.and_then(|chain| {
        if chain.is_empty() {
            Err(wrong(path, "there is no certificate in it"))
        } else {
            Ok(chain)
        }
    })
}

fn wrong(path: &Path, why: &str) -> io::Error {
    let text = format!("{}: {why}", path.display());
    io::Error::new(io::ErrorKind::InvalidData, text)
}
