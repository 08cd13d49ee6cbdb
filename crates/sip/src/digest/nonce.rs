//! Nonces that prove themselves: nothing is stored when a challenge goes out.

use super::hash::{Hex, hex};
use crate::time::Time;
use ring::hmac;
use std::net::IpAddr;
use std::time::Duration;
use subtle::ConstantTimeEq;

const TIME: usize = 4;
const SALT: usize = 8;
const MAC: usize = 16;

/// Makes and recognises nonces: seconds, salt, and a keyed hash over both and the peer's address.
pub(super) struct Nonces {
    key: hmac::Key,
    lifetime: Duration,
}

/// What a nonce is worth.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(super) enum Worth {
    Fresh,
    /// Ours, for this peer, but too old.
    Old,
    /// Not made by us for this peer.
    Foreign,
}

impl Nonces {
    pub(super) fn new(key: &[u8], lifetime: Duration) -> Nonces {
        Nonces {
            key: hmac::Key::new(hmac::HMAC_SHA256, key),
            lifetime,
        }
    }

    /// `context` is what differs between two challenges of the same second (Call-ID, CSeq, branch).
    pub(super) fn make(&self, now: Time, source: IpAddr, context: &[&[u8]]) -> Hex {
        let mut salt = hmac::Context::with_key(&self.key);
        for part in context {
            salt.update(part);
            salt.update(&[0]);
        }
        let seconds = u32::try_from(now.unix_seconds()).unwrap_or(u32::MAX);
        let salt = salt.sign();
        let mut raw = [0; TIME + SALT + MAC];
        raw[..TIME].copy_from_slice(&seconds.to_be_bytes());
        raw[TIME..TIME + SALT].copy_from_slice(&salt.as_ref()[..SALT]);
        let mac = self.mac(&raw[..TIME + SALT], source);
        raw[TIME + SALT..].copy_from_slice(&mac);
        hex(&raw)
    }

    pub(super) fn worth(&self, nonce: &[u8], now: Time, source: IpAddr) -> Worth {
        let mut raw = [0; TIME + SALT + MAC];
        if nonce.len() != raw.len() * 2
            || data_encoding::HEXLOWER.decode_mut(nonce, &mut raw).is_err()
        {
            return Worth::Foreign;
        }
        let mac = self.mac(&raw[..TIME + SALT], source);
        if !bool::from(mac.ct_eq(&raw[TIME + SALT..])) {
            return Worth::Foreign;
        }
        let mut seconds = [0; TIME];
        seconds.copy_from_slice(&raw[..TIME]);
        let made = Time::from_unix_ms(u64::from(u32::from_be_bytes(seconds)) * 1000);
        if now.since(made) > self.lifetime {
            Worth::Old
        } else {
            Worth::Fresh
        }
    }

    fn mac(&self, head: &[u8], source: IpAddr) -> [u8; MAC] {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(b"nonce");
        context.update(head);
        match source.to_canonical() {
            IpAddr::V4(address) => context.update(&address.octets()),
            IpAddr::V6(address) => context.update(&address.octets()),
        }
        let mut out = [0; MAC];
        out.copy_from_slice(&context.sign().as_ref()[..MAC]);
        out
    }
}
