//! The sounds that are always there: music and a tone made by arithmetic, announcements spoken once and kept.

use crate::sound::Sound;
use std::f32::consts::TAU;
use std::sync::{Arc, OnceLock};

const RATE: f32 = 8_000.0;
/// Samples of a chord: two seconds.
const CHORD: usize = 16_000;
/// Quiet enough to be talked over.
const LOUDNESS: f32 = 2_600.0;

/// Four calm chords, Hz; the lowest note is held, the others are played one after another.
const CHORDS: [[f32; 4]; 8] = [
    [261.63, 329.63, 392.00, 523.25],
    [220.00, 329.63, 440.00, 523.25],
    [174.61, 349.23, 440.00, 523.25],
    [196.00, 293.66, 392.00, 493.88],
    [261.63, 392.00, 523.25, 659.26],
    [220.00, 261.63, 329.63, 440.00],
    [293.66, 349.23, 440.00, 587.33],
    [196.00, 293.66, 392.00, 587.33],
];

/// Our music: sixteen seconds that go round.
#[must_use]
pub fn music() -> Arc<Sound> {
    static MUSIC: OnceLock<Arc<Sound>> = OnceLock::new();
    Arc::clone(MUSIC.get_or_init(|| {
        let samples: Vec<i16> = CHORDS.iter().flat_map(chord).collect();
        Arc::new(Sound::from_samples(&samples))
    }))
}

fn chord(notes: &[f32; 4]) -> impl Iterator<Item = i16> {
    let notes = *notes;
    (0..CHORD).map(move |at| {
        let voices = notes.iter().zip(0u8..);
        let sum: f32 = voices
            .map(|(hz, voice)| {
                let begin = CHORD / 8 * usize::from(voice);
                at.checked_sub(begin)
                    .map_or(0.0, |since| voice_at(*hz, since))
            })
            .sum();
        // The next chord begins in silence, so that nothing clicks.
        let left = seconds(CHORD - at);
        whole(sum * LOUDNESS * (left / 0.1).min(1.0))
    })
}

/// A plucked note with one overtone, so long after its beginning.
fn voice_at(hz: f32, since: usize) -> f32 {
    let t = seconds(since);
    let envelope = (t / 0.03).min(1.0) * (-1.2 * t).exp();
    envelope * ((TAU * hz * t).sin() + 0.25 * (2.0 * TAU * hz * t).sin())
}

#[expect(clippy::cast_precision_loss, reason = "two seconds at most")]
fn seconds(samples: usize) -> f32 {
    samples as f32 / RATE
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to what fits")]
fn whole(sample: f32) -> i16 {
    sample.clamp(-32_000.0, 32_000.0) as i16
}

/// A short tone: 200 ms.
#[must_use]
pub fn beep() -> Arc<Sound> {
    static BEEP: OnceLock<Arc<Sound>> = OnceLock::new();
    Arc::clone(BEEP.get_or_init(|| {
        let tone = (0..1_600).map(|at| {
            let edge = (seconds(at.min(1_600 - at)) / 0.01).min(1.0);
            whole(6_000.0 * edge * (TAU * 880.0 * seconds(at)).sin())
        });
        Arc::new(Sound::from_samples(&tone.collect::<Vec<i16>>()))
    }))
}

/// Languages that are spoken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Voice {
    German,
    English,
}

/// What is spoken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spoken {
    /// A greeting, and that all lines are busy.
    Welcome,
    /// A request for patience.
    PleaseHold,
    /// "Your place in the queue is".
    Position,
    /// Nobody is there at this time.
    Closed,
    /// "The call is parked on".
    ParkedOn,
    /// One figure, 0–9.
    Figure(u8),
}

const SPOKEN: usize = 15;

macro_rules! spoken {
    ($language:literal) => {
        [
            include_bytes!(concat!("../sounds/", $language, "/0.al")).as_slice(),
            include_bytes!(concat!("../sounds/", $language, "/1.al")),
            include_bytes!(concat!("../sounds/", $language, "/2.al")),
            include_bytes!(concat!("../sounds/", $language, "/3.al")),
            include_bytes!(concat!("../sounds/", $language, "/4.al")),
            include_bytes!(concat!("../sounds/", $language, "/5.al")),
            include_bytes!(concat!("../sounds/", $language, "/6.al")),
            include_bytes!(concat!("../sounds/", $language, "/7.al")),
            include_bytes!(concat!("../sounds/", $language, "/8.al")),
            include_bytes!(concat!("../sounds/", $language, "/9.al")),
            include_bytes!(concat!("../sounds/", $language, "/welcome.al")),
            include_bytes!(concat!("../sounds/", $language, "/please-hold.al")),
            include_bytes!(concat!("../sounds/", $language, "/position.al")),
            include_bytes!(concat!("../sounds/", $language, "/closed.al")),
            include_bytes!(concat!("../sounds/", $language, "/parked-on.al")),
        ]
    };
}

const GERMAN: [&[u8]; SPOKEN] = spoken!("de");
const ENGLISH: [&[u8]; SPOKEN] = spoken!("en");

impl Voice {
    /// This announcement; a figure beyond nine is said as nine.
    #[must_use]
    pub fn says(self, spoken: Spoken) -> Arc<Sound> {
        static SOUNDS: [OnceLock<Arc<Sound>>; 2 * SPOKEN] = [const { OnceLock::new() }; 2 * SPOKEN];
        let number = match spoken {
            Spoken::Figure(figure) => usize::from(figure.min(9)),
            Spoken::Welcome => 10,
            Spoken::PleaseHold => 11,
            Spoken::Position => 12,
            Spoken::Closed => 13,
            Spoken::ParkedOn => 14,
        };
        let (bytes, place) = match self {
            Voice::German => (GERMAN[number], number),
            Voice::English => (ENGLISH[number], SPOKEN + number),
        };
        Arc::clone(SOUNDS[place].get_or_init(|| Arc::new(Sound::from_alaw(bytes))))
    }
}
