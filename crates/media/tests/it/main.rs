//! The crate seen from outside: listeners on virtual time, descriptions as phones write them, files, real sockets.
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
#![allow(
    clippy::disallowed_methods,
    reason = "real sockets take real time; everything else is told it"
)]

mod convert;
mod hall;
mod sdp;
mod studio;
mod tone;
