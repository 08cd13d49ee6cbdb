//! `cargo +nightly fuzz run message`.
#![no_main]

#[allow(dead_code, reason = "each target runs one body")]
#[path = "../../crates/sip/tests/it/harness.rs"]
mod harness;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| harness::message(bytes));
