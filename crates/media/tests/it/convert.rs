//! WAV files as people have them, and files that are none.

use crate::tone::{heard, share, sine};
use hound::{SampleFormat, WavSpec, WavWriter};
use media::Sound;
use media::convert::{Refused, Upload, convert};
use std::io::Cursor;

#[allow(clippy::cast_possible_truncation, reason = "scaled to what fits")]
fn wav(rate: u32, channels: u16, bits: u16, samples: &[f64]) -> Vec<u8> {
    let sample_format = if bits == 33 {
        SampleFormat::Float
    } else {
        SampleFormat::Int
    };
    let spec = WavSpec {
        channels,
        sample_rate: rate,
        bits_per_sample: bits.min(32),
        sample_format,
    };
    let mut file = Cursor::new(vec![]);
    let mut writer = WavWriter::new(&mut file, spec).unwrap();
    for sample in samples {
        for _ in 0..channels {
            if bits == 33 {
                writer.write_sample(*sample as f32).unwrap();
            } else {
                let full = f64::from((1u32 << (bits - 1)) - 1);
                writer.write_sample((sample * full) as i32).unwrap();
            }
        }
    }
    writer.finalize().unwrap();
    file.into_inner()
}

fn converted(file: Vec<u8>) -> Result<Sound, Refused> {
    convert(Cursor::new(file))
}

fn loudness(samples: &[i16]) -> f64 {
    let power: f64 = samples.iter().map(|s| f64::from(*s).powi(2)).sum();
    #[allow(clippy::cast_precision_loss, reason = "few samples")]
    let count = samples.len() as f64;
    (power / count).sqrt()
}

#[test]
fn every_usual_kind_keeps_its_tone_length_and_loudness() {
    for rate in [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000] {
        for (channels, bits) in [(1, 16), (2, 16), (1, 8), (2, 24), (1, 32), (2, 33)] {
            let tone = sine(440.0, f64::from(rate), 1.0, 0.5);
            let sound = converted(wav(rate, channels, bits, &tone)).unwrap();
            let kind = format!("{rate} Hz, {channels} channels, {bits} bits");
            assert_eq!(sound.frames(), 50, "{kind}");
            let samples = &heard(sound.alaw())[400..7600];
            assert!(share(samples, 440.0) > 0.95, "{kind}");
            let loud = loudness(samples);
            let expected = 0.5 * 32_767.0 / 2f64.sqrt();
            assert!((loud / expected - 1.0).abs() < 0.05, "{kind}: {loud}");
        }
    }
}

#[test]
fn what_a_telephone_cannot_carry_is_gone_and_does_not_come_back_as_another_tone() {
    let high = sine(6_000.0, 48_000.0, 1.0, 0.8);
    let sound = converted(wav(48_000, 1, 16, &high)).unwrap();
    let samples = &heard(sound.alaw())[400..7600];
    // 6 kHz would fold to 2 kHz.
    assert!(loudness(samples) < 30.0, "{}", loudness(samples));
}

#[test]
fn files_that_are_none_are_refused_with_the_reason() {
    assert_eq!(converted(b"MP3 or so".to_vec()), Err(Refused::NotWav));
    assert_eq!(converted(vec![]), Err(Refused::NotWav));
    assert_eq!(converted(wav(16_000, 1, 16, &[])), Err(Refused::Empty));
    assert_eq!(
        converted(wav(96_000, 1, 16, &[0.0; 99])),
        Err(Refused::Unusual)
    );
    assert_eq!(
        converted(wav(8_000, 6, 16, &[0.0; 99])),
        Err(Refused::Unusual)
    );
    let mut compressed = wav(8_000, 1, 16, &[0.0; 99]);
    compressed[20] = 0x31; // GSM 6.10
    assert_eq!(converted(compressed), Err(Refused::Compressed));
    let long = vec![0.0; 8_000 * 601];
    assert_eq!(converted(wav(8_000, 1, 8, &long)), Err(Refused::TooLong));
    let mut cut = wav(16_000, 1, 16, &[0.0; 999]);
    cut.truncate(200);
    assert_eq!(converted(cut), Err(Refused::NotWav));
}

#[test]
fn an_upload_is_refused_at_the_limit_without_the_rest() {
    let (mut upload, piece) = (Upload::default(), vec![0; 65_536]);
    let taken = (0..8_000)
        .take_while(|_| upload.push(&piece).is_ok())
        .count();
    assert_eq!(taken, media::convert::LARGEST / piece.len());
    let mut upload = Upload::default();
    for piece in wav(16_000, 1, 16, &sine(440.0, 16_000.0, 0.1, 0.5)).chunks(100) {
        upload.push(piece).unwrap();
    }
    assert_eq!(upload.finish().unwrap().frames(), 5);
}
