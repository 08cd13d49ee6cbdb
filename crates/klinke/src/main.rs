//! `klinke`: the telephone system in one binary.

mod audio;
mod command;
mod config;
mod https;
mod key;
mod listen;
mod observe;
mod open;
mod operator_link;
mod phone_metrics;
mod phones;
mod post;
mod serve;
mod sounds;
mod token;
mod trunk;
mod webhook;

use std::process::ExitCode;

use clap::Parser;

use command::{Command, CommandLine};

fn main() -> ExitCode {
    let command = CommandLine::parse().command;
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    let done = runtime.block_on(async {
        match command {
            Command::Serve(options) => serve::run(&options).await,
            Command::Token(options) => token::run(&options).await,
            Command::OperatorLink(options) => operator_link::run(&options).await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

/// Says what went wrong, with the whole chain.
fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("klinke: {error:#}");
    ExitCode::FAILURE
}
