//! A sound as a WAV file, for whoever listens with a browser.

use crate::{Sound, g711};

/// Bytes before the samples.
const HEADER: u32 = 44;
const RATE: u32 = 8_000;
const SAMPLE_BYTES: u16 = 2;

impl Sound {
    /// A WAV file of one channel, 16 bits, 8 kHz: the kind that every browser plays.
    #[must_use]
    pub fn wav(&self) -> Vec<u8> {
        let length = u32::try_from(self.alaw().len()).unwrap_or(u32::MAX / 4);
        let bytes = length * u32::from(SAMPLE_BYTES);
        let mut file = Vec::with_capacity((HEADER + bytes) as usize);
        file.extend(b"RIFF");
        file.extend((HEADER - 8 + bytes).to_le_bytes());
        file.extend(b"WAVEfmt ");
        file.extend(16_u32.to_le_bytes());
        // PCM, one channel.
        file.extend([1, 0, 1, 0]);
        file.extend(RATE.to_le_bytes());
        file.extend((RATE * u32::from(SAMPLE_BYTES)).to_le_bytes());
        file.extend(SAMPLE_BYTES.to_le_bytes());
        file.extend((SAMPLE_BYTES * 8).to_le_bytes());
        file.extend(b"data");
        file.extend(bytes.to_le_bytes());
        let samples = self.alaw().iter().map(|code| g711::from_a(*code));
        file.extend(samples.flat_map(i16::to_le_bytes));
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::convert;

    #[test]
    fn a_sound_survives_being_written_and_uploaded_again() {
        let samples: Vec<i16> = (0..1600_i16).map(|n| (n % 80 - 40) * 300).collect();
        let sound = Sound::from_samples(&samples);
        assert_eq!(convert(sound.wav().as_slice()), Ok(sound));
    }
}
