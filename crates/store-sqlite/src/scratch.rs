//! A database for one test, and a look into it past the queries.

use std::{fs, path::PathBuf};

use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};
use store::Result;
use tempfile::TempDir;

use crate::{SqliteStore, failed};

/// An empty database in a folder that goes when this is dropped.
pub struct Scratch(TempDir);

impl Scratch {
    /// Makes one.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn create() -> Result<Self> {
        TempDir::new().map(Self).map_err(store::Error::database)
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("klinke.db")
    }

    /// Opens it; again after a close, as a restart does.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open(&self) -> Result<SqliteStore> {
        SqliteStore::open(&self.file()).await
    }

    /// A connection beside the store.
    pub(crate) async fn connect(&self) -> Result<SqliteConnection> {
        let url = format!("sqlite://{}", self.file().display());
        SqliteConnection::connect(&url).await.map_err(failed)
    }

    /// Carries out SQL, to bring about what no use case does.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn execute(&self, sql: &str) -> Result<()> {
        let mut connection = self.connect().await?;
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .map(|_| ())
            .map_err(failed)
    }

    /// Every `table.column`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn columns(&self) -> Result<Vec<(String, String)>> {
        let mut connection = self.connect().await?;
        let rows = sqlx::query(
            "select t.name, c.name from sqlite_schema t, pragma_table_info(t.name) c
             where t.type = 'table' and t.name not like '\\_sqlx%' escape '\\' order by 1, 2",
        )
        .fetch_all(&mut connection)
        .await
        .map_err(failed)?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    /// `table.column` of every place that holds this id, as a value or inside a text.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn places_of(&self, id: uuid::Uuid) -> Result<Vec<String>> {
        let mut connection = self.connect().await?;
        let mut places = Vec::new();
        for (table, column) in self.columns().await? {
            let found: i64 = sqlx::query_scalar(AssertSqlSafe(format!(
                r#"select count(*) from "{table}" where "{column}" = $1 or instr("{column}", $2) > 0"#
            )))
            .bind(id)
            .bind(id.to_string())
            .fetch_one(&mut connection)
            .await
            .map_err(failed)?;
            if found > 0 {
                places.push(format!("{table}.{column}"));
            }
        }
        Ok(places)
    }

    /// Everything that lies on the disk, freed pages and the write-ahead log included.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub async fn dump(&self) -> Result<Vec<u8>> {
        let mut all = Vec::new();
        for entry in fs::read_dir(self.0.path()).map_err(store::Error::database)? {
            let path = entry.map_err(store::Error::database)?.path();
            all.extend(fs::read(path).map_err(store::Error::database)?);
        }
        Ok(all)
    }
}

#[cfg(test)]
impl Scratch {
    pub(crate) async fn for_contract() -> Self {
        Self::create().unwrap()
    }

    /// What lies in the files at this moment.
    pub(crate) fn copy_of(other: &Self) -> Self {
        let copy = Self::create().unwrap();
        for suffix in ["", "-wal"] {
            let name = format!("klinke.db{suffix}");
            fs::copy(other.0.path().join(&name), copy.0.path().join(&name)).unwrap();
        }
        copy
    }

    /// Table, column and `on delete` of every foreign key to the table.
    pub(crate) async fn references_to(&self, table: &str) -> Vec<(String, String, String)> {
        let rows = sqlx::query(
            r#"select t.name, f."from", lower(f.on_delete)
               from sqlite_schema t, pragma_foreign_key_list(t.name) f
               where t.type = 'table' and f."table" = $1"#,
        )
        .bind(table)
        .fetch_all(&mut self.connect().await.unwrap())
        .await
        .unwrap();
        rows.iter()
            .map(|row| (row.get(0), row.get(1), row.get(2)))
            .collect()
    }
}
