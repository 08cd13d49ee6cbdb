//! What became of the calls of groups: the history, the way of each call, and the report (G1-G4).

mod history;
mod keep;
mod report;
mod seen;

pub use history::{History, PastWay, history, way};
pub(crate) use keep::{KeptVisit, Members, caller, visits};
pub use report::{GroupReport, report};

pub use store::{Member, PastCall, PastStep, Period};
