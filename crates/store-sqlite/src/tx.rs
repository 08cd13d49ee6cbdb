//! A transaction on SQLite: a turn of the writer, or a connection that only reads.

use sqlx::SqliteConnection;
use store::{Error, Result};

use crate::{readers::Reader, writer::Turn};

/// A transaction.
pub(crate) enum Tx {
    /// Sees what was committed, statement by statement.
    Read(Reader),
    /// Changes things.
    Write(Turn),
}

/// What has a connection for queries.
pub(crate) trait Connected {
    /// The connection.
    fn connection(&mut self) -> &mut SqliteConnection;
}

impl Connected for Tx {
    fn connection(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Read(reader) => reader.connection(),
            Self::Write(turn) => turn.connection(),
        }
    }
}

impl Tx {
    pub(crate) async fn finish(self) -> Result<()> {
        match self {
            Self::Read(_) => Ok(()),
            Self::Write(turn) => turn.commit().await,
        }
    }
}

/// Wraps an error of the driver.
pub(crate) fn failed(error: sqlx::Error) -> Error {
    Error::database(error)
}
