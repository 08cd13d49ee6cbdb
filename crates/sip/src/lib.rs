//! The call engine of a telephone system: SIP messages, registrar and calls.
//!
//! Everything but the server is free of IO: state machines take the time and a message and give out messages and
//! events. The business is seen only through the directory's traits.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "tests stop at the first surprise")
)]

pub mod attend;
pub mod call;
pub mod dialog;
pub mod digest;
pub mod directory;
pub mod flow;
pub mod guard;
pub mod location;
pub mod media;
pub mod message;
pub mod metrics;
pub mod own_calls;
pub mod park;
pub mod registrar;
#[expect(
    clippy::disallowed_methods,
    reason = "the driver owns the clock and the waiting; the rest is told the time"
)]
pub mod server;
pub mod stateless;
pub mod time;
mod timer;
pub mod transaction;
pub mod trunk;
pub mod visit;

pub use directory::{Directory, Events, Login, Unavailable};
pub use flow::{Flow, Transmit, Transport};
pub use server::{Server, ServerSettings};
pub use time::Time;
pub use trunk::TrunkSettings;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks even after a panic elsewhere: everything behind our locks is changed as a whole.
pub(crate) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
