//! Uploaded sounds as the studio plays them: read when first wanted, kept while there is room.
//!
//! Another upload has another id, so what is kept is never stale; what nobody asks for any more makes room.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use media::Sound;
use service::audio;
use store::SharedStore;

/// So much is kept, bytes: thirteen sounds of ten minutes.
const MOST: usize = 128 * 1024 * 1024;

/// Uploaded sounds by the number in their identifier.
pub(crate) struct Sounds {
    store: SharedStore,
    kept: Mutex<Kept>,
    /// One is read at a time, so that many callers at once read a sound once.
    reading: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Kept {
    sounds: HashMap<u128, (Arc<Sound>, u64)>,
    /// Counts how often was asked; with each sound stands when that was last.
    asked: u64,
}

impl Sounds {
    pub(crate) fn new(store: SharedStore) -> Self {
        Self {
            store,
            kept: Mutex::default(),
            reading: tokio::sync::Mutex::default(),
        }
    }

    /// The sound, if it is kept.
    pub(crate) fn kept(&self, number: u128) -> Option<Arc<Sound>> {
        self.lock().get(number)
    }

    /// The sound; `None` when it is gone or cannot be read.
    pub(crate) async fn get(&self, number: u128) -> Option<Arc<Sound>> {
        let _one = self.reading.lock().await;
        if let Some(sound) = self.kept(number) {
            return Some(sound);
        }
        let alaw = match audio::load(&self.store, number).await {
            Ok(alaw) => alaw?,
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "an uploaded sound could not be read");
                return None;
            }
        };
        let sound = Arc::new(Sound::from_alaw(&alaw));
        self.lock().put(number, sound.clone(), MOST);
        Some(sound)
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn get(&mut self, number: u128) -> Option<Arc<Sound>> {
        self.asked += 1;
        let (sound, asked) = self.sounds.get_mut(&number)?;
        *asked = self.asked;
        Some(sound.clone())
    }

    fn put(&mut self, number: u128, sound: Arc<Sound>, most: usize) {
        let free = most.saturating_sub(size(&sound));
        while self.bytes() > free {
            let oldest = self.sounds.iter().min_by_key(|(_, (_, asked))| *asked);
            let Some(oldest) = oldest.map(|(number, _)| *number) else {
                break;
            };
            self.sounds.remove(&oldest);
        }
        self.asked += 1;
        self.sounds.insert(number, (sound, self.asked));
    }

    fn bytes(&self) -> usize {
        self.sounds.values().map(|(sound, _)| size(sound)).sum()
    }
}

/// A byte for each sample and codec.
fn size(sound: &Sound) -> usize {
    2 * sound.alaw().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_the_longest_makes_room() {
        let sound = || Arc::new(Sound::from_alaw(&[0; 160]));
        let mut kept = Kept::default();
        for number in [1, 2, 3] {
            kept.put(number, sound(), 960);
        }
        assert!(kept.get(1).is_some());
        kept.put(4, sound(), 960);
        let found = [1, 2, 3, 4].map(|number| kept.get(number).is_some());
        assert_eq!(found, [true, false, true, true]);
        assert!(kept.bytes() <= 960);
    }
}
