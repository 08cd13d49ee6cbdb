//! What stands beside a browser at a second factor: an authenticator app, and a key that keeps passkeys. Both are written
//! from the standards, not with the libraries that check them.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use model::Timestamp;
use ring::{
    digest::{SHA256, digest},
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};

/// The code that an app shows at this moment for a secret in base32 (RFC 6238, RFC 4226 §5.3).
#[must_use]
pub fn totp_code(secret: &str, at: Timestamp) -> String {
    let secret = BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &secret);
    let step = u64::try_from(at.0 / 30_000).unwrap();
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let offset = usize::from(bytes[19] & 15);
    let word: [u8; 4] = bytes[offset..offset + 4].try_into().unwrap();
    format!(
        "{:06}",
        (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000
    )
}

/// A key that keeps one passkey, in front of whose holder it asks for the PIN (WebAuthn, CTAP 2).
pub struct Authenticator {
    key: EcdsaKeyPair,
    id: [u8; 16],
    origin: String,
    host: String,
    user_handle: Vec<u8>,
    /// How often it has signed.
    pub counter: u32,
    /// Whether it verifies its holder.
    pub verifies: bool,
}

impl Authenticator {
    /// One whose browser shows pages of this origin.
    #[must_use]
    pub fn new(origin: &str) -> Self {
        let random = SystemRandom::new();
        let document =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let document = document.as_ref();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document, &random);
        let key = key.unwrap();
        let id = key.public_key().as_ref()[1..17].try_into().unwrap();
        let host = origin.split_once("://").unwrap().1;
        Self {
            key,
            id,
            origin: origin.to_owned(),
            host: host.split(':').next().unwrap().to_owned(),
            user_handle: Vec::new(),
            counter: 0,
            verifies: true,
        }
    }

    /// What the browser answers when it is asked to make a passkey.
    pub fn make(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        let user = options["user"]["id"].as_str().unwrap();
        self.user_handle = BASE64URL_NOPAD.decode(user.as_bytes()).unwrap();
        let client_data = self.client_data("webauthn.create", &options);
        let public = self.key.public_key().as_ref();
        let mut data = self.authenticator_data(0x40);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        // COSE: EC2, ES256, P-256, x, y (RFC 9053 §7.1.1).
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&public[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&public[33..65]);
        let length = u8::try_from(data.len()).unwrap();
        let object = [
            b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58",
            &[length][..],
            &data,
        ]
        .concat();
        let response = json!({
            "attestationObject": BASE64URL_NOPAD.encode(&object),
            "clientDataJSON": BASE64URL_NOPAD.encode(client_data.as_bytes()),
            "transports": ["internal"],
        });
        self.answer(response)
    }

    /// What the browser answers when it is asked for a passkey.
    pub fn sign(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        self.counter += 1;
        let client_data = self.client_data("webauthn.get", &options);
        let data = self.authenticator_data(0);
        let hash = digest(&SHA256, client_data.as_bytes());
        let signed = [&data, hash.as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        let response = json!({
            "authenticatorData": BASE64URL_NOPAD.encode(&data),
            "clientDataJSON": BASE64URL_NOPAD.encode(client_data.as_bytes()),
            "signature": BASE64URL_NOPAD.encode(signature.as_ref()),
            "userHandle": BASE64URL_NOPAD.encode(&self.user_handle),
        });
        self.answer(response)
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let data = json!({
            "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false,
        });
        data.to_string()
    }

    fn authenticator_data(&self, more: u8) -> Vec<u8> {
        let verified = if self.verifies { 4 } else { 0 };
        let host = digest(&SHA256, self.host.as_bytes());
        let mut data = host.as_ref().to_vec();
        data.push(1 | verified | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn answer(&self, response: Value) -> String {
        let id = BASE64URL_NOPAD.encode(&self.id);
        let mut answer = json!({
            "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
        });
        answer["response"] = response;
        answer.to_string()
    }
}
