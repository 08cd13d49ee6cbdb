//! The call engine: opening it to phones.

use std::{net::SocketAddr, sync::Arc};

use anyhow::{Context, Result};
use async_trait::async_trait;
use service::{Random, SystemRandom, directory::PhoneDirectory, secret::REALM};
use sip::{Events, Server, ServerSettings, Unavailable, directory::CallRecord, location::Change};

/// Listens for phones on the address, with UDP and TCP.
pub(crate) fn listen(address: SocketAddr, directory: Arc<PhoneDirectory>) -> Result<Arc<Server>> {
    let mut secret = [0; 32];
    SystemRandom::default().fill(&mut secret);
    let settings = ServerSettings::new(address, REALM, secret);
    let server = Server::bind(&settings, directory, Arc::new(Log), Vec::new());
    Ok(Arc::new(server.with_context(|| {
        format!("listening for phones on {address}")
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
                "a call has ended"
            );
        }
        Ok(())
    }
}
