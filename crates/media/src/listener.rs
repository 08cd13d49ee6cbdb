//! One listener: where the packets go, their numbers, and what is played.

use crate::key_press::KeyPresses;
use crate::latch::Latch;
use crate::sound::{Codec, FRAME, Sound};
use rtp_types::RtpPacketBuilder;
use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Announcements once, one after another, then music without end, or silence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Playlist {
    /// Announcements.
    pub first: Vec<Arc<Sound>>,
    /// What follows; all who hear the same music hear it at the same place.
    pub then: Option<Arc<Sound>>,
}

/// Where a listener is, as agreed by SDP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim {
    /// Where the description says; `None` while nothing is to be sent.
    pub to: Option<SocketAddr>,
    /// Codec of both ways.
    pub codec: Codec,
    /// Payload type of telephone-event, where the peer knows it.
    pub keys: Option<u8>,
}

pub(crate) struct Listener {
    pub(crate) aim: Option<Aim>,
    pub(crate) latch: Latch,
    pub(crate) keys: KeyPresses,
    ssrc: u32,
    sequence: u16,
    timestamp: u32,
    /// The next packet is the first after a pause (RFC 3551 §4.1).
    is_beginning: bool,
    first: VecDeque<Arc<Sound>>,
    /// Frame of the announcement that is played.
    at: usize,
    then: Option<Arc<Sound>>,
    /// The end of the announcements is still to be told.
    is_awaited: bool,
}

impl Listener {
    /// `signalling` is where the peer's SIP comes from; the numbers begin at random (RFC 3550 §5.1).
    pub(crate) fn new(
        signalling: IpAddr,
        (ssrc, sequence, timestamp): (u32, u16, u32),
    ) -> Listener {
        Listener {
            aim: None,
            latch: Latch::new(signalling),
            keys: KeyPresses::default(),
            ssrc,
            sequence,
            timestamp,
            is_beginning: true,
            first: VecDeque::new(),
            at: 0,
            then: None,
            is_awaited: false,
        }
    }

    pub(crate) fn aim(&mut self, aim: Aim) {
        if self.aim.and_then(|before| before.to) != aim.to {
            self.latch.forget();
        }
        self.is_beginning |= self.aim.and_then(|before| before.to).is_none();
        self.aim = Some(aim);
    }

    pub(crate) fn play(&mut self, playlist: Playlist) {
        self.is_awaited = playlist.then.is_none() && !playlist.first.is_empty();
        self.first = playlist.first.into();
        self.at = 0;
        self.then = playlist.then;
        self.is_beginning = true;
    }

    /// The packet of this tick, and where to; the time goes on even where nothing is sent. True when the announcements
    /// have just ended and nothing follows.
    pub(crate) fn tick(&mut self, tick: usize, out: &mut impl FnMut(SocketAddr, &[u8])) -> bool {
        let codec = self.aim.map_or(Codec::Alaw, |aim| aim.codec);
        let sound = self.sound(tick);
        let to = self
            .aim
            .and_then(|aim| aim.to)
            .map(|to| self.latch.target(to));
        if let Some(to) = to {
            let payload = sound
                .as_ref()
                .and_then(|(sound, at)| sound.frame(codec, *at));
            self.send(to, codec, payload.unwrap_or(codec.silence()), out);
        }
        self.sequence = self.sequence.wrapping_add(1);
        self.timestamp = self.timestamp.wrapping_add(160);
        sound.is_none() && std::mem::take(&mut self.is_awaited)
    }

    /// What is heard now, and goes on.
    fn sound(&mut self, tick: usize) -> Option<(Arc<Sound>, usize)> {
        while let Some(sound) = self.first.front() {
            if self.at < sound.frames() {
                self.at += 1;
                return Some((Arc::clone(sound), self.at - 1));
            }
            self.first.pop_front();
            self.at = 0;
        }
        let music = self.then.as_ref().filter(|music| music.frames() > 0)?;
        Some((Arc::clone(music), tick % music.frames()))
    }

    fn send(
        &mut self,
        to: SocketAddr,
        codec: Codec,
        payload: &[u8],
        out: &mut impl FnMut(SocketAddr, &[u8]),
    ) {
        let mut packet = [0; FRAME + 12];
        let packet_of = RtpPacketBuilder::<&[u8], &[u8]>::new()
            .marker_bit(std::mem::take(&mut self.is_beginning))
            .payload_type(codec.payload_type())
            .sequence_number(self.sequence)
            .timestamp(self.timestamp)
            .ssrc(self.ssrc)
            .payload(payload);
        if let Ok(length) = packet_of.write_into(&mut packet) {
            out(to, &packet[..length]);
        }
    }
}
