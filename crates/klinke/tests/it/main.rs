//! The binary as its users meet it: started, asked, killed, started again.
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod api_fuzz;
mod audio;
mod carrier;
mod carrier_orders;
mod client;
mod house;
mod hunt;
mod own_calls;
mod park;
mod phones;
mod pickup;
#[path = "../../../sip/tests/it/pjsua.rs"]
mod pjsua;
mod process;
mod queue;
mod registrations;
mod renewal;
mod serve;
mod services;
#[path = "../../../sip/tests/it/softphone.rs"]
mod softphone;
mod survive;
mod talk;
#[path = "../../../sip/tests/it/tone.rs"]
mod tone;
