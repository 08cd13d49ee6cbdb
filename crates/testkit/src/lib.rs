//! A whole system in a test: a real database, a clock that stands still, chance that repeats itself.
//!
//! ```no_run
//! # #[cfg(feature = "system")] async fn story() {
//! let system = testkit::TestSystem::new().await;
//! let muster = system.enterprise("Muster GmbH").await;
//! let anna = system.add_user(&muster, "Anna Weber").await.user;
//! system.activate(anna.id).await;
//! system.clock.advance(3600);
//! # }
//! ```
//!
//! The database is SQLite in a temporary folder; with `KLINKE_TEST_DATABASE=postgres://…` it is a new database on that
//! server. Nothing sleeps, and nothing reads the real time.
//!
//! Without the feature `system` only the phone is left, for who needs phones and no system.
#![cfg_attr(
    feature = "system",
    expect(
        clippy::unwrap_used,
        reason = "in a test, what goes wrong is told by a panic"
    )
)]

mod golden;
mod softphone;
#[cfg(feature = "system")]
mod system;
mod wav;

pub use golden::assert_golden;
pub use softphone::{Softphone, Talk};
#[cfg(feature = "system")]
pub use system::*;
pub use wav::{tone_wav, wav};
