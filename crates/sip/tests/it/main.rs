//! The crate seen from outside: messages, transcripts on virtual time, datagrams over real sockets, a real softphone.
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod desk;
mod digest;
mod house;
mod messages;
mod registrar;
mod sockets;
mod softphone;
mod stateless;
