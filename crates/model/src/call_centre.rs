//! Call centres (G4): what is set, what an agent's state is, when they are open, and the queue as a pure state machine.

mod agent;
mod choice;
mod draft;
mod event;
mod figures;
mod queue;
mod record;
mod schedule;
mod schedule_draft;
mod settings;
mod waiting;
mod wall;

pub use crate::group_call::{Cause, Departure};

#[cfg(test)]
mod days;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod world;

pub use agent::{AgentState, Seat, UnavailableCode};
pub use draft::{CallCentreDraft, ExitCase, NewCallCentre, TypedCentre};
pub use event::{Action, CallId, Event, NoAnswer, OfferId, OtherCall, Sound};
pub use figures::Figures;
pub use queue::Queue;
pub use record::{QueueRecord, Step, StepKind};
pub use schedule::{Holiday, Hours, LocalMoment, Opening, Schedule, Weekday};
pub use schedule_draft::ScheduleDraft;
pub use settings::{
    CallCentre, CallCentreSettings, CodeUse, Codes, OutOfHours, Overflow, OverflowTo, Stranded,
};
pub use wall::{AgentDeed, WallAgent, WallCall, WallTalk, WallView};
