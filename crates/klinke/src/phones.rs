//! The call engine: opening it to phones.

use std::sync::Arc;

use crate::config::Config;
use anyhow::{Context, Result};
use async_trait::async_trait;
use service::{Random, SystemRandom, directory::PhoneDirectory, secret::REALM};
use sip::{Events, Server, ServerSettings, Unavailable, directory::CallRecord, location::Change};

/// Listens for phones with UDP, TCP and, if wanted, TLS, and opens the trunk.
pub(crate) fn listen(config: &Config, directory: Arc<PhoneDirectory>) -> Result<Arc<Server>> {
    let mut secret = [0; 32];
    SystemRandom::default().fill(&mut secret);
    let mut settings = ServerSettings::new(config.sip, REALM, secret);
    settings.tls.clone_from(&config.sip_tls);
    settings.trunk.clone_from(&config.trunk);
    let server = Server::bind(&settings, directory, Arc::new(Log), Vec::new());
    Ok(Arc::new(server.with_context(|| {
        format!("listening for phones on {}", config.sip)
    })?))
}

/// Tells the log what the call engine reports.
struct Log;

#[async_trait]
impl Events for Log {
    async fn location_changed(&self, changes: &[Change]) -> Result<(), Unavailable> {
        for change in changes {
            match change {
                Change::Registered(registration) => {
                    tracing::debug!(login = registration.login, "a phone is logged in");
                }
                Change::Ended(registration, end) => {
                    tracing::debug!(login = registration.login, ?end, "a phone is logged out");
                }
            }
        }
        Ok(())
    }

    async fn calls_ended(&self, records: &[CallRecord]) -> Result<(), Unavailable> {
        for record in records {
            tracing::info!(
                caller = record.caller,
                dialled = record.dialled,
                answered_by = record.answered_by,
                code = record.code,
                why = record.why,
                "a call has ended"
            );
        }
        Ok(())
    }
}
