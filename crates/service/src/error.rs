//! What a use case can answer instead of doing it.

use model::{Field, Problem, Problems};

/// Why a use case was not carried out. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// For this actor there is no such thing (R4).
    #[error("not found")]
    NotFound,
    /// The actor may know of it, but not do it (R4).
    #[error("not allowed")]
    Forbidden,
    /// Nobody is logged in, or not with these credentials.
    #[error("not authenticated")]
    Unauthenticated,
    /// The password was good for a while only; a new one must be set (A5).
    #[error("the password has expired")]
    PasswordExpired,
    /// The password was right, and the account asks for a code besides.
    #[error("a code is wanted")]
    CodeWanted(crate::PendingLogin),
    /// Too many wrong passwords, or too many questions.
    #[error("too many attempts")]
    TooManyAttempts {
        /// When to try again, in seconds.
        retry_after_s: i64,
    },
    /// What was asked for breaks rules, or somebody else has it.
    #[error("the request breaks a rule")]
    Invalid(Problems),
    /// The user is not active, and cannot be deleted or configured (S5).
    #[error("the user is not active")]
    NotActive,
    /// The user is active already.
    #[error("the user is active already")]
    AlreadyActive,
    /// Only what has failed can be asked about (S4).
    #[error("the activation has not failed")]
    NotFailed,
    /// The order was decided about.
    #[error("the order is finished")]
    OrderFinished,
    /// The carrier took no order; it is tried again.
    #[error("the carrier: {0}")]
    Carrier(String),
    /// The user has no desk phone (U5).
    #[error("the user has no desk phone")]
    NoDeskPhone,
    /// It has changed since the actor looked at it.
    #[error("changed meanwhile")]
    Changed,
    /// The work is not over yet.
    #[error("the work is not over")]
    NotFinished,
    /// The same `Idempotency-Key` was used for another request.
    #[error("the idempotency key was used for another request")]
    IdempotencyMismatch,
    /// What the same request made earlier has been deleted meanwhile, or a one-time link was used up.
    #[error("gone")]
    Gone,
    /// A letter was not sent, or cannot be read.
    #[error(transparent)]
    Post(#[from] crate::mail::NotSent),
    /// The system itself failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Something else inside failed.
    #[error("internal: {0}")]
    Internal(&'static str),
}

/// A result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::Invalid(problems)
    }
}

impl Error {
    /// One field with one problem.
    #[must_use]
    pub fn field(field: Field, problem: Problem) -> Self {
        Self::Invalid(Problems::one(field, problem))
    }
}
