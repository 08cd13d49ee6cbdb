//! Use cases, one per file: authorise, check, write, journal, enqueue, in one transaction.
//!
//! Every use case takes the [`Env`] and an [`Actor`], which only authentication makes. What an actor may not know of is
//! [`Error::NotFound`]; what they may know but not do is [`Error::Forbidden`] (R4).

pub mod account;
pub mod activation;
mod actor;
pub mod administrator;
pub mod administrator_change;
pub mod administrator_reset;
pub mod api_token;
mod attempts;
pub mod audio;
pub mod call_centre;
pub mod call_record;
pub mod call_services;
pub mod demo;
pub mod department;
pub mod directory;
pub mod enterprise;
pub mod enterprise_change;
mod env;
mod error;
mod forward_target;
pub mod group_call;
pub mod groups;
mod hashing;
pub mod help;
pub mod hunt_group;
pub mod jobs;
pub mod journal;
pub mod licence;
pub mod live;
pub mod login_details;
pub mod mail;
pub mod number;
pub mod number_state;
pub mod password;
pub mod password_rules;
pub mod phone_book;
pub mod profile;
pub mod reachability;
mod registrations;
pub mod renewal;
mod requests;
pub mod schedule;
pub mod second_factor;
pub mod secret;
pub mod session;
pub mod setup;
pub mod site;
pub mod team;
pub mod trunk;
pub mod usage;
pub mod user;
pub mod view;
pub mod virtual_user;

pub use actor::Actor;
pub use env::{Clock, Env, Random, Settings, SystemClock, SystemRandom};
pub use error::{Error, Result};
pub use live::Live;
pub use registrations::{Device, PhoneChanged, Registrations};
pub use second_factor::PendingLogin;
pub use store::{
    Account, ForwardOf, Forwarding, NotActive, PhoneBookEntry, Place, VirtualUserNotActive,
};
