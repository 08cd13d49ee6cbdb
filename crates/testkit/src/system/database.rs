//! The database of one test: SQLite, or PostgreSQL when the environment names a server.

use std::sync::Arc;

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use store::SharedStore;
use uuid::Uuid;

/// An empty database that goes when this is dropped.
pub enum Database {
    /// A file in a temporary folder.
    Sqlite(store_sqlite::scratch::Scratch),
    /// A database on the server that `KLINKE_TEST_DATABASE` names.
    Postgres(Box<store_postgres::scratch::Scratch>),
}

macro_rules! either {
    ($self:ident, $scratch:ident => $work:expr) => {
        match $self {
            Self::Sqlite($scratch) => $work,
            Self::Postgres($scratch) => $work,
        }
    };
}

impl Database {
    /// Makes one.
    #[expect(
        clippy::disallowed_methods,
        reason = "the test run chooses the database"
    )]
    pub async fn create() -> Self {
        match std::env::var("KLINKE_TEST_DATABASE") {
            Ok(server) => {
                let scratch = store_postgres::scratch::Scratch::create(&server).await;
                Self::Postgres(Box::new(scratch.unwrap()))
            }
            Err(_) => Self::Sqlite(store_sqlite::scratch::Scratch::create().unwrap()),
        }
    }

    /// Opens it; again after a close, as a restart does.
    pub async fn open(&self) -> SharedStore {
        match self {
            Self::Sqlite(scratch) => Arc::new(scratch.open().await.unwrap()),
            Self::Postgres(scratch) => Arc::new(scratch.open().await.unwrap()),
        }
    }

    /// Carries out SQL, to bring about what no use case does.
    pub async fn execute(&self, sql: &str) {
        either!(self, scratch => scratch.execute(sql).await.unwrap());
    }

    /// `table.column` of every place that holds this id.
    pub async fn places_of(&self, id: Uuid) -> Vec<String> {
        either!(self, scratch => scratch.places_of(id).await.unwrap())
    }

    /// Whether these bytes stand anywhere in the database: as they are, in hexadecimal or in Base64.
    pub async fn holds(&self, secret: &[u8]) -> bool {
        let dump = either!(self, scratch => scratch.dump().await.unwrap());
        let forms = [
            secret.to_vec(),
            HEXLOWER.encode(secret).into_bytes(),
            BASE64.encode(secret).into_bytes(),
            BASE64URL_NOPAD.encode(secret).into_bytes(),
        ];
        forms
            .iter()
            .any(|form| dump.windows(form.len()).any(|window| window == form))
    }
}
