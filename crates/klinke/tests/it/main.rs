//! The binary as its users meet it: started, asked, killed, started again.

mod client;
mod process;
mod serve;
mod survive;
