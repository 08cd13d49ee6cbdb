//! Opening the database file, and handing out transactions.

use std::{path::Path, time::Duration};

use async_trait::async_trait;
use model::JournalEntry;
use sqlx::{
    ConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use store::{JournalPlace, Result, Store};
use tokio::sync::watch;

use crate::{Tx, dialect, failed, readers::Readers, writer::Writer};

/// A database in one file.
pub struct SqliteStore {
    readers: Readers,
    writer: Writer,
    changed: watch::Receiver<()>,
}

impl SqliteStore {
    /// Opens the file, making and migrating it where needed.
    ///
    /// # Errors
    /// When the file cannot be opened, or was migrated by a newer version.
    pub async fn open(file: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(256)
            .disable_statement_logging();
        let mut connection = options.connect().await.map_err(failed)?;
        sqlx::migrate!()
            .run(&mut connection)
            .await
            .map_err(store::Error::database)?;
        let readers = Readers::new(options);
        let (sender, changed) = watch::channel(());
        Ok(Self {
            readers,
            writer: Writer::new(connection, sender),
            changed,
        })
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn read(&self) -> Result<Box<dyn store::Tx>> {
        Ok(Box::new(Tx::Read(self.readers.acquire().await?)))
    }

    async fn write(&self) -> Result<Box<dyn store::Tx>> {
        Ok(Box::new(Tx::Write(self.writer.begin().await?)))
    }

    fn changed(&self) -> watch::Receiver<()> {
        self.changed.clone()
    }

    async fn journal_end(&self) -> Result<JournalPlace> {
        let mut tx = Tx::Read(self.readers.acquire().await?);
        dialect::journal_end(&mut tx).await
    }

    async fn journal_after(
        &self,
        place: JournalPlace,
    ) -> Result<Vec<(JournalPlace, JournalEntry)>> {
        let mut tx = Tx::Read(self.readers.acquire().await?);
        dialect::journal_after(&mut tx, place).await
    }

    async fn close(&self) {
        self.readers.close();
        self.writer.close().await;
    }
}
