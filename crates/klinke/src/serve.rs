//! `klinke serve`: everything in one process.

use std::{net::SocketAddr, sync::Arc};

use anyhow::{Context, Result};
use model::JournalEntry;
use service::{
    Env, Live, Settings, SystemClock, SystemRandom,
    call_centre::{self, Desks},
    demo::{self, Login},
    directory::{self, PhoneDirectory},
    jobs, live, setup,
};
use sip::Server;
use store::JournalPlace;
use tokio::sync::{broadcast::Receiver, watch};

use crate::{
    command::ServeOptions, config::Config, key, listen, listen::StopSignals, observe, open, phones,
    post,
};

/// Serves until the process is asked to stop.
pub(crate) async fn run(options: &ServeOptions) -> Result<()> {
    let config = Config::read(options)?;
    observe::log(config.log_json);
    let metrics = observe::metrics()?;
    open::directory(&config.data)?;
    let key = Arc::new(key::key(&config.data)?);
    let store = open::store(Some(&config.data), config.database.as_deref()).await?;
    let directory = Arc::new(PhoneDirectory::new(
        store.clone(),
        key.clone(),
        Arc::new(SystemClock),
        Arc::new(SystemRandom::default()),
    ));
    // Before registrations are read: what other nodes change from now on is heard of.
    let before = store.journal_end().await?;
    let live = Live::default();
    let (door, notices) = call_centre::door();
    let (phones, audio) =
        phones::listen(&config, &store, directory.clone(), live.clone(), door).await?;
    let sip = phones.local_addr().context("phones have no address")?;
    let http = listen::bind(config.http).await?;
    let address = http.local_addr()?;
    let env = Env::new(
        store,
        Arc::new(SystemClock),
        Arc::new(SystemRandom::default()),
        key,
        settings(&config, sip, address),
    );
    let env = env
        .with_registrations(phones.clone(), live)
        .with_carrier(phones.clone())
        .with_orders(config.carrier.clone())
        .with_post(post::post(config.mail.as_ref(), &config.data)?);
    let env = Arc::new(env);
    // Before jobs run: the people of the demonstration stay in the states they are shown in.
    let demonstration = if options.demo {
        Some(demo::seed(&env).await.context("making the demonstration")?)
    } else {
        None
    };
    let (stop, stopped) = watch::channel(false);
    let router = web::server::router(env.clone()).merge(observe::routes(
        env.clone(),
        metrics,
        phones.clone(),
        audio,
    ));
    let serving = tokio::spawn(listen::serve(http, router, stopped));
    let desks = Desks::new(env.clone(), directory.clone(), phones.clone());
    let working = [
        tokio::spawn(call_centre::run(desks, notices, env.live.subscribe())),
        tokio::spawn(end_logins(directory, phones.clone(), env.live.subscribe())),
        tokio::spawn(follow(env.clone(), before)),
        tokio::spawn(jobs::work(env.clone())),
    ];
    let asked_to_stop = StopSignals::listen()?;
    let sips = phones
        .tls_addrs()
        .iter()
        .map(|sips| format!(" sips={sips}"));
    println!(
        "ready http=http://{address} sip={sip}{}",
        sips.collect::<String>()
    );
    if let Some(logins) = demonstration {
        show_logins(logins, address);
    }
    if let Some(token) = setup::operator_link(&env).await? {
        println!("setup: set the operator's password once at http://{address}/password/{token}");
    }
    asked_to_stop.asked().await;
    tracing::info!("stopping");
    stop.send_replace(true);
    serving.await??;
    phones.stop().await;
    for task in working {
        task.abort();
    }
    env.store.close().await;
    Ok(())
}

fn settings(config: &Config, sip: SocketAddr, http: SocketAddr) -> Settings {
    let server = config.sip_server.clone();
    let public_url = config.public_url.clone();
    Settings {
        activation: config.activation,
        sip_server: server.unwrap_or_else(|| sip.to_string()),
        sip_transport: "udp",
        call_record_days: config.call_record_days,
        public_url: public_url.unwrap_or_else(|| format!("http://{http}")),
        sip_tls_port: tls_port(config),
        audio_ports: config.rtp.ends(),
        activation_reminder_hours: config.activation_reminder_hours,
    }
}

fn tls_port(config: &Config) -> Option<u16> {
    let addresses = config.sip_tls.as_ref().map(|tls| &tls.addresses)?;
    addresses.first().map(SocketAddr::port)
}

async fn end_logins(
    directory: Arc<PhoneDirectory>,
    phones: Arc<Server>,
    entries: Receiver<Arc<JournalEntry>>,
) {
    directory::follow(&directory, &phones, entries).await;
}

async fn follow(env: Arc<Env>, from: JournalPlace) {
    live::follow(&env, from).await;
}

/// Says who can log in, as long as only this output knows.
fn show_logins(logins: Option<Vec<Login>>, address: SocketAddr) {
    match logins {
        None => println!("demo: there is something in the database already, nothing was added"),
        Some(logins) => {
            println!("demo: Muster GmbH is ready at http://{address}");
            for login in logins {
                println!(
                    "demo: {:<17} {:<28} {}",
                    login.role.name(),
                    login.name,
                    login.password
                );
            }
        }
    }
}
