//! The engine's own audio: the call engine asks for ports and playlists in its words, the studio has sockets and sounds.

use std::{
    collections::HashMap,
    io,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
};

use media::{
    Line, PortRange, Sound, Spoken, Studio, Voice, What,
    sdp::{self, Own, Unusable},
};
use service::Random;
use sip::{
    Server,
    attend::{self, Language, Playlist, Standard, Then},
    media::{Heard, Media, NoAudio, Port, PortKey},
};
use store::SharedStore;
use tokio::runtime::Handle;

use crate::sounds::Sounds;

/// Which leg of the engine each line belongs to.
type Keys = Arc<Mutex<HashMap<u64, PortKey>>>;

/// Ports and sounds for the call engine.
pub(crate) struct Audio {
    studio: Studio,
    keys: Keys,
    last: AtomicU64,
    engine: Arc<OnceLock<Weak<Server>>>,
    sounds: Arc<Sounds>,
    runtime: Handle,
}

impl Audio {
    /// Starts the thread that sends; to be called inside the runtime, which reads uploaded sounds from the store.
    pub(crate) fn start(
        range: PortRange,
        random: &dyn Random,
        store: SharedStore,
    ) -> io::Result<Arc<Self>> {
        let mut secret = [0; 32];
        random.fill(&mut secret);
        let (keys, engine) = (Keys::default(), Arc::new(OnceLock::<Weak<Server>>::new()));
        let (known, told) = (keys.clone(), engine.clone());
        let ear = move |line: u64, what: What| {
            let key = lock(&known).get(&line).copied();
            let engine = told.get().and_then(Weak::upgrade);
            if let (Some(key), Some(engine)) = (key, engine) {
                engine.heard(key, heard(what));
            }
        };
        Ok(Arc::new(Self {
            studio: Studio::start(range, secret, Box::new(ear))?,
            keys,
            last: AtomicU64::new(0),
            engine,
            sounds: Arc::new(Sounds::new(store)),
            runtime: Handle::current(),
        }))
    }

    /// From now on the engine is told what is heard.
    pub(crate) fn tell(&self, engine: &Arc<Server>) {
        let _ = self.engine.set(Arc::downgrade(engine));
    }

    pub(crate) fn studio(&self) -> &Studio {
        &self.studio
    }
}

fn lock(keys: &Keys) -> MutexGuard<'_, HashMap<u64, PortKey>> {
    keys.lock().unwrap_or_else(PoisonError::into_inner)
}

fn heard(what: What) -> Heard {
    match what {
        What::Key(key) => Heard::Digit(key),
        What::Played => Heard::Played,
    }
}

impl Media for Audio {
    fn open(&self, key: PortKey, local: IpAddr, peer: IpAddr) -> Result<Box<dyn Port>, NoAudio> {
        let number = self.last.fetch_add(1, Ordering::Relaxed);
        let line = self.studio.open(number, local, peer).map_err(|error| {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "no port for audio"
            );
            NoAudio::NoPort
        })?;
        lock(&self.keys).insert(number, key);
        Ok(Box::new(Leg {
            line: Arc::new(line),
            number,
            version: 0,
            keys: self.keys.clone(),
            turn: Arc::default(),
            sounds: self.sounds.clone(),
            runtime: self.runtime.clone(),
        }))
    }
}

/// One leg's line.
struct Leg {
    line: Arc<Line>,
    number: u64,
    version: u64,
    keys: Keys,
    /// Counts what was to be played, so that a sound that is read late does not replace what came after it.
    turn: Arc<Mutex<u64>>,
    sounds: Arc<Sounds>,
    runtime: Handle,
}

impl Drop for Leg {
    fn drop(&mut self) {
        lock(&self.keys).remove(&self.number);
    }
}

impl Leg {
    fn own(&mut self) -> Own {
        self.version += 1;
        Own {
            at: self.line.at(),
            id: self.line.id(),
            version: self.version,
        }
    }
}

fn no_audio(_: Unusable) -> NoAudio {
    NoAudio::NoCodec
}

impl Port for Leg {
    fn offer(&mut self) -> bytes::Bytes {
        sdp::offer(self.own()).into()
    }

    fn answer(&mut self, offer: &[u8]) -> Result<bytes::Bytes, NoAudio> {
        let (text, aim) = sdp::answer(self.own(), offer).map_err(no_audio)?;
        self.line.aim(aim);
        Ok(text.into())
    }

    fn accept(&mut self, answer: &[u8]) -> Result<(), NoAudio> {
        let aim = sdp::accept(answer).map_err(no_audio)?;
        self.line.aim(aim);
        Ok(())
    }

    fn play(&mut self, playlist: &Playlist) {
        let mut turn = turn(&self.turn);
        *turn += 1;
        let kept = |number| self.sounds.kept(number);
        let known: Option<Uploaded> = files(playlist)
            .map(|number| Some((number, kept(number)?)))
            .collect();
        match known {
            Some(known) => self.line.play(made(playlist, &known)),
            None => self.play_when_read(playlist.clone(), *turn),
        }
    }
}

impl Leg {
    /// Reads what is missing, and plays it unless something else is to be played by then.
    fn play_when_read(&self, playlist: Playlist, wanted: u64) {
        let (line, now) = (Arc::downgrade(&self.line), self.turn.clone());
        let sounds = self.sounds.clone();
        self.runtime.spawn(async move {
            let mut read = Uploaded::new();
            for number in files(&playlist) {
                if let Some(sound) = sounds.get(number).await {
                    read.insert(number, sound);
                }
            }
            let now = turn(&now);
            if let (true, Some(line)) = (*now == wanted, line.upgrade()) {
                line.play(made(&playlist, &read));
            }
        });
    }
}

/// Uploaded sounds by the number in their identifier.
type Uploaded = HashMap<u128, Arc<Sound>>;

fn turn(turn: &Mutex<u64>) -> MutexGuard<'_, u64> {
    turn.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The uploaded sounds that are in it.
fn files(playlist: &Playlist) -> impl Iterator<Item = u128> {
    let first = playlist.first.iter().filter_map(|sound| match sound {
        attend::Sound::File(number) => Some(*number),
        attend::Sound::Standard(..) | attend::Sound::Digits(..) => None,
    });
    let music = match playlist.then {
        Then::Music { file } => file,
        Then::Silence => None,
    };
    first.chain(music)
}

/// What the studio plays. An announcement that is gone is passed over; instead of music that is gone, ours is heard.
fn made(playlist: &Playlist, uploaded: &Uploaded) -> media::Playlist {
    let music = |file: Option<u128>| uploaded.get(&file?).cloned();
    media::Playlist {
        first: playlist
            .first
            .iter()
            .flat_map(|sound| sounds(sound, uploaded))
            .collect(),
        then: match playlist.then {
            Then::Music { file } => Some(music(file).unwrap_or_else(media::music)),
            Then::Silence => None,
        },
    }
}

fn voice(language: Language) -> Voice {
    match language {
        Language::German => Voice::German,
        Language::English => Voice::English,
    }
}

/// What is to be heard for one announcement.
fn sounds(sound: &attend::Sound, uploaded: &Uploaded) -> Vec<Arc<Sound>> {
    match sound {
        attend::Sound::Standard(standard, language) => vec![spoken(*standard, voice(*language))],
        attend::Sound::Digits(digits, language) => digits
            .chars()
            .filter_map(|digit| u8::try_from(digit.to_digit(10)?).ok())
            .map(|figure| voice(*language).says(Spoken::Figure(figure)))
            .collect(),
        attend::Sound::File(number) => uploaded.get(number).cloned().into_iter().collect(),
    }
}

fn spoken(standard: Standard, voice: Voice) -> Arc<Sound> {
    match standard {
        Standard::Welcome => voice.says(Spoken::Welcome),
        Standard::PleaseHold => voice.says(Spoken::PleaseHold),
        Standard::Position => voice.says(Spoken::Position),
        Standard::Closed => voice.says(Spoken::Closed),
        Standard::ParkedOn => voice.says(Spoken::ParkedOn),
        Standard::Beep => media::beep(),
    }
}
