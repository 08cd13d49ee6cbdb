//! The driver: one thread with the clock, a socket for each listener.
//!
//! A socket of its own lets the port tell who is heard, before and behind NAT; it costs one look for packets at each
//! tick. Whoever calls the studio never waits for the thread: they only leave word.

use crate::hall::{Hall, Happening, ListenerId};
use crate::listener::{Aim, Playlist};
use crate::ports::{PortRange, Ports};
use crate::timeliness::Timeliness;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The time between two packets.
const TICK: Duration = Duration::from_millis(20);
/// After a longer pause (a sleeping machine) packets are left out instead of sent in a burst.
const LONGEST_PAUSE: Duration = Duration::from_millis(200);
/// Packets taken from one listener in one tick: a phone sends one.
const MOST_PACKETS: usize = 8;
/// Longer packets are no audio of 20–60 ms.
const LONGEST: usize = 1500;

/// Told what was heard; must not wait.
type Ear = Box<dyn Fn(u64, crate::What) + Send>;

enum Word {
    Add(u64, IpAddr, UdpSocket),
    Aim(u64, Aim),
    Play(u64, Playlist),
    Remove(u64),
}

/// Sockets, clock and listeners.
pub struct Studio {
    words: mpsc::Sender<Word>,
    ports: Ports,
    open: Arc<AtomicUsize>,
    /// Sets the identifiers of sessions apart.
    seed: u64,
    timeliness: Arc<Timeliness>,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Studio {
    /// Starts the thread. `secret` is random and new at every start; `ear` is told what is heard, with the number that
    /// [`Studio::open`] was given.
    ///
    /// # Errors
    /// When there can be no thread.
    pub fn start(range: PortRange, secret: [u8; 32], ear: Ear) -> io::Result<Studio> {
        let mut rng = StdRng::from_seed(secret);
        let (seed, first) = (rng.next_u64() >> 2, rng.next_u32());
        let (words, taken) = mpsc::channel();
        let (timeliness, is_over) = (Arc::<Timeliness>::default(), Arc::<AtomicBool>::default());
        let clock = Clock {
            hall: Hall::new(rng),
            seats: HashMap::new(),
            sockets: Vec::new(),
            words: taken,
            ear,
            timeliness: Arc::clone(&timeliness),
            is_over: Arc::clone(&is_over),
        };
        let thread = std::thread::Builder::new().name("media".into());
        Ok(Studio {
            words,
            ports: Ports::new(range, usize::try_from(first).unwrap_or(0)),
            open: Arc::default(),
            seed,
            timeliness,
            is_over,
            thread: Some(thread.spawn(move || clock.run())?),
        })
    }

    /// A port at this address, for a peer whose SIP comes from `signalling`; `number`
    /// is given back with what is heard, and is no other open line's.
    ///
    /// # Errors
    /// When no port is free.
    pub fn open(&self, number: u64, local: IpAddr, signalling: IpAddr) -> io::Result<Line> {
        let socket = self.ports.open(local)?;
        let at = SocketAddr::new(local, socket.local_addr()?.port());
        let _ = self.words.send(Word::Add(number, signalling, socket));
        self.open.fetch_add(1, Ordering::Relaxed);
        Ok(Line {
            number,
            at,
            id: self.seed.wrapping_add(number) >> 1,
            words: self.words.clone(),
            open: Arc::clone(&self.open),
        })
    }

    /// How many ports are open now.
    #[must_use]
    pub fn open_ports(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }

    /// How late packets went out.
    #[must_use]
    pub fn timeliness(&self) -> &Timeliness {
        &self.timeliness
    }
}

impl Drop for Studio {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// One listener; dropping it frees its port.
pub struct Line {
    number: u64,
    at: SocketAddr,
    id: u64,
    words: mpsc::Sender<Word>,
    open: Arc<AtomicUsize>,
}

impl Line {
    /// Where it takes packets.
    #[must_use]
    pub fn at(&self) -> SocketAddr {
        self.at
    }

    /// An identifier for its session descriptions.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.id
    }

    /// What was agreed with the peer.
    pub fn aim(&self, aim: Aim) {
        let _ = self.words.send(Word::Aim(self.number, aim));
    }

    /// Plays this instead of what was played.
    pub fn play(&self, playlist: Playlist) {
        let _ = self.words.send(Word::Play(self.number, playlist));
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let _ = self.words.send(Word::Remove(self.number));
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Clock {
    hall: Hall,
    /// Listeners by the number their line knows.
    seats: HashMap<u64, ListenerId>,
    /// Their sockets, by place in the hall.
    sockets: Vec<Option<Seat>>,
    words: mpsc::Receiver<Word>,
    ear: Ear,
    timeliness: Arc<Timeliness>,
    is_over: Arc<AtomicBool>,
}

struct Seat {
    number: u64,
    listener: ListenerId,
    socket: UdpSocket,
}

impl Clock {
    fn run(mut self) {
        let mut due = Instant::now();
        while !self.is_over.load(Ordering::Relaxed) {
            self.take_words();
            self.take_packets();
            self.tick(due);
            due += TICK;
            let now = Instant::now();
            if now > due + LONGEST_PAUSE {
                due = now;
            }
            std::thread::sleep(due.saturating_duration_since(now));
        }
    }

    fn take_words(&mut self) {
        while let Ok(word) = self.words.try_recv() {
            match word {
                Word::Add(number, signalling, socket) => self.add(number, signalling, socket),
                Word::Aim(number, aim) => {
                    if let Some(listener) = self.seats.get(&number) {
                        self.hall.aim(*listener, aim);
                    }
                }
                Word::Play(number, playlist) => {
                    if let Some(listener) = self.seats.get(&number) {
                        self.hall.play(*listener, playlist);
                    }
                }
                Word::Remove(number) => {
                    if let Some(listener) = self.seats.remove(&number) {
                        self.hall.remove(listener);
                        self.sockets[listener.index] = None;
                    }
                }
            }
        }
    }

    fn add(&mut self, number: u64, signalling: IpAddr, socket: UdpSocket) {
        let listener = self.hall.add(signalling);
        self.seats.insert(number, listener);
        if self.sockets.len() <= listener.index {
            self.sockets.resize_with(listener.index + 1, || None);
        }
        self.sockets[listener.index] = Some(Seat {
            number,
            listener,
            socket,
        });
    }

    fn take_packets(&mut self) {
        let mut buffer = [0; LONGEST];
        for seat in self.sockets.iter().flatten() {
            for _ in 0..MOST_PACKETS {
                // A port that is not there any more answers once with an error of its own.
                let Ok((length, source)) = seat.socket.recv_from(&mut buffer) else {
                    break;
                };
                let heard = self.hall.receive(seat.listener, source, &buffer[..length]);
                if let Some(Happening { what, .. }) = heard {
                    (self.ear)(seat.number, what);
                }
            }
        }
    }

    fn tick(&mut self, due: Instant) {
        let Clock {
            hall,
            sockets,
            ear,
            timeliness,
            ..
        } = self;
        let send = |at: usize, to: SocketAddr, packet: &[u8]| {
            if let Some(seat) = sockets.get(at).and_then(Option::as_ref) {
                // A full buffer loses a packet, as a network does.
                let _ = seat.socket.send_to(packet, to);
                timeliness.note(due.elapsed());
            }
        };
        let tell = |happening: Happening| {
            let seat = sockets
                .get(happening.listener.index)
                .and_then(Option::as_ref);
            if let Some(seat) = seat {
                ear(seat.number, happening.what);
            }
        };
        hall.tick(send, tell);
    }
}
