//! A WAV file of any usual kind becomes a sound: 8 kHz, one channel, nothing above what a telephone carries.
//!
//! The resampler is ours: the ratio is fixed and rational and the work is done once per upload, for which a windowed sinc
//! in a table is enough; the libraries are made for streams whose clocks drift.

use crate::sound::Sound;
use hound::{SampleFormat, WavReader, WavSpec};
use std::io::{Cursor, Read};

/// Larger files are refused, bytes.
pub const LARGEST: usize = 20_000_000;
/// Longer ones too, seconds.
pub const LONGEST_S: u32 = 600;
/// What a telephone carries ends here, Hz; at half the rate (4,000) nothing may be left.
const CUTOFF: f64 = 3_600.0;
/// Zero crossings of the sinc on each side.
const CROSSINGS: f64 = 24.0;
const RATE: u32 = 8_000;

/// Why a file is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refused {
    /// No WAV file, or a broken one.
    #[error("not a WAV file")]
    NotWav,
    /// A WAV file with something else than PCM.
    #[error("the WAV file is compressed")]
    Compressed,
    /// A rate, width or number of channels out of the usual.
    #[error("the WAV file has an unusual rate, sample width or number of channels")]
    Unusual,
    /// Longer than ten minutes.
    #[error("longer than {LONGEST_S} s")]
    TooLong,
    /// More than 20 MB.
    #[error("larger than {LARGEST} bytes")]
    TooLarge,
    /// Nothing in it.
    #[error("the WAV file has no samples")]
    Empty,
}

/// Takes an upload piece by piece and refuses it as soon as it is too large.
#[derive(Default)]
pub struct Upload(Vec<u8>);

impl Upload {
    /// The next piece.
    ///
    /// # Errors
    /// When there is more than is taken; nothing further need be read.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), Refused> {
        if self.0.len() + piece.len() > LARGEST {
            self.0 = Vec::new();
            return Err(Refused::TooLarge);
        }
        self.0.extend_from_slice(piece);
        Ok(())
    }

    /// All pieces are here.
    ///
    /// # Errors
    /// As [`convert`].
    pub fn finish(self) -> Result<Sound, Refused> {
        convert(Cursor::new(self.0))
    }
}

/// Reads a WAV file.
///
/// # Errors
/// When it is none of 8–48 kHz, one or two channels, PCM of 8–32 bits or float, up to ten minutes long.
pub fn convert(file: impl Read) -> Result<Sound, Refused> {
    let reader = WavReader::new(file).map_err(|error| refused(&error))?;
    let (spec, frames) = (reader.spec(), reader.duration());
    let is_usual = (8_000..=48_000).contains(&spec.sample_rate)
        && (1..=2).contains(&spec.channels)
        && matches!(spec.bits_per_sample, 8 | 16 | 24 | 32);
    if !is_usual {
        return Err(Refused::Unusual);
    }
    if frames / spec.sample_rate > LONGEST_S {
        return Err(Refused::TooLong);
    }
    let mono = mixed(reader)?;
    if mono.is_empty() {
        return Err(Refused::Empty);
    }
    Ok(Sound::from_samples(&resampled(&mono, spec.sample_rate)))
}

fn refused(error: &hound::Error) -> Refused {
    match error {
        hound::Error::Unsupported => Refused::Compressed,
        hound::Error::IoError(_)
        | hound::Error::FormatError(_)
        | hound::Error::TooWide
        | hound::Error::UnfinishedSample
        | hound::Error::InvalidSampleFormat => Refused::NotWav,
    }
}

/// Both channels as one, from -1 to 1.
fn mixed<R: Read>(reader: WavReader<R>) -> Result<Vec<f32>, Refused> {
    let WavSpec {
        channels,
        bits_per_sample,
        sample_format,
        ..
    } = reader.spec();
    let samples: Result<Vec<f32>, hound::Error> = match sample_format {
        SampleFormat::Float => reader.into_samples::<f32>().collect(),
        SampleFormat::Int => {
            let full = f64::from(1u32 << (bits_per_sample - 1));
            let scaled = |sample: i32| narrow(f64::from(sample) / full);
            let samples = reader.into_samples::<i32>();
            samples.map(|sample| sample.map(scaled)).collect()
        }
    };
    // A file that ends early is cut off where it does.
    let samples = samples.map_err(|error| refused(&error))?;
    let each = usize::from(channels);
    let mean = |frame: &[f32]| frame.iter().map(|s| finite(*s)).sum::<f32>() / f32::from(channels);
    Ok(samples.chunks_exact(each).map(mean).collect())
}

fn finite(sample: f32) -> f32 {
    if sample.is_finite() { sample } else { 0.0 }
}

#[expect(clippy::cast_possible_truncation, reason = "audio needs no more")]
fn narrow(value: f64) -> f32 {
    value as f32
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to what fits")]
fn whole(sample: f32) -> i16 {
    (sample * 32_767.0).round().clamp(-32_768.0, 32_767.0) as i16
}

fn resampled(input: &[f32], rate: u32) -> Vec<i16> {
    if rate == RATE {
        return input.iter().map(|sample| whole(*sample)).collect();
    }
    let common = gcd(rate, RATE);
    // `down` samples in for `up` samples out.
    let (up, down) = ((RATE / common) as usize, (rate / common) as usize);
    let phases = Phases::new(f64::from(rate), up);
    let count = input.len() * up / down;
    let out = (0..count).map(|n| phases.at(input, n * down / up, n * down % up));
    out.map(whole).collect()
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A low-pass for each place between two samples that an output falls on.
struct Phases {
    taps: Vec<Vec<f32>>,
    /// Samples before and after.
    reach: usize,
}

impl Phases {
    fn new(rate: f64, up: usize) -> Phases {
        let width = CROSSINGS * rate / (2.0 * CUTOFF);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred at most"
        )]
        let reach = width.ceil() as usize;
        let place = |tap: usize, phase: usize| {
            let offset = real(tap) - real(reach);
            offset - real(phase) / real(up)
        };
        let row = |phase: usize| {
            let taps = (0..=2 * reach).map(|tap| low_pass(place(tap, phase), rate, width));
            let taps: Vec<f64> = taps.collect();
            let sum: f64 = taps.iter().sum();
            // The loudness stays, at each place.
            taps.iter().map(|tap| narrow(tap / sum)).collect()
        };
        Phases {
            taps: (0..up).map(row).collect(),
            reach,
        }
    }

    fn at(&self, input: &[f32], center: usize, phase: usize) -> f32 {
        let taps = &self.taps[phase];
        let first = center.saturating_sub(self.reach);
        let skip = self.reach - (center - first);
        let near = input.get(first..).unwrap_or(&[]);
        near.iter()
            .zip(&taps[skip..])
            .map(|(sample, tap)| sample * tap)
            .sum()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred at most")]
fn real(number: usize) -> f64 {
    number as f64
}

/// The sinc with a Blackman window, `offset` samples from its middle.
fn low_pass(offset: f64, rate: f64, width: f64) -> f64 {
    use std::f64::consts::PI;
    if offset.abs() >= width {
        return 0.0;
    }
    let x = 2.0 * CUTOFF / rate * offset;
    let sinc = if x.abs() < 1e-9 {
        1.0
    } else {
        (PI * x).sin() / (PI * x)
    };
    let turn = PI * offset / width;
    sinc * (0.42 + 0.5 * turn.cos() + 0.08 * (2.0 * turn).cos())
}
