//! Music and announcements of a site or of a call centre.

use askama::Template;

use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::parts::Link;

/// What callers of a site or of a call centre hear.
#[derive(Template)]
#[template(path = "audio.html")]
pub struct AudioPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the site or call centre.
    pub name: String,
    /// Whether it is a site.
    pub is_of_site: bool,
    /// One for each kind.
    pub sounds: Vec<SoundCard>,
    /// Which files are taken.
    pub hint: String,
}

/// A kind of sound.
#[derive(Clone, Debug)]
pub struct SoundCard {
    /// Its name in addresses; also the id of the field.
    pub kind: &'static str,
    /// What it is called.
    pub label: String,
    /// When it is heard.
    pub text: String,
    /// Whose is heard.
    pub heard: String,
    /// Its own sound, if it has one.
    pub own: Option<OwnSound>,
    /// Where an upload goes.
    pub action: String,
}

/// An uploaded sound.
#[derive(Clone, Debug)]
pub struct OwnSound {
    /// What the file was called.
    pub name: String,
    /// How long it lasts, as 1:05.
    pub lasting: String,
    /// When it was uploaded.
    pub uploaded: Moment,
    /// Address of the sound.
    pub href: String,
    /// Where its removal goes.
    pub remove_action: String,
}

impl Page for AudioPage {
    fn title(&self) -> String {
        self.frame.words.audio_title(&self.name)
    }
}
