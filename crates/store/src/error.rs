//! What can go wrong with a database.

/// A failure of the database, never of a rule.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database did not do what was asked.
    #[error("the database failed")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A stored value breaks a rule of the model.
    #[error("the stored {what} is not valid")]
    Corrupt {
        /// Column or row.
        what: &'static str,
    },
}

/// A result of the store.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Wraps an error of the database driver.
    pub fn database(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Database(error.into())
    }
}
