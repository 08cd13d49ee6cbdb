//! Audio of the engine's own that only writes down what it is told.

use bytes::Bytes;
use sip::attend::Playlist;
use sip::media::{Media, NoAudio, Port, PortKey};
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
pub(crate) struct Audio(Arc<Mutex<Book>>);

#[derive(Default)]
pub(crate) struct Book {
    pub open: Vec<PortKey>,
    pub played: Vec<Playlist>,
    /// Answers to our offers.
    pub accepted: Vec<String>,
    /// No port is left.
    pub is_full: bool,
}

impl Audio {
    pub(crate) fn book<T>(&self, work: impl FnOnce(&mut Book) -> T) -> T {
        work(&mut self.0.lock().unwrap())
    }

    pub(crate) fn open(&self) -> usize {
        self.book(|book| book.open.len())
    }
}

impl Media for Audio {
    fn open(&self, key: PortKey, _: IpAddr) -> Result<Box<dyn Port>, NoAudio> {
        self.book(|book| {
            if book.is_full {
                return Err(NoAudio::NoPort);
            }
            book.open.push(key);
            let audio = self.clone();
            Ok(Box::new(Line { key, audio }) as Box<dyn Port>)
        })
    }
}

struct Line {
    key: PortKey,
    audio: Audio,
}

impl Drop for Line {
    fn drop(&mut self) {
        let key = self.key;
        self.audio.book(|book| {
            let at = book.open.iter().position(|open| *open == key).unwrap();
            book.open.remove(at);
        });
    }
}

fn is_known(description: &[u8]) -> Result<(), NoAudio> {
    if description == b"opus" {
        return Err(NoAudio::NoCodec);
    }
    Ok(())
}

impl Port for Line {
    fn offer(&mut self) -> Bytes {
        Bytes::from_static(b"our offer")
    }

    fn answer(&mut self, offer: &[u8]) -> Result<Bytes, NoAudio> {
        is_known(offer).map(|()| Bytes::from_static(b"our answer"))
    }

    fn accept(&mut self, answer: &[u8]) -> Result<(), NoAudio> {
        let text = String::from_utf8_lossy(answer).into_owned();
        self.audio.book(|book| book.accepted.push(text));
        is_known(answer)
    }

    fn play(&mut self, playlist: &Playlist) {
        self.audio.book(|book| book.played.push(playlist.clone()));
    }
}
