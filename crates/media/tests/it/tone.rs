//! Is a tone in there? (Goertzel.)

/// Share of the power that lies at this frequency, 0 to 1.
pub(crate) fn share(samples: &[i16], hz: f64) -> f64 {
    let (mut a, mut b, mut power) = (0.0, 0.0, 0.0);
    let coefficient = 2.0 * (std::f64::consts::TAU * hz / 8000.0).cos();
    for sample in samples.iter().map(|s| f64::from(*s)) {
        (a, b) = (sample + coefficient * a - b, a);
        power += sample * sample;
    }
    let found = a * a + b * b - coefficient * a * b;
    #[allow(clippy::cast_precision_loss, reason = "few samples")]
    let count = samples.len() as f64;
    if power == 0.0 {
        0.0
    } else {
        2.0 * found / (count * power)
    }
}

pub(crate) fn sine(hz: f64, rate: f64, seconds: f64, loudness: f64) -> Vec<f64> {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "few samples"
    )]
    let count = (rate * seconds) as u32;
    (0..count)
        .map(|n| loudness * (std::f64::consts::TAU * hz * f64::from(n) / rate).sin())
        .collect()
}

pub(crate) fn heard(alaw: &[u8]) -> Vec<i16> {
    alaw.iter().map(|code| media::g711::from_a(*code)).collect()
}
