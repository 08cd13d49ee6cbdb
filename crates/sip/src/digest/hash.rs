//! The two hash functions and the stored digest of a password.

use data_encoding::HEXLOWER;
use md5::{Digest as _, Md5};
use ring::digest::{Context, SHA256};
use smallvec::SmallVec;

/// Hash function of a digest (RFC 8760).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the algorithms' own names")]
pub enum Algorithm {
    Md5,
    Sha256,
}

/// Digests of `login:realm:password`: all that is known of a password.
#[derive(Clone)]
pub struct Ha1 {
    /// For phones that know nothing better; `None` refuses them.
    pub md5: Option<[u8; 16]>,
    /// For all others.
    pub sha256: [u8; 32],
}

impl std::fmt::Debug for Ha1 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ha1(secret)")
    }
}

impl Ha1 {
    /// Digests of a password; `realm` is the installation's.
    #[must_use]
    pub fn new(login: &str, realm: &str, password: &str) -> Ha1 {
        let text = format!("{login}:{realm}:{password}");
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(ring::digest::digest(&SHA256, text.as_bytes()).as_ref());
        Ha1 {
            md5: Some(Md5::digest(text.as_bytes()).into()),
            sha256,
        }
    }

    /// The same password, but phones that only know MD5 are refused.
    #[must_use]
    pub fn without_md5(self) -> Ha1 {
        Ha1 { md5: None, ..self }
    }
}

/// Lower-case hexadecimal digits of a hash.
pub(crate) type Hex = SmallVec<[u8; 64]>;

pub(super) fn hex(bytes: &[u8]) -> Hex {
    let mut out = SmallVec::from_elem(0, bytes.len() * 2);
    HEXLOWER.encode_mut(bytes, &mut out);
    out
}

/// Hash of the parts with colons between them, in hexadecimal.
pub(crate) fn joined(algorithm: Algorithm, parts: &[&[u8]]) -> Hex {
    match algorithm {
        Algorithm::Md5 => {
            let mut hash = Md5::new();
            for (at, part) in parts.iter().enumerate() {
                hash.update(if at > 0 { &b":"[..] } else { b"" });
                hash.update(part);
            }
            hex(&hash.finalize())
        }
        Algorithm::Sha256 => {
            let mut hash = Context::new(&SHA256);
            for (at, part) in parts.iter().enumerate() {
                hash.update(if at > 0 { b":" } else { b"" });
                hash.update(part);
            }
            hex(hash.finish().as_ref())
        }
    }
}
