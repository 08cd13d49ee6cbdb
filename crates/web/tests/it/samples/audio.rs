//! Samples of music and announcements.

use model::{AudioKind, Role};
use web::frame::Section;
use web::names;
use web::pages::audio::{AudioPage, OwnSound, SoundCard};
use web::words::Words;

use super::{Sample, data, frame, link, moment, sample};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let of_site = page(words, true);
    let mut refused = page(words, false);
    let why = words.problem_audio_not_wav();
    refused.frame.errors.add("music", why);
    vec![
        sample("audio", "audio.html", &of_site.frame, &of_site),
        sample("audio-refused", "audio.html", &refused.frame, &refused),
    ]
}

fn page(words: Words, is_of_site: bool) -> AudioPage {
    let path = "/sites/1/audio";
    AudioPage {
        frame: frame(words, Role::SiteAdmin, Section::Home, path),
        trail: vec![link("Düsseldorf", "/sites/1")],
        name: "Düsseldorf".to_owned(),
        is_of_site,
        sounds: AudioKind::ALL
            .iter()
            .map(|kind| card(words, *kind))
            .collect(),
        hint: words.audio_hint(20_u32, 10_u32),
    }
}

fn card(words: Words, kind: AudioKind) -> SoundCard {
    let name = data(words, "Warteschleife Sommer.wav", "Summer music.wav");
    let (text, heard, own) = match kind {
        AudioKind::Music => (
            words.audio_music_text(),
            words.audio_heard_own().into_owned(),
            Some(own(words, name)),
        ),
        AudioKind::Welcome => (
            words.audio_welcome_text(),
            words.audio_heard_site("0:12", name),
            None,
        ),
        AudioKind::Comfort => (
            words.audio_comfort_text(),
            words.audio_heard_ours().into_owned(),
            None,
        ),
    };
    SoundCard {
        kind: kind.id(),
        label: names::field(words, kind.field()).into_owned(),
        text: text.into_owned(),
        heard,
        own,
        action: format!("/sites/1/audio/{kind}"),
    }
}

fn own(words: Words, name: &str) -> OwnSound {
    OwnSound {
        name: name.to_owned(),
        lasting: "3:05".to_owned(),
        uploaded: moment(words, "23.11.2026, 14:05"),
        href: "/sites/1/audio/music".to_owned(),
        remove_action: "/sites/1/audio/music/remove".to_owned(),
    }
}
