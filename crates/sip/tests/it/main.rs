//! The crate seen from outside: messages, transcripts on virtual time, datagrams over real sockets, a real softphone.
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
#![allow(
    clippy::disallowed_methods,
    reason = "real sockets and phones take real time; the long runs are chosen in the environment"
)]

mod attended;
mod attended_ends;
mod audio;
mod calls;
mod carrier;
mod connections;
mod dead_contacts;
mod desk;
mod digest;
mod fuzzed;
mod glare;
mod group_faults;
mod hand;
mod hard;
mod harness;
mod house;
mod hunting;
mod loops;
mod messages;
mod metrics;
mod modern;
mod mutations;
mod network;
mod own_calls;
mod panics;
mod parking;
mod parking_ends;
mod pickup;
mod pjsua;
mod real_phones;
mod registrar;
mod reliable;
mod reliable_offers;
mod scripted;
mod second_stack;
mod session_timers;
mod sockets;
mod softphone;
mod stateless;
mod tls;
mod tone;
mod torture;
mod trunk;
mod trunk_registration;
mod trunk_sockets;
mod update;
