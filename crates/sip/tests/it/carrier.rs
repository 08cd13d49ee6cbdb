//! What makes a scripted phone a carrier: it wants proofs.

use bytes::Bytes;
use sip::Time;
use sip::digest::{Challenge, Digest, Ha1, Verdict};
use sip::message::{Message, Name, reason};
use std::net::IpAddr;

pub(crate) const REALM: &str = "carrier.example";
pub(crate) const USER: &str = "muster";

/// Checks every request with the server's side of the digest.
pub(crate) struct Guard {
    digest: Digest,
    ha1: Ha1,
    code: u16,
    is_md5_only: bool,
    /// So many right proofs are called stale.
    pub stales: u32,
    pub challenges: u32,
    pub proven: Vec<String>,
}

impl Guard {
    pub(crate) fn new(password: &str, code: u16, is_md5_only: bool) -> Guard {
        Guard {
            digest: Digest::new(REALM, &[3; 32]),
            ha1: Ha1::new(USER, REALM, password),
            code,
            is_md5_only,
            stales: 0,
            challenges: 0,
            proven: vec![],
        }
    }

    fn names(&self) -> (Name, &'static str) {
        match self.code {
            401 => (Name::Authorization, "WWW-Authenticate"),
            _ => (Name::ProxyAuthorization, "Proxy-Authenticate"),
        }
    }

    /// The challenge for a request without a proof.
    pub(crate) fn refusal(&mut self, now: Time, request: &Message, tag: &str) -> Option<Bytes> {
        let (name, header) = self.names();
        let source: IpAddr = "192.0.2.1".parse().unwrap();
        let verdict = self.digest.credentials(request, name).map(|credentials| {
            self.digest
                .verify(&credentials, request, Some(&self.ha1), (now, source))
        });
        let is_good = verdict == Some(Verdict::Accepted);
        if is_good && self.stales == 0 {
            let method = String::from_utf8(request.method_name().to_vec()).unwrap();
            self.proven.push(method);
            return None;
        }
        self.stales -= u32::from(is_good);
        self.challenges += 1;
        let phrase = reason(self.code).as_bytes();
        let mut out = request.response(
            self.code,
            phrase,
            Some(tag.as_bytes()),
            (source, 5060).into(),
        );
        let challenge = Challenge {
            header,
            is_stale: is_good,
            is_md5_only: self.is_md5_only,
        };
        self.digest
            .challenge(&mut out, &challenge, request, (now, source));
        Some(out.finish(None, b""))
    }
}
