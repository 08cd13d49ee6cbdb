//! All listeners, without IO: packets out at each tick of 20 ms, packets in, what was heard.

use crate::listener::{Aim, Listener, Playlist};
use rand::Rng;
use rand::rngs::StdRng;
use rtp_types::RtpPacket;
use slab::Slab;
use std::net::{IpAddr, SocketAddr};

/// A listener; not the next one at the same place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ListenerId {
    pub(crate) index: usize,
    number: u64,
}

/// What was heard, and by whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Happening {
    /// At which listener.
    pub listener: ListenerId,
    /// What.
    pub what: What,
}

/// What was heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// A key was pressed.
    Key(char),
    /// The announcements are over, and nothing follows.
    Played,
}

/// All listeners.
pub struct Hall {
    listeners: Slab<(u64, Listener)>,
    rng: StdRng,
    last_number: u64,
    tick: usize,
}

impl Hall {
    /// Without listeners; `rng` makes the numbers their packets begin with.
    #[must_use]
    pub fn new(rng: StdRng) -> Hall {
        Hall {
            listeners: Slab::new(),
            rng,
            last_number: 0,
            tick: 0,
        }
    }

    /// A listener whose SIP comes from this address; it hears nothing before it is aimed at.
    pub fn add(&mut self, signalling: IpAddr) -> ListenerId {
        self.last_number += 1;
        let random = self.rng.next_u64().to_le_bytes();
        let ssrc = self.rng.next_u32();
        let [a, b, c, d, e, f, ..] = random;
        // Some phones (baresip 1.0) count from a small number and take a new source for late whose numbers seem lower.
        let timestamp = u32::from_le_bytes([c, d, e, f]) & 0x3fff_ffff | 0x4000_0000;
        let begin = (ssrc, u16::from_le_bytes([a, b]), timestamp);
        let listener = Listener::new(signalling, begin);
        let number = self.last_number;
        let index = self.listeners.insert((number, listener));
        ListenerId { index, number }
    }

    /// The listener is gone.
    pub fn remove(&mut self, id: ListenerId) {
        if self.get(id).is_some() {
            self.listeners.remove(id.index);
        }
    }

    /// What was agreed with the peer.
    pub fn aim(&mut self, id: ListenerId, aim: Aim) {
        if let Some(listener) = self.get(id) {
            listener.aim(aim);
        }
    }

    /// Plays this instead of what was played.
    pub fn play(&mut self, id: ListenerId, playlist: Playlist) {
        if let Some(listener) = self.get(id) {
            listener.play(playlist);
        }
    }

    /// How many listen.
    #[must_use]
    pub fn len(&self) -> usize {
        self.listeners.len()
    }

    /// Nobody listens.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.listeners.is_empty()
    }

    /// 20 ms have passed: one packet for each listener, and whose announcements are over.
    pub fn tick(
        &mut self,
        mut send: impl FnMut(usize, SocketAddr, &[u8]),
        mut tell: impl FnMut(Happening),
    ) {
        let tick = self.tick;
        for (index, (number, listener)) in &mut self.listeners {
            let is_over = listener.tick(tick, &mut |to, packet| send(index, to, packet));
            if is_over {
                let number = *number;
                tell(Happening {
                    listener: ListenerId { index, number },
                    what: What::Played,
                });
            }
        }
        self.tick += 1;
    }

    /// A packet came at this listener's port.
    pub fn receive(
        &mut self,
        id: ListenerId,
        source: SocketAddr,
        bytes: &[u8],
    ) -> Option<Happening> {
        let listener = self.get(id)?;
        let aim = listener.aim?;
        let packet = RtpPacket::parse(bytes).ok()?;
        let kind = packet.payload_type();
        let is_key = aim.keys == Some(kind);
        if !is_key && kind != aim.codec.payload_type() {
            return None;
        }
        if !listener.latch.takes(source, aim.to) || !is_key {
            return None;
        }
        let key = listener.keys.take(packet.timestamp(), packet.payload())?;
        Some(Happening {
            listener: id,
            what: What::Key(key),
        })
    }

    fn get(&mut self, id: ListenerId) -> Option<&mut Listener> {
        let (number, listener) = self.listeners.get_mut(id.index)?;
        (*number == id.number).then_some(listener)
    }
}
