//! A database for one test, and a look into it past the queries.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::atomic::{AtomicU32, Ordering},
};

use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, postgres::PgConnectOptions};
use store::Result;

use crate::{PostgresStore, failed};

/// Numbers the databases of this process.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// An empty database, copied from a migrated template and dropped with this.
pub struct Scratch {
    server: PgConnectOptions,
    name: String,
}

impl Scratch {
    /// Makes one on the server that the address names; its user may create databases.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub async fn create(server: &str) -> Result<Self> {
        let server: PgConnectOptions = server.parse().map_err(failed)?;
        let template = template(&server).await?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("klinke_scratch_{}_{number}", std::process::id());
        let mut connection = PgConnection::connect_with(&server).await.map_err(failed)?;
        run(
            &mut connection,
            &format!("drop database if exists {name} with (force)"),
        )
        .await?;
        run(
            &mut connection,
            &format!("create database {name} template {template}"),
        )
        .await?;
        Ok(Self { server, name })
    }

    fn options(&self) -> PgConnectOptions {
        self.server.clone().database(&self.name)
    }

    /// Opens it; again after a close, as a restart does.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open(&self) -> Result<PostgresStore> {
        PostgresStore::connect_with(self.options()).await
    }

    /// A connection beside the store.
    pub(crate) async fn connect(&self) -> Result<PgConnection> {
        PgConnection::connect_with(&self.options())
            .await
            .map_err(failed)
    }

    /// Carries out SQL, to bring about what no use case does.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn execute(&self, sql: &str) -> Result<()> {
        run(&mut self.connect().await?, sql).await
    }

    /// Every `table.column`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn columns(&self) -> Result<Vec<(String, String)>> {
        let rows = sqlx::query(
            "select cast(table_name as text), cast(column_name as text) from information_schema.columns
             where table_schema = 'public' and table_name not like '\\_sqlx%' order by 1, 2",
        )
        .fetch_all(&mut self.connect().await?)
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
                r#"select count(*) from "{table}" where strpos(cast("{column}" as text), $1) > 0"#
            )))
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

    /// Every row of every table as text.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dump(&self) -> Result<Vec<u8>> {
        let mut connection = self.connect().await?;
        let mut all = Vec::new();
        for (table, column) in self.columns().await? {
            let text: Option<String> = sqlx::query_scalar(AssertSqlSafe(format!(
                r#"select string_agg(cast("{column}" as text), ' ') from "{table}""#
            )))
            .fetch_one(&mut connection)
            .await
            .map_err(failed)?;
            all.extend(text.unwrap_or_default().into_bytes());
        }
        Ok(all)
    }
}

/// The name of a migrated database that nobody is connected to; made by whoever needs it first.
async fn template(server: &PgConnectOptions) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    sqlx::migrate!()
        .iter()
        .for_each(|migration| migration.checksum.hash(&mut hasher));
    let name = format!("klinke_template_{:016x}", hasher.finish());
    let mut connection = PgConnection::connect_with(server).await.map_err(failed)?;
    // The lock is the connection's: it ends with it.
    run(&mut connection, "select pg_advisory_lock(720)").await?;
    let exists: bool =
        sqlx::query_scalar("select exists (select 1 from pg_database where datname = $1)")
            .bind(&name)
            .fetch_one(&mut connection)
            .await
            .map_err(failed)?;
    if !exists {
        let making = format!("{name}_making");
        run(
            &mut connection,
            &format!("drop database if exists {making} with (force)"),
        )
        .await?;
        run(&mut connection, &format!("create database {making}")).await?;
        let mut migrated = PgConnection::connect_with(&server.clone().database(&making))
            .await
            .map_err(failed)?;
        sqlx::migrate!()
            .run(&mut migrated)
            .await
            .map_err(store::Error::database)?;
        migrated.close().await.map_err(failed)?;
        run(
            &mut connection,
            &format!("alter database {making} rename to {name}"),
        )
        .await?;
    }
    connection.close().await.map_err(failed)?;
    Ok(name)
}

async fn run(connection: &mut PgConnection, sql: &str) -> Result<()> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await;
    done.map(|_| ()).map_err(failed)
}

impl Drop for Scratch {
    /// On a thread of its own, because a test's runtime may be over.
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async {
                let mut connection = PgConnection::connect_with(&server).await?;
                let sql = format!("drop database if exists {name} with (force)");
                sqlx::raw_sql(AssertSqlSafe(sql))
                    .execute(&mut connection)
                    .await?;
                Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
            })
        });
        if !matches!(dropping.join(), Ok(Ok(()))) {
            tracing::warn!(name = self.name, "a scratch database stays");
        }
    }
}

#[cfg(test)]
impl Scratch {
    #[expect(
        clippy::disallowed_methods,
        reason = "the test run provides the server"
    )]
    pub(crate) async fn for_contract() -> Self {
        let server = std::env::var("KLINKE_TEST_POSTGRES");
        let server =
            server.expect("`cargo xtask test` starts a PostgreSQL and sets KLINKE_TEST_POSTGRES");
        Self::create(&server).await.unwrap()
    }

    /// Table, column and `on delete` of every foreign key to the table.
    pub(crate) async fn references_to(&self, table: &str) -> Vec<(String, String, String)> {
        let rows = sqlx::query(
            "select cast(k.table_name as text), cast(k.column_name as text), lower(cast(r.delete_rule as text))
             from information_schema.referential_constraints r
             join information_schema.key_column_usage k on k.constraint_name = r.constraint_name
             join information_schema.constraint_column_usage c on c.constraint_name = r.constraint_name
             where c.table_name = $1",
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
