//! Users with telephones, and the systems they log in to.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use md5::{Digest, Md5};
use testkit::Softphone;

use crate::{
    contender::Contender,
    kamailio::{self, Kamailio, Passwords},
    server::Server,
    world::{Site, World},
};

/// Connections that add users at the same time.
const AT_ONCE: usize = 16;

/// A user's telephone account.
#[derive(Clone)]
pub(crate) struct Account {
    /// The user's.
    pub(crate) id: String,
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) extension: String,
}

/// The systems that are compared, with the same logins.
pub(crate) struct Systems {
    pub(crate) klinke: Server,
    pub(crate) world: World,
    pub(crate) accounts: Vec<Account>,
    /// Ourselves first.
    pub(crate) contenders: Vec<Contender>,
    // They end when they are dropped.
    _kamailios: Vec<Kamailio>,
}

impl Account {
    pub(crate) async fn phone(&self, at: &Contender) -> Result<Softphone> {
        Ok(Softphone::new(at.sip, &self.login, &self.password).await?)
    }

    /// What Kamailio keeps instead of the password.
    pub(crate) fn ha1(&self) -> String {
        let text = format!("{}:klinke:{}", self.login, self.password);
        HEXLOWER.encode(&Md5::digest(text.as_bytes()))
    }
}

impl Systems {
    /// Ourselves with new users, and Kamailio with their logins, where an empty `database` is there for it.
    pub(crate) async fn start(
        users: u64,
        database: Option<&str>,
        kamailios: &[Passwords],
    ) -> Result<Self> {
        let klinke = Server::start("automatic").await?;
        let world = World::make(&klinke, 1, users).await?;
        let accounts = accounts(&world, users).await?;
        let own = klinke.contender()?;
        own.settled().await?;
        let mut systems = Self {
            klinke,
            world,
            accounts,
            contenders: vec![own],
            _kamailios: Vec::new(),
        };
        if let Err(error) = systems.add(database, kamailios).await {
            println!("| Kamailio cannot be measured here: {error:#} | | |");
        }
        Ok(systems)
    }

    async fn add(&mut self, database: Option<&str>, kamailios: &[Passwords]) -> Result<()> {
        let database = database.context("no PostgreSQL")?;
        kamailio::version()?;
        kamailio::subscribers(database, &self.accounts)?;
        for passwords in kamailios {
            let kamailio = Kamailio::start(*passwords, database).await?;
            self.contenders.push(kamailio.contender(database)?);
            self._kamailios.push(kamailio);
        }
        Ok(())
    }
}

/// Adds users and gives what their phones log in with.
pub(crate) async fn accounts(world: &World, users: u64) -> Result<Vec<Account>> {
    let next = Arc::new(AtomicU64::new(0));
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..AT_ONCE {
        let (mut client, site) = (world.administrator().await?, world.sites[0].clone());
        let next = next.clone();
        workers.spawn(async move {
            let mut added = Vec::new();
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= users {
                    return anyhow::Ok(added);
                }
                added.push(add(&mut client, &site, n).await?);
            }
        });
    }
    let mut accounts = Vec::new();
    while let Some(added) = workers.join_next().await {
        accounts.extend(added??);
    }
    Ok(accounts)
}

async fn add(client: &mut crate::client::Client, site: &Site, n: u64) -> Result<Account> {
    let user = site.user(n);
    let added = client.post(&site.users_path(), &user).await?;
    let text = |value: &serde_json::Value| {
        let text = value.as_str().context("login details are text")?;
        anyhow::Ok(text.to_owned())
    };
    Ok(Account {
        id: text(&added["user"]["id"])?,
        login: text(&added["login_details"]["login"])?,
        password: text(&added["login_details"]["password"])?,
        extension: text(&user["extension"])?,
    })
}
