//! What a carrier asks for in 401 and 407.

use crate::digest::{Algorithm, each_parameter};
use crate::message::{Message, Name};

/// One challenge that we can answer.
pub(super) struct Challenge {
    pub(super) algorithm: Algorithm,
    pub(super) realm: Vec<u8>,
    pub(super) nonce: Vec<u8>,
    pub(super) opaque: Option<Vec<u8>>,
    /// The password was right, only the nonce was not.
    pub(super) is_stale: bool,
    /// `qop=auth` is offered; without any qop the proof is RFC 2069's.
    pub(super) has_auth: bool,
    /// Where the proof goes.
    pub(super) header: &'static str,
}

impl Challenge {
    /// The strongest one of this realm (RFC 8760 §2.4), of any without one.
    pub(super) fn best(response: &Message, realm: Option<&str>) -> Option<Challenge> {
        let (name, header) = match response.code() {
            401 => (Name::WwwAuthenticate, "Authorization"),
            407 => (Name::ProxyAuthenticate, "Proxy-Authorization"),
            _ => return None,
        };
        let is_ours = |other: &Challenge| realm.is_none_or(|realm| other.realm == realm.as_bytes());
        let mut found: Option<Challenge> = None;
        for value in response.all(name) {
            let other = Challenge::read(response.get(value), header).filter(is_ours);
            let is_sha256 = |challenge: &Challenge| challenge.algorithm == Algorithm::Sha256;
            if found.is_none() || other.as_ref().is_some_and(is_sha256) {
                found = other.or(found);
            }
        }
        found
    }

    fn read(value: &[u8], header: &'static str) -> Option<Challenge> {
        let (mut realm, mut nonce, mut opaque) = (None, None, None);
        let (mut algorithm, mut qop, mut is_stale) = (&b"MD5"[..], None, false);
        each_parameter(value, |name, value| match &name.to_ascii_lowercase()[..] {
            b"realm" => realm = Some(value.to_vec()),
            b"nonce" => nonce = Some(value.to_vec()),
            b"opaque" => opaque = Some(value.to_vec()),
            b"algorithm" => algorithm = value,
            b"qop" => qop = Some(value),
            b"stale" => is_stale = value.eq_ignore_ascii_case(b"true"),
            _ => {}
        })?;
        let is_auth = |option: &[u8]| option.trim_ascii().eq_ignore_ascii_case(b"auth");
        let has_auth = qop.is_some_and(|qop| qop.split(|c| *c == b',').any(is_auth));
        if qop.is_some() && !has_auth {
            return None;
        }
        Some(Challenge {
            algorithm: algorithm_of(algorithm)?,
            realm: realm?,
            nonce: nonce?,
            opaque,
            is_stale,
            has_auth,
            header,
        })
    }
}

fn algorithm_of(name: &[u8]) -> Option<Algorithm> {
    if name.eq_ignore_ascii_case(b"SHA-256") {
        Some(Algorithm::Sha256)
    } else if name.eq_ignore_ascii_case(b"MD5") {
        Some(Algorithm::Md5)
    } else {
        None
    }
}
