//! `cargo +nightly fuzz run transactions`.
#![no_main]

#[allow(dead_code, reason = "each target runs one body")]
#[path = "../../crates/sip/tests/it/harness.rs"]
mod harness;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| harness::transactions(bytes));
