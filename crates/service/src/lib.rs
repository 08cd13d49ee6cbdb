//! Use cases, one per file: authorise, check, write, journal, enqueue, in one transaction.
//!
//! Every use case takes the [`Env`] and an [`Actor`], which only authentication makes. What an actor may not know of is
//! [`Error::NotFound`]; what they may know but not do is [`Error::Forbidden`] (R4).

pub mod activation;
mod actor;
pub mod administrator;
pub mod api_token;
mod attempts;
pub mod call_record;
pub mod demo;
pub mod department;
pub mod directory;
pub mod enterprise;
mod env;
mod error;
mod hashing;
pub mod help;
pub mod jobs;
pub mod journal;
pub mod licence;
pub mod live;
pub mod login_details;
pub mod number;
pub mod password;
pub mod reachability;
mod registrations;
pub mod secret;
pub mod session;
pub mod setup;
pub mod site;
pub mod user;

pub use actor::Actor;
pub use env::{Clock, Env, Random, Settings, SystemClock, SystemRandom};
pub use error::{Error, Result};
pub use live::Live;
pub use registrations::{Device, PhoneChanged, Registrations};
pub use store::{Account, NotActive, Place};
