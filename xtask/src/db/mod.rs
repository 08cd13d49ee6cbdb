//! `cargo xtask db`: the two stores, their query descriptions and their migrations.

mod facts;
mod parity;
mod postgres;
mod queries;
mod sqlite;

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;
use tempfile::TempDir;

use crate::postgres::Postgres;
use crate::workspace;

/// What to do with the databases.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Write the descriptions of all queries (`crates/store-*/.sqlx`) from live databases
    Prepare,
    /// Fail unless the committed descriptions are what `prepare` would write
    Check,
    /// Fail unless both sets of migrations make the same schema
    Parity,
}

/// Carries out one of the commands on fresh databases.
pub(crate) fn run(command: &Command) -> Result<()> {
    let databases = Databases::create()?;
    match command {
        Command::Prepare => queries::prepare(&databases),
        Command::Check => queries::check(&databases),
        Command::Parity => parity::check(&databases),
    }
}

/// A fresh database of each kind with all migrations applied; gone when dropped.
struct Databases {
    sqlite: PathBuf,
    postgres: String,
    _cluster: Postgres,
    _folder: TempDir,
}

impl Databases {
    fn create() -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("klinke-sqlite-")
            .tempdir()?;
        let sqlite = folder.path().join("klinke.db");
        sqlite::create(&sqlite, &migrations("store-sqlite")?)?;
        let cluster = Postgres::start()?;
        let postgres = cluster.create_database("klinke")?;
        postgres::migrate(&postgres, &migrations("store-postgres")?)?;
        Ok(Self {
            sqlite,
            postgres,
            _cluster: cluster,
            _folder: folder,
        })
    }
}

/// The migrations of a store, in the order of their numbers.
fn migrations(store: &str) -> Result<Vec<PathBuf>> {
    let folder = workspace::root()
        .join("crates")
        .join(store)
        .join("migrations");
    let mut files = workspace::files(&folder, &["sql"])?;
    files.sort_by_key(|path| number(&path.file_name().unwrap_or_default().to_string_lossy()));
    Ok(files)
}

fn number(name: &str) -> Option<u64> {
    name.split('_').next()?.parse().ok()
}
