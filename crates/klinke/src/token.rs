//! `klinke token`: a token for the API, printed once.

use std::sync::Arc;

use anyhow::{Result, anyhow};
use service::{Env, Error, Settings, SystemClock, SystemRandom, activation::BackEnd, api_token};

use crate::{command::TokenOptions, open};

/// Makes the token and prints it on a line of its own.
pub(crate) async fn run(options: &TokenOptions) -> Result<()> {
    let store = open::existing(options.data.as_deref(), options.database.as_deref()).await?;
    let settings = Settings {
        activation: BackEnd::Manual,
        sip_server: String::new(),
        sip_transport: "udp",
        call_record_days: 180,
        public_url: String::new(),
        sip_tls_port: None,
        audio_ports: (0, 0),
        activation_reminder_hours: 24,
    };
    // A token seals nothing.
    let key = service::secret::SealingKey::new(&[0; 32]);
    let env = Env::new(
        store,
        Arc::new(SystemClock),
        Arc::new(SystemRandom::default()),
        key,
        settings,
    );
    let made = api_token::add(
        &env,
        options.role,
        options.enterprise.as_deref(),
        options.site.as_deref(),
    )
    .await;
    env.store.close().await;
    let token = made.map_err(|error| match error {
        Error::NotFound => anyhow!("there is no such enterprise or site"),
        Error::Forbidden => {
            anyhow!("operator takes neither --enterprise nor --site, enterprise-admin takes --enterprise, site-admin both")
        }
        other => other.into(),
    })?;
    println!("{token}");
    Ok(())
}
