//! What both databases keep: the same tests, compiled where the queries are.

mod access;
mod activation;
mod audio_files;
mod call_centres;
mod calls;
mod deletion;
mod directory;
pub(crate) mod follow;
mod group_calls;
mod help;
mod hunt_groups;
mod idempotency;
mod isolation;
mod isolation_lists;
mod jobs;
mod notices;
mod pages;
mod passwords;
pub(crate) mod races;
mod renewals;
mod second_factor;
mod services;
mod structure;
mod teams;
mod transactions;
mod user_drafts;
pub(crate) mod world;

pub(crate) use world::{Company, Person, World};
