//! The way to the telephone network: one carrier, who it is, where it is now, and our proof to it.

mod challenge;
mod proof;
mod registration;
mod settings;

pub use proof::{Proof, repeated};
pub use registration::{REGISTRATION_SHARD, Registration};
pub use settings::{TrunkCredentials, TrunkRegistration, TrunkSettings, TrunkTransport};

use crate::flow::Flow;
use crate::lock;
use crate::message::Message;
use bytes::Bytes;
use challenge::Challenge;
use std::net::IpAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};

/// What the whole engine knows of the trunk.
#[derive(Debug)]
pub struct Trunk {
    settings: TrunkSettings,
    domain: String,
    now: Mutex<Now>,
    is_registered: AtomicBool,
    /// The last refusal of our registration since it went well; 0 for none.
    refusal: AtomicU16,
}

/// What changes while we run.
#[derive(Debug, Default)]
struct Now {
    flow: Option<Flow>,
    resolved: Vec<IpAddr>,
    /// The carrier's last nonce, and how often we used it.
    nonce: Vec<u8>,
    count: u32,
}

impl Trunk {
    /// A trunk whose address is not looked up yet.
    #[must_use]
    pub fn new(settings: TrunkSettings) -> Trunk {
        Trunk {
            domain: settings.domain_or_host(),
            settings,
            now: Mutex::default(),
            is_registered: AtomicBool::new(false),
            refusal: AtomicU16::new(0),
        }
    }

    /// What it was made with.
    #[must_use]
    pub fn settings(&self) -> &TrunkSettings {
        &self.settings
    }

    /// The domain of addresses there.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Where a Request-URI there points: the domain, or the address with its port.
    #[must_use]
    pub fn target(&self) -> String {
        let is_name = self
            .domain
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_err();
        match self.settings.host_port() {
            _ if is_name => self.domain.clone(),
            (_, port) => format!("{}:{port}", self.domain),
        }
    }

    /// The carrier is reached this way from now on; `resolved` are all addresses of its name.
    pub fn reach(&self, flow: Flow, resolved: &[IpAddr]) {
        let mut now = lock(&self.now);
        now.flow = Some(flow);
        now.resolved = resolved.iter().map(IpAddr::to_canonical).collect();
    }

    /// How the carrier is reached, once its address is known.
    #[must_use]
    pub fn flow(&self) -> Option<Flow> {
        lock(&self.now).flow
    }

    /// True for the carrier's own addresses: calls from there need no password.
    #[must_use]
    pub fn trusts(&self, source: IpAddr) -> bool {
        let source = source.to_canonical();
        if self.settings.trusted.is_empty() {
            return lock(&self.now).resolved.contains(&source);
        }
        let mut trusted = self.settings.trusted.iter();
        trusted.any(|address| address.to_canonical() == source)
    }

    /// Whether the carrier knows us now.
    #[must_use]
    pub fn is_registered(&self) -> bool {
        self.is_registered.load(Ordering::Relaxed)
    }

    /// The last refusal of our registration since it went well: 408 when no answer came, 503 when there is no way.
    #[must_use]
    pub fn refusal(&self) -> Option<u16> {
        Some(self.refusal.load(Ordering::Relaxed)).filter(|code| *code != 0)
    }

    pub(crate) fn note_registered(&self, is_registered: bool, refusal: Option<u16>) {
        self.is_registered.store(is_registered, Ordering::Relaxed);
        self.refusal.store(refusal.unwrap_or(0), Ordering::Relaxed);
    }

    /// True for the user part of the contact we register.
    #[must_use]
    pub fn is_contact(&self, user: &str) -> bool {
        let registration = self.settings.registration.as_ref();
        registration.is_some_and(|registration| registration.contact_user == user)
    }

    /// What the carrier wants to see before it serves `refused`; `None` when we have no such proof, or gave it in vain
    /// (`proofs` times already, RFC 3261 §22.1).
    #[must_use]
    pub fn prove(
        &self,
        challenge: &Message,
        refused: Bytes,
        cnonce: u64,
        proofs: u8,
    ) -> Option<Proof> {
        let credentials = self.settings.credentials.as_ref()?;
        let challenge = Challenge::best(challenge, credentials.realm.as_deref())?;
        let is_worth_it = proofs == 0 || (proofs == 1 && challenge.is_stale);
        if !is_worth_it {
            return None;
        }
        let count = self.count(&challenge.nonce);
        Proof::new(&challenge, credentials, refused, cnonce, count)
    }

    /// How often this nonce was used, this time included.
    fn count(&self, nonce: &[u8]) -> u32 {
        let mut now = lock(&self.now);
        if now.nonce != nonce {
            now.nonce = nonce.to_vec();
            now.count = 0;
        }
        now.count += 1;
        now.count
    }
}
