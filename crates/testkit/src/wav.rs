//! WAV files for uploads.

/// A tone of so many milliseconds as a WAV file: 16 bits, one channel, 8 kHz.
#[must_use]
pub fn tone_wav(hz: f64, ms: u32) -> Vec<u8> {
    let samples = (0..ms * 8).map(|n| {
        let turn = 2.0 * std::f64::consts::PI * hz * f64::from(n) / 8_000.0;
        #[expect(clippy::cast_possible_truncation, reason = "below the loudest")]
        let sample = (turn.sin() * 16_000.0) as i16;
        sample
    });
    wav(1, &samples.flat_map(i16::to_le_bytes).collect::<Vec<u8>>())
}

/// A WAV file of this format (1 is PCM) around these bytes: 16 bits, one channel, 8 kHz.
#[must_use]
pub fn wav(format: u16, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX - 36);
    let mut file = b"RIFF".to_vec();
    file.extend((36 + length).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(format.to_le_bytes());
    file.extend([1, 0]);
    file.extend(8_000_u32.to_le_bytes());
    file.extend(16_000_u32.to_le_bytes());
    file.extend([2, 0, 16, 0]);
    file.extend(b"data");
    file.extend(length.to_le_bytes());
    file.extend(data);
    file
}
