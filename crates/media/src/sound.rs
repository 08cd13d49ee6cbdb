//! A sound, encoded once for each codec, in pieces of 20 ms that go to all its listeners.

use crate::g711::{self, A_SILENCE, U_SILENCE};

/// Samples, and bytes, in one packet: 20 ms.
pub const FRAME: usize = 160;

/// What a listener understands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Codec {
    /// G.711 A-law (Germany, Britain).
    Alaw,
    /// G.711 µ-law.
    Ulaw,
}

impl Codec {
    /// Payload type (RFC 3551 table 4).
    #[must_use]
    pub fn payload_type(self) -> u8 {
        match self {
            Codec::Alaw => 8,
            Codec::Ulaw => 0,
        }
    }

    pub(crate) fn silence(self) -> &'static [u8; FRAME] {
        match self {
            Codec::Alaw => &[A_SILENCE; FRAME],
            Codec::Ulaw => &[U_SILENCE; FRAME],
        }
    }
}

/// A sound of whole frames.
#[derive(PartialEq, Eq, Debug)]
pub struct Sound {
    alaw: Box<[u8]>,
    ulaw: Box<[u8]>,
}

impl Sound {
    /// From A-law, filled up with silence.
    #[must_use]
    pub fn from_alaw(bytes: &[u8]) -> Sound {
        let whole = bytes.len().div_ceil(FRAME) * FRAME;
        let mut alaw = bytes.to_vec();
        alaw.resize(whole, A_SILENCE);
        let ulaw = alaw.iter().map(|code| g711::to_u(g711::from_a(*code)));
        Sound {
            ulaw: ulaw.collect(),
            alaw: alaw.into(),
        }
    }

    /// From samples at 8 kHz.
    #[must_use]
    pub fn from_samples(samples: &[i16]) -> Sound {
        let alaw: Vec<u8> = samples.iter().map(|sample| g711::to_a(*sample)).collect();
        Sound::from_alaw(&alaw)
    }

    /// Its length in packets of 20 ms.
    #[must_use]
    pub fn frames(&self) -> usize {
        self.alaw.len() / FRAME
    }

    /// Its bytes in A-law.
    #[must_use]
    pub fn alaw(&self) -> &[u8] {
        &self.alaw
    }

    /// One packet's payload; `None` behind the end.
    #[must_use]
    pub fn frame(&self, codec: Codec, number: usize) -> Option<&[u8]> {
        let bytes = match codec {
            Codec::Alaw => &self.alaw,
            Codec::Ulaw => &self.ulaw,
        };
        bytes.get(number * FRAME..(number + 1) * FRAME)
    }
}
