//! Signatures in the way of Standard Webhooks: HMAC-SHA-256 over id, time and body (standardwebhooks.com, "Symmetric").

use std::fmt;

use data_encoding::BASE64;
use model::Timestamp;
use ring::hmac;

/// How far the clocks of both sides may differ, in seconds; what is older may be a recording.
pub const TOLERANCE_S: i64 = 5 * 60;

/// The fewest bytes of a secret.
const SHORTEST: usize = 24;

/// What both sides know and nobody else.
#[derive(Clone)]
pub struct WebhookSecret(hmac::Key);

/// The text is no secret that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a webhook secret is at least 24 bytes in base64, with whsec_ before them if you like")]
pub struct Unusable;

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret")
    }
}

impl WebhookSecret {
    /// Reads it from base64, with or without `whsec_`.
    ///
    /// # Errors
    /// `Unusable` when it is something else or too short.
    pub fn from_text(text: &str) -> Result<Self, Unusable> {
        let text = text.trim();
        let encoded = text.strip_prefix("whsec_").unwrap_or(text);
        let bytes = BASE64.decode(encoded.as_bytes()).map_err(|_| Unusable)?;
        if bytes.len() < SHORTEST {
            return Err(Unusable);
        }
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
    }

    /// The value of `webhook-signature`; `at` in seconds since 1970.
    #[must_use]
    pub fn sign(&self, id: &str, at: i64, body: &[u8]) -> String {
        let tag = hmac::sign(&self.0, &signed(id, at, body));
        format!("v1,{}", BASE64.encode(tag.as_ref()))
    }

    fn is_right(&self, id: &str, at: i64, body: &[u8], signatures: &str) -> bool {
        let mut tags = signatures.split(' ').filter_map(|one| {
            let encoded = one.strip_prefix("v1,")?;
            BASE64.decode(encoded.as_bytes()).ok()
        });
        let signed = signed(id, at, body);
        tags.any(|tag| hmac::verify(&self.0, &signed, &tag).is_ok())
    }
}

fn signed(id: &str, at: i64, body: &[u8]) -> Vec<u8> {
    [format!("{id}.{at}.").as_bytes(), body].concat()
}

/// The three headers of a message.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// `webhook-id`.
    pub id: &'a str,
    /// `webhook-timestamp`.
    pub timestamp: &'a str,
    /// `webhook-signature`; several are parted by spaces.
    pub signature: &'a str,
}

/// Why a message is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// A header is missing or too long.
    Headers,
    /// Too old, or from the future.
    Time,
    /// Not signed with our secret.
    Signature,
}

impl Signed<'_> {
    /// The longest id that is kept, in bytes.
    const LONGEST_ID: usize = 200;

    pub(super) fn check(
        &self,
        secret: &WebhookSecret,
        now: Timestamp,
        body: &[u8],
    ) -> Result<(), Doubt> {
        if self.id.is_empty() || self.id.len() > Self::LONGEST_ID {
            return Err(Doubt::Headers);
        }
        let at: i64 = self.timestamp.parse().map_err(|_| Doubt::Headers)?;
        if !secret.is_right(self.id, at, body, self.signature) {
            return Err(Doubt::Signature);
        }
        if (now.0 / 1000).saturating_sub(at).saturating_abs() > TOLERANCE_S {
            return Err(Doubt::Time);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn check(timestamp: &str, signature: &str, now: i64, body: &[u8]) -> Result<(), Doubt> {
        let secret = WebhookSecret::from_text(SECRET).unwrap();
        let signed = Signed {
            id: ID,
            timestamp,
            signature,
        };
        signed.check(&secret, Timestamp(now * 1000), body)
    }

    #[test]
    fn the_example_of_the_specification_is_signed_as_there() {
        let secret = WebhookSecret::from_text(SECRET).unwrap();
        assert_eq!(secret.sign(ID, 1_614_265_330, BODY), SIGNATURE);
    }

    #[test]
    fn what_is_signed_right_and_in_time_is_believed() {
        let (at, now) = ("1614265330", 1_614_265_330);
        assert_eq!(check(at, SIGNATURE, now, BODY), Ok(()));
        let rotated = format!("v1,AAAA v1a,xyz {SIGNATURE}");
        assert_eq!(check(at, &rotated, now, BODY), Ok(()));
        assert_eq!(check(at, SIGNATURE, now + 300, BODY), Ok(()));
        for late in [now + 301, now - 301] {
            assert_eq!(check(at, SIGNATURE, late, BODY), Err(Doubt::Time));
        }
        for (body, signature) in [(&b"{}"[..], SIGNATURE), (BODY, "v1,AAAA"), (BODY, "")] {
            assert_eq!(check(at, signature, now, body), Err(Doubt::Signature));
        }
        let other_time = check("1614265331", SIGNATURE, now, BODY);
        assert_eq!(other_time, Err(Doubt::Signature));
        assert_eq!(check("soon", SIGNATURE, now, BODY), Err(Doubt::Headers));
    }

    #[test]
    fn a_secret_is_long_and_never_printed() {
        for text in [
            "",
            "whsec_",
            "whsec_c2hvcnQ=",
            "not base64 at all, but long enough!!",
        ] {
            assert!(WebhookSecret::from_text(text).is_err(), "{text}");
        }
        let secret = WebhookSecret::from_text(SECRET).unwrap();
        assert_eq!(format!("{secret:?}"), "WebhookSecret");
    }
}
