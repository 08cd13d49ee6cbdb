//! The call engine of a telephone system: SIP messages, registrar and calls.
//!
//! Everything but the server is free of IO: state machines take the time and a message and give out messages and
//! events. The business is seen only through the directory's traits.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "tests stop at the first surprise")
)]

pub mod message;
