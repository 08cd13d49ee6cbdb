//! The connections that only read.
//!
//! A pool of our own, because sqlx's asks a connection whether it still lives whenever one is given back, which costs as much
//! as the query did; a connection to a file does not go away.

use std::sync::{Arc, Mutex, PoisonError};

use sqlx::{ConnectOptions, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{Error, Result};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::failed;

/// How many can read at once.
const AT_ONCE: usize = 4;

/// Hands out connections, made when they are first needed.
#[derive(Clone)]
pub(crate) struct Readers {
    options: SqliteConnectOptions,
    permits: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<SqliteConnection>>>,
}

/// A connection, until it is dropped.
pub(crate) struct Reader {
    connection: Option<SqliteConnection>,
    idle: Arc<Mutex<Vec<SqliteConnection>>>,
    _permit: OwnedSemaphorePermit,
}

impl Readers {
    pub(crate) fn new(options: SqliteConnectOptions) -> Self {
        let options = options.pragma("query_only", "on");
        Self {
            options,
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            idle: Arc::default(),
        }
    }

    pub(crate) async fn acquire(&self) -> Result<Reader> {
        let permit = self
            .permits
            .clone()
            .acquire_owned()
            .await
            .map_err(Error::database)?;
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.options.connect().await.map_err(failed)?,
        };
        Ok(Reader {
            connection: Some(connection),
            idle: self.idle.clone(),
            _permit: permit,
        })
    }

    /// No more reading.
    pub(crate) fn close(&self) {
        self.permits.close();
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

impl Reader {
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        self.connection
            .as_mut()
            .expect("a reader has its connection until it is dropped")
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(self.connection.take());
    }
}
