//! The binary as its users meet it: started, asked, killed, started again.
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod client;
mod phones;
mod process;
mod registrations;
mod serve;
#[path = "../../../sip/tests/it/softphone.rs"]
mod softphone;
mod survive;
#[path = "../../../sip/tests/it/tone.rs"]
mod tone;
