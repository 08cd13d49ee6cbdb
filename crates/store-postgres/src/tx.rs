//! A transaction on PostgreSQL.

use sqlx::{PgConnection, Postgres, Transaction, pool::PoolConnection};
use store::{Error, Result};

/// A transaction.
pub(crate) enum Tx {
    /// Sees what was committed, statement by statement.
    Read(PoolConnection<Postgres>),
    /// Changes things.
    Write(Transaction<'static, Postgres>),
}

/// What has a connection for queries.
pub(crate) trait Connected {
    /// The connection.
    fn connection(&mut self) -> &mut PgConnection;
}

impl Connected for Tx {
    fn connection(&mut self) -> &mut PgConnection {
        match self {
            Self::Read(connection) => connection,
            Self::Write(transaction) => transaction,
        }
    }
}

impl Tx {
    pub(crate) async fn finish(self) -> Result<()> {
        match self {
            Self::Read(_) => Ok(()),
            Self::Write(mut transaction) => {
                sqlx::query("notify klinke")
                    .execute(&mut *transaction)
                    .await
                    .map_err(failed)?;
                transaction.commit().await.map_err(failed)
            }
        }
    }
}

/// Wraps an error of the driver.
pub(crate) fn failed(error: sqlx::Error) -> Error {
    Error::database(error)
}
