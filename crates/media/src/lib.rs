//! Audio of the engine's own: music, announcements and tones, sent as RTP to whoever listens.
//!
//! [`Hall`] is free of IO: it is told when 20 ms have passed and which packets came, and gives out packets and what was
//! heard. [`Studio`] gives it sockets and a clock. Neither knows SIP; descriptions go in and out as text ([`sdp`]).
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "tests stop at the first surprise")
)]

pub mod convert;
pub mod g711;
mod hall;
mod key_press;
mod latch;
mod listener;
mod made;
mod ports;
pub mod sdp;
mod sound;
#[expect(
    clippy::disallowed_methods,
    reason = "the driver owns the clock and the waiting; the rest is told the time"
)]
mod studio;
mod timeliness;
mod wav;

pub use hall::{Hall, Happening, ListenerId, What};
pub use listener::{Aim, Playlist};
pub use made::{Spoken, Voice, beep, music};
pub use ports::PortRange;
pub use sound::{Codec, FRAME, Sound};
pub use studio::{Line, Studio};
pub use timeliness::{LATE_MS, Timeliness};
