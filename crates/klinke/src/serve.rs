//! `klinke serve`: everything in one process.

use std::sync::Arc;

use anyhow::{Context, Result};
use service::{Env, Settings, SystemClock, SystemRandom, demo, jobs, live, setup};
use tokio::sync::watch;

use crate::{command::ServeOptions, config::Config, key, listen, observe, open};

/// Serves until the process is asked to stop.
pub(crate) async fn run(options: &ServeOptions) -> Result<()> {
    let config = Config::read(options)?;
    observe::log(config.log_json);
    let metrics = observe::metrics()?;
    let env = Arc::new(environment(&config).await?);
    let http = listen::bind(config.http).await?;
    let address = http.local_addr()?;
    let (stop, stopped) = watch::channel(false);
    let router = web::server::router(env.clone()).merge(observe::routes(env.clone(), metrics));
    let serving = tokio::spawn(listen::serve(http, router, stopped));
    let working = [
        tokio::spawn(follow(env.clone())),
        tokio::spawn(jobs::work(env.clone())),
    ];
    println!("ready http=http://{address} sip={}", config.sip);
    greet(&env, options.demo, &format!("http://{address}")).await?;
    listen::asked_to_stop().await?;
    tracing::info!("stopping");
    stop.send_replace(true);
    serving.await??;
    for task in working {
        task.abort();
    }
    env.store.close().await;
    Ok(())
}

async fn environment(config: &Config) -> Result<Env> {
    open::directory(&config.data)?;
    let key = key::key(&config.data)?;
    let store = open::store(Some(&config.data), config.database.as_deref()).await?;
    let settings = Settings {
        activation: config.activation,
        sip_server: config.sip_server.clone(),
        sip_transport: "udp",
    };
    Ok(Env::new(
        store,
        Arc::new(SystemClock),
        Arc::new(SystemRandom::default()),
        key,
        settings,
    ))
}

async fn follow(env: Arc<Env>) {
    if let Err(error) = live::follow(&env).await {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "pages are not updated live"
        );
    }
}

/// Says who can log in, as long as only this output knows.
async fn greet(env: &Env, demo: bool, address: &str) -> Result<()> {
    if demo {
        match demo::seed(env).await.context("making the demonstration")? {
            None => println!("demo: there is something in the database already, nothing was added"),
            Some(logins) => {
                println!("demo: Muster GmbH is ready at {address}");
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
    if let Some(token) = setup::operator_link(env).await? {
        println!("setup: set the operator's password once at {address}/password/{token}");
    }
    Ok(())
}
