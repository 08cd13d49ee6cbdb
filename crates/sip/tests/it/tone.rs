//! Tones that prove that audio flows: every phone speaks in its own, and the other's is looked for in what it recorded.

use std::fs;
use std::path::Path;

/// Samples each second.
const RATE: u32 = 8000;
/// Longer than any call of the tests: baresip hangs up at the end of its file.
const SECONDS: u32 = 60;

/// Every phone speaks in a tone of its own.
fn tone_of(login: &str) -> f64 {
    400.0 + 100.0 * f64::from(login.bytes().last().unwrap() - b'0')
}

fn sine(hertz: f64) -> Vec<i16> {
    let step = std::f64::consts::TAU * hertz / f64::from(RATE);
    #[allow(clippy::cast_possible_truncation, reason = "12,000 fits")]
    (0..RATE * SECONDS)
        .map(|n| (12_000.0 * (step * f64::from(n)).sin()) as i16)
        .collect()
}

fn wav(samples: &[i16]) -> Vec<u8> {
    let data: Vec<u8> = samples
        .iter()
        .flat_map(|sample| sample.to_le_bytes())
        .collect();
    let length = u32::try_from(data.len()).unwrap();
    let mut out = b"RIFF".to_vec();
    out.extend((36 + length).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    out.extend(RATE.to_le_bytes());
    out.extend((RATE * 2).to_le_bytes());
    out.extend(b"\x02\0\x10\0data");
    out.extend(length.to_le_bytes());
    out.extend(data);
    out
}

/// How much of a tone is in the samples, 0 to 1 (Goertzel).
fn share(samples: &[f64], hertz: f64) -> f64 {
    let turn = 2.0 * (std::f64::consts::TAU * hertz / f64::from(RATE)).cos();
    let (mut last, mut before) = (0.0, 0.0);
    for sample in samples {
        (last, before) = (sample + turn * last - before, last);
    }
    let power = last * last + before * before - turn * last * before;
    let all: f64 = samples.iter().map(|sample| sample * sample).sum();
    let count = f64::from(u32::try_from(samples.len()).unwrap());
    if all == 0.0 {
        0.0
    } else {
        2.0 * power / (count * all)
    }
}

/// A file with the tone of this login.
pub(crate) fn write(file: &Path, login: &str) {
    fs::write(file, wav(&sine(tone_of(login)))).unwrap();
}

/// True when the last second of a recording is the tone of `login`.
pub(crate) fn ends_with(file: &Path, login: &str) -> bool {
    last_second(file).is_some_and(|samples| share(&samples, tone_of(login)) > 0.8)
}

/// True when the last second of a recording is loud and no phone's tone.
#[allow(
    dead_code,
    reason = "announcements are heard by the stories at the binary"
)]
pub(crate) fn ends_with_words(file: &Path) -> bool {
    last_second(file).is_some_and(|samples| {
        let is_loud = samples.iter().any(|sample| sample.abs() > 3000.0);
        let is_tone = |digit: u8| share(&samples, tone_of(&digit.to_string())) > 0.3;
        is_loud && !(0..=9).any(is_tone)
    })
}

fn last_second(file: &Path) -> Option<Vec<f64>> {
    let bytes = fs::read(file).unwrap_or_default();
    let samples: Vec<f64> = bytes
        .chunks_exact(2)
        .map(|pair| f64::from(i16::from_le_bytes([pair[0], pair[1]])))
        .collect();
    let second = samples.len().saturating_sub(RATE as usize).max(22);
    (samples.len() > RATE as usize).then(|| samples[second..].to_vec())
}
