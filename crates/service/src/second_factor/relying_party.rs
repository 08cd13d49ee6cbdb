//! To whom passkeys belong: the host of the portal's public address (WebAuthn §5.1.2).

use std::time::Duration;

use url::{Host, Url};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::log_in::GOOD_FOR_S;
use crate::{Env, Error, Result};

/// What browsers call who asks.
const NAME: &str = "Klinke";

/// Whether passkeys can be used: they belong to a name, never to an IP address, and need an encrypted connection.
#[must_use]
pub fn passkeys_are_offered(env: &Env) -> bool {
    address(env).is_some()
}

/// The origin that passkeys are used at; `None` where none can be.
#[must_use]
pub fn public_origin(env: &Env) -> Option<String> {
    address(env).map(|address| address.origin().ascii_serialization())
}

fn address(env: &Env) -> Option<Url> {
    let address = Url::parse(&env.settings.public_url).ok()?;
    let is_local = matches!(address.host(), Some(Host::Domain("localhost")));
    let is_encrypted = address.scheme() == "https" || is_local;
    let is_name = matches!(address.host(), Some(Host::Domain(_)));
    (is_encrypted && is_name).then_some(address)
}

/// What asks and checks. Its challenges come from the system's random numbers, not from `Env`.
pub(super) fn webauthn(env: &Env) -> Result<Webauthn> {
    let address = address(env).ok_or(Error::NotFound)?;
    let host = address.domain().ok_or(Error::NotFound)?;
    let good_for = Duration::from_secs(GOOD_FOR_S.unsigned_abs());
    let built = WebauthnBuilder::new(host, &address)
        .map(|builder| builder.rp_name(NAME).timeout(good_for))
        .and_then(WebauthnBuilder::build);
    built.map_err(|_| Error::Internal("the public address takes no passkeys"))
}
