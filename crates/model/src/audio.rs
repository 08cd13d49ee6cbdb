//! Sounds that administrators upload: what callers hear, whose it is, and why a file is not taken (G2, G4).

use std::{fmt, str::FromStr};

use crate::{
    AudioFileId, Field, Problem, SiteId, Timestamp, VirtualUserId, licence::catalogue, text::line,
    text::texts,
};

catalogue! {
    /// What a sound is for.
    AudioKind {
        /// Heard by who is parked, and by who waits in a queue.
        Music = "music",
        /// Heard when a call comes into a queue.
        Welcome = "welcome",
        /// Heard again and again while a call waits in a queue.
        Comfort = "comfort",
    }
}

catalogue! {
    /// Why an uploaded file is not taken.
    AudioFault {
        /// No WAV file, or a broken one.
        NotWav = "not-wav",
        /// A WAV file with something else than PCM.
        Compressed = "compressed-wav",
        /// A rate, width or number of channels out of the usual.
        Unusual = "unusual-wav",
        /// Longer than is taken.
        TooLong = "sound-too-long",
        /// Larger than is taken.
        TooLarge = "file-too-large",
        /// Nothing in it.
        Empty = "empty-sound",
    }
}

texts! {
    /// What the uploaded file was called, at most 120 characters.
    AudioName = |text| line(text, 120);
}

/// Whose callers hear it. A call centre's own goes before its site's, and both before ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AudioOwner {
    /// A site.
    Site(SiteId),
    /// A call centre.
    CallCentre(VirtualUserId),
}

/// An uploaded sound, without the sound itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudioFile {
    /// Identity.
    pub id: AudioFileId,
    /// What it is for.
    pub kind: AudioKind,
    /// What the file was called.
    pub name: AudioName,
    /// How long it lasts, in milliseconds.
    pub duration_ms: u32,
    /// When it was uploaded.
    pub uploaded_at: Timestamp,
}

impl AudioKind {
    /// What changes of it are written down as.
    #[must_use]
    pub fn field(self) -> Field {
        match self {
            Self::Music => Field::Music,
            Self::Welcome => Field::Welcome,
            Self::Comfort => Field::Comfort,
        }
    }
}

impl AudioFault {
    /// The same as what is wrong with a field.
    #[must_use]
    pub fn problem(self) -> Problem {
        Problem::Audio { fault: self }
    }
}

/// The sounds of each kind, each from the first who has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard(Vec<AudioFile>);

impl Heard {
    /// Of the call centre's own and its site's.
    #[must_use]
    pub fn of(own: Vec<AudioFile>, of_site: Vec<AudioFile>) -> Self {
        let mut heard = own;
        for file in of_site {
            if heard.iter().all(|known| known.kind != file.kind) {
                heard.push(file);
            }
        }
        Self(heard)
    }

    /// The sound of this kind; without one, ours is heard.
    #[must_use]
    pub fn get(&self, kind: AudioKind) -> Option<&AudioFile> {
        self.0.iter().find(|file| file.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(kind: AudioKind, name: &str) -> AudioFile {
        AudioFile {
            id: AudioFileId(uuid::Uuid::nil()),
            kind,
            name: name.parse().unwrap(),
            duration_ms: 1000,
            uploaded_at: Timestamp(0),
        }
    }

    #[test]
    fn g4_a_call_centres_own_sound_goes_before_its_sites() {
        let own = vec![file(AudioKind::Music, "own")];
        let of_site = vec![
            file(AudioKind::Music, "site"),
            file(AudioKind::Comfort, "site"),
        ];
        let heard = Heard::of(own, of_site);
        let name = |kind| heard.get(kind).map(|file| file.name.to_string());
        assert_eq!(name(AudioKind::Music).as_deref(), Some("own"));
        assert_eq!(name(AudioKind::Comfort).as_deref(), Some("site"));
        assert_eq!(name(AudioKind::Welcome), None);
    }

    #[test]
    fn a_name_is_one_line_of_at_most_120_characters() {
        assert!("ä".repeat(120).parse::<AudioName>().is_ok());
        assert!("ä".repeat(121).parse::<AudioName>().is_err());
        assert!("a\nb".parse::<AudioName>().is_err());
    }
}
