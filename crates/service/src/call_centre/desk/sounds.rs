//! The queue's sounds as the engine's own media plays them.

use model::{AudioKind, Country, Heard, call_centre};
use sip::attend::{Language, Playlist, Sound, Standard, Then};

use crate::audio;

/// What is played for these sounds, with uploaded ones instead of ours; after a last announcement there is silence, and the
/// engine tells that it is over.
pub(super) fn playlist(sounds: &[call_centre::Sound], country: Country, heard: &Heard) -> Playlist {
    let language = match country {
        Country::Germany => Language::German,
        Country::UnitedKingdom => Language::English,
    };
    let standard = |standard| Sound::Standard(standard, language);
    let uploaded = |kind| audio::number(heard, kind);
    let own_or = |kind, ours| uploaded(kind).map_or_else(|| standard(ours), Sound::File);
    let mut first = Vec::new();
    let mut is_last = false;
    for sound in sounds {
        match sound {
            call_centre::Sound::Entrance => {
                first.push(own_or(AudioKind::Welcome, Standard::Welcome));
            }
            call_centre::Sound::Comfort => {
                first.push(own_or(AudioKind::Comfort, Standard::PleaseHold));
            }
            call_centre::Sound::Position(place) => {
                first.push(standard(Standard::Position));
                first.push(Sound::Digits(place.to_string(), language));
            }
            // The engine has no ringing tone: music says as well that the call goes on.
            call_centre::Sound::Ringing => {}
            call_centre::Sound::Closed
            | call_centre::Sound::Holiday
            | call_centre::Sound::NobodyThere => {
                first.push(standard(Standard::Closed));
                is_last = true;
            }
        }
    }
    let then = if is_last {
        Then::Silence
    } else {
        let file = uploaded(AudioKind::Music);
        Then::Music { file }
    };
    Playlist { first, then }
}
