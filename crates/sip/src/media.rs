//! The engine's only view of its own media: a port for each leg that listens to us.
//!
//! Implemented outside. A port is free again when it is dropped, so that no leg can leave one behind.

use crate::attend::Playlist;
use bytes::Bytes;
use std::net::IpAddr;

/// Which leg a port belongs to; given back with everything that is heard there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PortKey {
    pub(crate) shard: u8,
    pub(crate) leg: usize,
    pub(crate) random: u64,
}

impl PortKey {
    /// Any key, for tests of the media.
    #[must_use]
    pub fn numbered(number: u64) -> PortKey {
        PortKey {
            shard: 0,
            leg: usize::MAX,
            random: number,
        }
    }
}

/// Why there is no audio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAudio {
    /// All ports are taken.
    #[error("all ports of the media are taken")]
    NoPort,
    /// The peer has no codec of ours, or its description cannot be read.
    #[error("the peer's description has no G.711 audio")]
    NoCodec,
}

/// What was heard at a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A key was pressed (RFC 4733).
    Digit(char),
    /// The playlist's announcements are over, and silence follows.
    Played,
}

/// Makes ports. Called from the engine's own task: it must not wait.
pub trait Media: Send + Sync + 'static {
    /// A port at this address of ours.
    ///
    /// # Errors
    /// When none is free.
    fn open(&self, key: PortKey, local: IpAddr) -> Result<Box<dyn Port>, NoAudio>;
}

/// One leg's audio; dropping it ends it.
pub trait Port: Send {
    /// Our description, as an offer; the same at each call, with a higher version.
    fn offer(&mut self) -> Bytes;

    /// Takes the peer's offer, and gives the answer (RFC 3264).
    ///
    /// # Errors
    /// When we have no codec in common; what was agreed before stands.
    fn answer(&mut self, offer: &[u8]) -> Result<Bytes, NoAudio>;

    /// Takes the peer's answer to our offer.
    ///
    /// # Errors
    /// When it accepts no codec of ours.
    fn accept(&mut self, answer: &[u8]) -> Result<(), NoAudio>;

    /// Plays this instead of what was played.
    fn play(&mut self, playlist: &Playlist);
}
