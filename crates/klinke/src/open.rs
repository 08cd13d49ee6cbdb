//! Opening the database that was asked for.

use std::{path::Path, sync::Arc};

use anyhow::{Context, Result, bail};
use store::SharedStore;
use store_postgres::PostgresStore;
use store_sqlite::SqliteStore;

/// The database at the URL, else the one in the data directory.
pub(crate) async fn store(data: Option<&Path>, database: Option<&str>) -> Result<SharedStore> {
    match (database, data) {
        (Some(url), _) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
            // The URL holds a password and is not repeated.
            Ok(Arc::new(
                PostgresStore::connect(url)
                    .await
                    .context("connecting to the PostgreSQL database")?,
            ))
        }
        (Some(_), _) => bail!(
            "--database takes a postgres:// URL; without it the data directory holds the database"
        ),
        (None, Some(data)) => {
            let file = data.join("klinke.db");
            let store = SqliteStore::open(&file).await;
            Ok(Arc::new(
                store.with_context(|| format!("opening {}", file.display()))?,
            ))
        }
        (None, None) => bail!("--data or --database says where the database is"),
    }
}

/// The same for a command that works on what `serve` has made.
pub(crate) async fn existing(data: Option<&Path>, database: Option<&str>) -> Result<SharedStore> {
    if let Some(data) = data.filter(|_| database.is_none())
        && !data.join("klinke.db").exists()
    {
        let folder = data.display();
        bail!("there is no database in {folder}; start `klinke serve` first");
    }
    store(data, database).await
}

/// The data directory, made where needed and kept from others.
pub(crate) fn directory(data: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(data)
        .with_context(|| format!("making the data directory {}", data.display()))
}
