//! Connecting to the database, and handing out transactions.

use std::time::Duration;

use async_trait::async_trait;
use model::JournalEntry;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use store::{JournalPlace, Result, Store};
use tokio::sync::watch;

use crate::{Tx, dialect, failed};

/// A database on a server.
pub struct PostgresStore {
    readers: PgPool,
    writers: PgPool,
    changed: watch::Receiver<()>,
    listener: tokio::task::JoinHandle<()>,
}

impl PostgresStore {
    /// Connects, migrating where needed.
    ///
    /// # Errors
    /// When the server cannot be reached, or its schema was migrated by a newer version.
    pub async fn connect(url: &str) -> Result<Self> {
        Self::connect_with(url.parse().map_err(failed)?).await
    }

    pub(crate) async fn connect_with(options: PgConnectOptions) -> Result<Self> {
        let writers = pool(options.clone()).await?;
        sqlx::migrate!()
            .run(&writers)
            .await
            .map_err(store::Error::database)?;
        let readers = pool(options.options([("default_transaction_read_only", "on")])).await?;
        let (sender, changed) = watch::channel(());
        let listener = tokio::spawn(listen(readers.clone(), sender));
        Ok(Self {
            readers,
            writers,
            changed,
            listener,
        })
    }
}

async fn pool(options: PgConnectOptions) -> Result<PgPool> {
    PgPoolOptions::new()
        .max_connections(8)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .map_err(failed)
}

/// Tells of every commit of any node; where listening fails, once a second is the fallback.
async fn listen(pool: PgPool, changed: watch::Sender<()>) {
    let pause = Duration::from_secs(1);
    loop {
        if let Ok(mut listener) = PgListener::connect_with(&pool).await
            && listener.listen("klinke").await.is_ok()
        {
            changed.send_replace(());
            while !matches!(
                tokio::time::timeout(pause, listener.recv()).await,
                Ok(Err(_))
            ) {
                changed.send_replace(());
            }
        }
        if pool.is_closed() {
            return;
        }
        changed.send_replace(());
        pause_for(pause).await;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a connection that failed is tried again after a pause"
)]
async fn pause_for(pause: Duration) {
    tokio::time::sleep(pause).await;
}

#[async_trait]
impl Store for PostgresStore {
    async fn read(&self) -> Result<Box<dyn store::Tx>> {
        Ok(Box::new(Tx::Read(
            self.readers.acquire().await.map_err(failed)?,
        )))
    }

    async fn write(&self) -> Result<Box<dyn store::Tx>> {
        Ok(Box::new(Tx::Write(
            self.writers.begin().await.map_err(failed)?,
        )))
    }

    fn changed(&self) -> watch::Receiver<()> {
        self.changed.clone()
    }

    async fn journal_end(&self) -> Result<JournalPlace> {
        let mut tx = Tx::Read(self.readers.acquire().await.map_err(failed)?);
        dialect::journal_end(&mut tx).await
    }

    async fn journal_after(
        &self,
        place: JournalPlace,
    ) -> Result<Vec<(JournalPlace, JournalEntry)>> {
        let mut tx = Tx::Read(self.readers.acquire().await.map_err(failed)?);
        dialect::journal_after(&mut tx, place).await
    }

    async fn close(&self) {
        self.listener.abort();
        self.readers.close().await;
        self.writers.close().await;
    }
}
