//! `klinke operator-link`: an operator who can get in no more begins anew, with a one-time link printed once.

use std::sync::Arc;

use anyhow::{Result, anyhow};
use service::{
    Env, Error, Settings, SystemClock, SystemRandom, activation::BackEnd, second_factor,
};

use crate::{
    command::{OperatorLinkOptions, ServeOptions},
    config::Config,
    open,
};

/// Takes password, sessions and second factors from the account, and prints the link for a new password.
pub(crate) async fn run(options: &OperatorLinkOptions) -> Result<()> {
    let config = Config::read(&ServeOptions {
        config: options.config.clone(),
        data: options.data.clone(),
        database: options.database.clone(),
        ..ServeOptions::default()
    })?;
    let database = config.database.as_deref();
    let store = open::existing(Some(&config.data), database).await?;
    let public_url = config.public_url.clone();
    let settings = Settings {
        activation: BackEnd::Manual,
        sip_server: String::new(),
        sip_transport: "udp",
        call_record_days: config.call_record_days,
        public_url: public_url.unwrap_or_else(|| format!("http://{}", config.http)),
        sip_tls_port: None,
        audio_ports: (0, 0),
        activation_reminder_hours: config.activation_reminder_hours,
    };
    // A link seals nothing.
    let key = service::secret::SealingKey::new(&[0; 32]);
    let env = Env::new(
        store,
        Arc::new(SystemClock),
        Arc::new(SystemRandom::default()),
        key,
        settings,
    );
    let made = second_factor::operator_link(&env, &options.username).await;
    env.store.close().await;
    let token = made.map_err(|error| match error {
        Error::NotFound => anyhow!("the operator has no account {}", options.username),
        other => other.into(),
    })?;
    println!("{}/password/{token}", env.settings.public_url);
    Ok(())
}
