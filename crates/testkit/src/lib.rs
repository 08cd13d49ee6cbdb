//! A whole system in a test: a real database, a clock that stands still, chance that repeats itself.
//!
//! ```no_run
//! # async fn story() {
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
#![expect(
    clippy::unwrap_used,
    reason = "in a test, what goes wrong is told by a panic"
)]

mod access;
mod answer;
mod api;
mod browser;
mod chance;
mod clock;
mod company;
mod database;
mod people;
mod phones;
mod softphone;
mod system;

pub use access::{PASSWORD, SOURCE};
pub use answer::{Answer, HOST};
pub use api::Api;
pub use browser::{Browser, Form};
pub use chance::RepeatableRandom;
pub use clock::FakeClock;
pub use company::{TestEnterprise, TestSite};
pub use database::Database;
pub use phones::{Call, TestPhones};
pub use softphone::{Softphone, Talk};
pub use system::{TestSystem, sealing_key};
