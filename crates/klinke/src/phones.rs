//! The call engine: opening it to phones.

use std::sync::Arc;

use crate::{audio::Audio, config::Config};
use anyhow::{Context, Result};
use service::{
    Clock, Live, Random, SystemClock, SystemRandom,
    call_centre::Door,
    directory::{self, CallEvents, PhoneDirectory},
    secret::REALM,
};
use sip::{Server, ServerSettings};
use store::SharedStore;

/// Listens for phones with UDP, TCP and, if wanted, TLS, and opens the trunk; phones that were logged in before a restart
/// still are.
pub(crate) async fn listen(
    config: &Config,
    store: &SharedStore,
    directory: Arc<PhoneDirectory>,
    live: Live,
    door: Door,
) -> Result<(Arc<Server>, Arc<Audio>)> {
    let random = SystemRandom::default();
    let mut secret = [0; 32];
    random.fill(&mut secret);
    let mut settings = ServerSettings::new(config.sip, REALM, secret);
    settings.tls.clone_from(&config.sip_tls);
    settings.trunk.clone_from(&config.trunk);
    let audio = Audio::start(config.rtp, &random, store.clone());
    let audio = audio.context("starting the engine's own audio")?;
    settings.media = Some(audio.clone());
    let stored = directory::registrations(store, SystemClock.now())
        .await
        .context("reading who was logged in")?;
    settings.attendants = Some(Arc::new(door));
    let random = Arc::new(random);
    let events = CallEvents::new(store.clone(), random, directory.clone(), live);
    let server = Server::bind(&settings, directory, Arc::new(events), stored);
    let server = server.with_context(|| format!("listening for phones on {}", config.sip))?;
    let server = Arc::new(server);
    audio.tell(&server);
    Ok((server, audio))
}
