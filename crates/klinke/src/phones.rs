//! The call engine: opening it to phones.

use std::{net::SocketAddr, sync::Arc};

use anyhow::{Context, Result};
use service::{
    Clock, Live, Random, SystemClock, SystemRandom,
    directory::{self, CallEvents, PhoneDirectory},
    secret::REALM,
};
use sip::{Server, ServerSettings};
use store::SharedStore;

/// Listens for phones on the address, with UDP and TCP; those that were logged in before a restart still are.
pub(crate) async fn listen(
    address: SocketAddr,
    store: &SharedStore,
    directory: Arc<PhoneDirectory>,
    live: Live,
) -> Result<Arc<Server>> {
    let random = SystemRandom::default();
    let mut secret = [0; 32];
    random.fill(&mut secret);
    let settings = ServerSettings::new(address, REALM, secret);
    let stored = directory::registrations(store, SystemClock.now())
        .await
        .context("reading who was logged in")?;
    let random = Arc::new(random);
    let events = CallEvents::new(store.clone(), random, directory.clone(), live);
    let server = Server::bind(&settings, directory, Arc::new(events), stored);
    Ok(Arc::new(server.with_context(|| {
        format!("listening for phones on {address}")
    })?))
}
