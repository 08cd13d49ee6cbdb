//! Digest authentication (RFC 3261 §22, 7616, 8760), the server's side.
//!
//! Realm, nonce and algorithm are ours; from the header under test only the proof is taken. Unknown login and wrong
//! password take the same steps and get the same answer.

mod count;
mod credentials;
mod hash;
mod nonce;

pub use credentials::Credentials;
pub(crate) use credentials::each_parameter;
pub(crate) use hash::joined;
pub use hash::{Algorithm, Ha1};

use crate::lock;
use crate::message::{Message, Name, Uri, Writer};
use crate::time::Time;
use count::Counts;
use hash::hex;
use nonce::{Nonces, Worth};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Duration;
use subtle::ConstantTimeEq;

/// How long a nonce is good.
pub const NONCE_LIFETIME: Duration = Duration::from_secs(300);

/// Outcome of checking one proof.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Verdict {
    /// The password is right, the nonce fresh, the count new.
    Accepted,
    /// The password is right; nonce or count are used up: challenge again with `stale=true`.
    Stale,
    /// The proof is wrong, or the login unknown, or it may not use this algorithm.
    Wrong,
    /// The header contradicts itself or the request: 400.
    Malformed,
}

/// What a challenge looks like.
#[derive(Debug, Clone, Copy)]
pub struct Challenge {
    /// `WWW-Authenticate` or `Proxy-Authenticate`.
    pub header: &'static str,
    /// The password was right, only the nonce was not.
    pub is_stale: bool,
    /// For devices that give up at the sight of an algorithm they do not know.
    pub is_md5_only: bool,
}

/// Verifier for one realm.
pub struct Digest {
    realm: String,
    nonces: Nonces,
    counts: Mutex<Counts>,
    /// Stands in for the password of a login that does not exist.
    nobody: Ha1,
}

impl Digest {
    /// `key` is secret and random; nonces of another key are answered "stale".
    #[must_use]
    pub fn new(realm: &str, key: &[u8; 32]) -> Digest {
        let nobody = data_encoding::HEXLOWER.encode(key);
        Digest {
            realm: realm.to_owned(),
            nonces: Nonces::new(key, NONCE_LIFETIME),
            counts: Mutex::new(Counts::new(NONCE_LIFETIME)),
            nobody: Ha1::new("nobody", realm, &nobody),
        }
    }

    /// The credentials for our realm among the headers `name`, the stronger algorithm first.
    #[must_use]
    pub fn credentials<'a>(&self, request: &'a Message, name: Name) -> Option<Credentials<'a>> {
        let mut found: Option<Credentials<'a>> = None;
        for value in request.all(name) {
            let Some(other) = Credentials::parse(request.get(value)) else {
                continue;
            };
            let is_stronger = algorithm(&other) == Some(Algorithm::Sha256);
            if other.realm == self.realm.as_bytes() && (found.is_none() || is_stronger) {
                found = Some(other);
            }
        }
        found
    }

    /// Adds the challenges to an answer, SHA-256 first (RFC 8760 §2.4).
    pub fn challenge(
        &self,
        out: &mut Writer,
        challenge: &Challenge,
        request: &Message,
        (now, source): (Time, IpAddr),
    ) {
        let context = [
            request.get(request.call_id),
            request.get(request.via.branch),
            &request.cseq.to_be_bytes(),
        ];
        let nonce = self.nonces.make(now, source, &context);
        let offered: &[&[u8]] = if challenge.is_md5_only {
            &[b"MD5"]
        } else {
            &[b"SHA-256", b"MD5"]
        };
        let end: &[u8] = if challenge.is_stale {
            b", stale=true\r\n"
        } else {
            b"\r\n"
        };
        for algorithm in offered {
            out.put(challenge.header.as_bytes())
                .put(b": Digest realm=\"")
                .put(self.realm.as_bytes());
            out.put(b"\", nonce=\"")
                .put(&nonce)
                .put(b"\", algorithm=")
                .put(algorithm);
            out.put(b", qop=\"auth\"").put(end);
        }
    }

    /// Checks the proof in `credentials` for `request` from `source` against the login's digests.
    #[must_use]
    pub fn verify(
        &self,
        credentials: &Credentials<'_>,
        request: &Message,
        ha1: Option<&Ha1>,
        (now, source): (Time, IpAddr),
    ) -> Verdict {
        let Some(proof) = Proof::read(credentials, request) else {
            return Verdict::Malformed;
        };
        if !proof.is_right(ha1, &self.nobody) {
            return Verdict::Wrong;
        }
        match self.nonces.worth(credentials.nonce, now, source) {
            Worth::Old | Worth::Foreign => Verdict::Stale,
            Worth::Fresh if self.is_new(&proof, now) => Verdict::Accepted,
            Worth::Fresh => Verdict::Stale,
        }
    }

    fn is_new(&self, proof: &Proof<'_>, now: Time) -> bool {
        let Some(count) = proof.count else {
            return true;
        };
        let mut nonce = [0; 16];
        let tail = &proof.credentials.nonce[proof.credentials.nonce.len() - 16..];
        nonce.copy_from_slice(tail);
        lock(&self.counts).take(nonce, count, fingerprint(proof.request), now)
    }
}

/// The same for retransmissions of one request, different for any other.
fn fingerprint(request: &Message) -> u64 {
    let mut hasher = DefaultHasher::new();
    request.get(request.call_id).hash(&mut hasher);
    request.get(request.via.branch).hash(&mut hasher);
    request.method_name().hash(&mut hasher);
    request.cseq.hash(&mut hasher);
    hasher.finish()
}

fn algorithm(credentials: &Credentials<'_>) -> Option<Algorithm> {
    let name = credentials.algorithm;
    if name.is_empty() || name.eq_ignore_ascii_case(b"MD5") {
        Some(Algorithm::Md5)
    } else if name.eq_ignore_ascii_case(b"SHA-256") {
        Some(Algorithm::Sha256)
    } else {
        None
    }
}

/// Credentials whose form is in order.
struct Proof<'a> {
    credentials: &'a Credentials<'a>,
    request: &'a Message,
    algorithm: Algorithm,
    /// The nonce count; `None` without qop (RFC 2069 phones).
    count: Option<u32>,
}

impl<'a> Proof<'a> {
    fn read(credentials: &'a Credentials<'a>, request: &'a Message) -> Option<Proof<'a>> {
        let algorithm = algorithm(credentials)?;
        let count = if credentials.qop.is_empty() {
            None
        } else {
            Some(nonce_count(credentials)?)
        };
        if count.is_none() && algorithm != Algorithm::Md5 {
            return None;
        }
        let is_this_request = credentials.uri == request.uri()
            || Uri::parse(credentials.uri)?.names_the_same_as(&Uri::parse(request.uri())?);
        (is_this_request && !credentials.username.is_empty()).then_some(Proof {
            credentials,
            request,
            algorithm,
            count,
        })
    }

    fn is_right(&self, ha1: Option<&Ha1>, nobody: &Ha1) -> bool {
        let known = ha1.unwrap_or(nobody);
        let (ha1_hex, is_allowed) = match (self.algorithm, known.md5) {
            (Algorithm::Sha256, _) => (hex(&known.sha256), true),
            (Algorithm::Md5, Some(md5)) => (hex(&md5), true),
            (Algorithm::Md5, None) => (hex(&[0; 16]), false),
        };
        let c = self.credentials;
        let ha2 = joined(self.algorithm, &[self.request.method_name(), c.uri]);
        let wanted = match self.count {
            Some(_) => joined(
                self.algorithm,
                &[&ha1_hex, c.nonce, c.nc, c.cnonce, c.qop, &ha2],
            ),
            None => joined(self.algorithm, &[&ha1_hex, c.nonce, &ha2]),
        };
        let given = c.response.to_ascii_lowercase();
        bool::from(wanted[..].ct_eq(&given)) & is_allowed & ha1.is_some()
    }
}

/// Exactly eight hexadecimal digits with `qop=auth` and a client nonce (RFC 7616 §3.4).
fn nonce_count(credentials: &Credentials<'_>) -> Option<u32> {
    let is_auth = credentials.qop.eq_ignore_ascii_case(b"auth") && !credentials.cnonce.is_empty();
    let digits = std::str::from_utf8(credentials.nc).ok()?;
    let is_hex = digits.len() == 8 && digits.bytes().all(|c| c.is_ascii_hexdigit());
    if is_auth && is_hex {
        u32::from_str_radix(digits, 16).ok()
    } else {
        None
    }
}
