//! Everything a use case needs from outside: database, time, chance, keys, settings.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use model::{LoginName, Timestamp, User};
use ring::rand::SecureRandom;
use store::SharedStore;
use uuid::Uuid;

use crate::{
    activation::{self, BackEnd},
    attempts::Attempts,
    audio::Uploads,
    call_centre::Board,
    error::Result,
    hashing::Hashing,
    help::Flood,
    live::Live,
    mail::{NoPost, Post},
    registrations::{Device, NoPhones, Registrations},
    requests::Requests,
    secret::SealingKey,
    trunk::{Carrier, NoCarrier, Trunk},
};

/// What tells the time.
pub trait Clock: Send + Sync {
    /// This moment.
    fn now(&self) -> Timestamp;
}

/// What is unpredictable.
pub trait Random: Send + Sync {
    /// Fills the bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's clock is read"
    )]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The operating system's random numbers.
pub struct SystemRandom(ring::rand::SystemRandom);

impl Default for SystemRandom {
    fn default() -> Self {
        Self(ring::rand::SystemRandom::new())
    }
}

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        self.0
            .fill(bytes)
            .expect("the operating system has random numbers");
    }
}

/// What the operator decides once.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Who activates users.
    pub activation: BackEnd,
    /// Host and port that phones are told to register at.
    pub sip_server: String,
    /// The transport that phones are told to use.
    pub sip_transport: &'static str,
    /// How long call records are kept, in days.
    pub call_record_days: u32,
    /// What the links in letters begin with: `https://klinke.example`, without a slash at the end.
    pub public_url: String,
    /// The port where phones log in over TLS, where there is one.
    pub sip_tls_port: Option<u16>,
    /// The first and the last port for audio of Klinke's own.
    pub audio_ports: (u16, u16),
    /// After how many hours a user that is still Pending is spoken of again.
    pub activation_reminder_hours: u32,
}

/// The environment of every use case.
pub struct Env {
    /// The database.
    pub store: SharedStore,
    /// The operator's decisions.
    pub settings: Settings,
    /// Journal entries as they are committed.
    pub live: Live,
    pub(crate) key: Arc<SealingKey>,
    pub(crate) orders: Option<activation::Carrier>,
    registrations: Arc<dyn Registrations>,
    carrier: Arc<dyn Carrier>,
    pub(crate) hashing: Hashing,
    pub(crate) attempts: Attempts,
    pub(crate) requests: Requests,
    pub(crate) post: Arc<dyn Post>,
    pub(crate) help_answers: Flood,
    pub(crate) board: Board,
    pub(crate) uploads: Uploads,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl Env {
    /// Puts an environment together.
    #[must_use]
    pub fn new(
        store: SharedStore,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        key: impl Into<Arc<SealingKey>>,
        settings: Settings,
    ) -> Self {
        let hashing = Hashing::new(random.as_ref());
        Self {
            store,
            settings,
            live: Live::default(),
            key: key.into(),
            orders: None,
            registrations: Arc::new(NoPhones),
            carrier: Arc::new(NoCarrier),
            hashing,
            attempts: Attempts::default(),
            requests: Requests::default(),
            post: Arc::new(NoPost),
            help_answers: Flood::default(),
            board: Board::default(),
            uploads: Uploads::default(),
            clock,
            random,
        }
    }

    /// The same with a call engine, which knows whose phones are logged in and tells of changes.
    #[must_use]
    pub fn with_registrations(self, registrations: Arc<dyn Registrations>, live: Live) -> Self {
        Self {
            registrations,
            live,
            ..self
        }
    }

    /// The same with what knows the carrier.
    #[must_use]
    pub fn with_carrier(self, carrier: Arc<dyn Carrier>) -> Self {
        Self { carrier, ..self }
    }

    pub(crate) fn trunk(&self) -> Option<Trunk> {
        self.carrier.trunk()
    }

    /// The same with a post, which carries letters away.
    #[must_use]
    pub fn with_post(self, post: Arc<dyn Post>) -> Self {
        Self { post, ..self }
    }

    /// The same with a carrier that takes orders and reports back.
    #[must_use]
    pub fn with_orders(self, orders: Option<activation::Carrier>) -> Self {
        Self { orders, ..self }
    }

    /// Whether a phone of the user is logged in now.
    #[must_use]
    pub fn is_registered(&self, user: &User) -> bool {
        let login = LoginName::of(&user.number);
        user.desk_phone_type.is_some() && self.registrations.is_registered(login.as_str())
    }

    /// Whether a phone with this login name is logged in now.
    pub(crate) fn is_logged_in(&self, login: &str) -> bool {
        self.registrations.is_registered(login)
    }

    /// The user's phones that are logged in now.
    #[must_use]
    pub fn devices(&self, user: &User) -> Vec<Device> {
        self.registrations
            .devices(LoginName::of(&user.number).as_str())
    }

    /// This moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new id, later in order than those made in earlier milliseconds (RFC 9562 §5.7).
    pub(crate) fn id(&self) -> Uuid {
        let milliseconds = u64::try_from(self.now().0).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &self.bytes()).into_uuid()
    }

    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }

    /// A secret of 256 bits that can stand in a URL or a cookie.
    pub(crate) fn token(&self) -> String {
        BASE64URL_NOPAD.encode(&self.bytes::<32>())
    }

    /// A name for the request that a form will send, so that sending it twice counts once.
    #[must_use]
    pub fn form_token(&self) -> String {
        BASE64URL_NOPAD.encode(&self.bytes::<16>())
    }

    pub(crate) async fn write(&self) -> Result<Box<dyn store::Tx>> {
        Ok(self.store.write().await?)
    }

    pub(crate) async fn read(&self) -> Result<Box<dyn store::Tx>> {
        Ok(self.store.read().await?)
    }
}
