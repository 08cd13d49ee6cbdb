//! What both databases keep: the same tests, compiled where the queries are.

mod access;
mod activation;
mod calls;
mod deletion;
mod directory;
pub(crate) mod follow;
mod idempotency;
mod isolation;
mod isolation_lists;
mod jobs;
mod pages;
pub(crate) mod races;
mod transactions;
pub(crate) mod world;

pub(crate) use world::{Company, Person, World};
