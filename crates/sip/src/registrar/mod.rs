//! REGISTER (RFC 3261 §10, Path RFC 3327): what an authenticated phone asks of its own contacts.

mod request;

use crate::directory::Login;
use crate::flow::Flow;
use crate::location::{Binding, End, Location};
use crate::message::{Message, Name, Writer};
use crate::time::Time;
use request::{Wanted, Wish};

/// Bounds of a registration.
#[derive(Clone, Debug)]
pub struct RegistrarSettings {
    /// Shorter registrations are refused with 423, seconds.
    pub min_expires: u32,
    /// Longer ones are cut to this, seconds; also the default.
    pub max_expires: u32,
    /// Contacts of one login; a further one takes the place of the one registered longest ago.
    pub max_contacts: usize,
    /// Contacts altogether; beyond it new ones get 503.
    pub max_registrations: usize,
}

impl Default for RegistrarSettings {
    fn default() -> Self {
        RegistrarSettings {
            min_expires: 60,
            max_expires: 3600,
            max_contacts: 8,
            max_registrations: 500_000,
        }
    }
}

/// Why a REGISTER is not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// The request contradicts itself.
    Malformed(&'static str),
    /// Somebody else's address, in To or From.
    NotTheirs,
    /// Too short: Min-Expires in seconds.
    TooBrief(u32),
    /// An older request of the same Call-ID, overtaken by a newer one.
    OutOfOrder,
    /// No room for a new contact.
    Full,
}

/// Carries out a REGISTER of this login; on success all its contacts as they are afterwards.
///
/// # Errors
/// [`Rejection`]; then nothing has changed.
pub fn register(
    location: &Location,
    settings: &RegistrarSettings,
    request: &Message,
    login: &Login,
    flow: Flow,
    now: Time,
) -> Result<Vec<Binding>, Rejection> {
    request::is_theirs(request, &login.login)?;
    let wish = Wish::read(request, settings)?;
    let is_full = location.len() >= settings.max_registrations;
    location.update(&login.login, |bindings, ended| {
        ended.extend(
            bindings
                .extract_if(.., |b| b.expires <= now)
                .map(|b| (b, End::Expired)),
        );
        wish.check_order(bindings)?;
        let mut change = Change {
            settings,
            login,
            flow,
            now,
            wish: &wish,
            bindings,
            ended,
        };
        change.apply(is_full)?;
        Ok(bindings.clone())
    })
}

/// Adds Contact and Path to a 200 (RFC 3261 §10.3 step 8).
pub fn describe(out: &mut Writer, request: &Message, bindings: &[Binding], now: Time) {
    for binding in bindings {
        let seconds = binding.expires.since(now).as_millis().div_ceil(1000);
        out.put(b"Contact: <")
            .put(binding.contact.as_bytes())
            .put(b">;expires=");
        out.number(u64::try_from(seconds).unwrap_or(0));
        if let Some(instance) = &binding.instance {
            out.put(b";+sip.instance=\"")
                .put(instance.as_bytes())
                .put(b"\"");
        }
        out.put(b"\r\n");
    }
    for path in request.list(Name::Path) {
        out.header("Path", request.get(path));
    }
}

/// One REGISTER being carried out on the contacts of its login.
struct Change<'a> {
    settings: &'a RegistrarSettings,
    login: &'a Login,
    flow: Flow,
    now: Time,
    wish: &'a Wish,
    bindings: &'a mut Vec<Binding>,
    ended: &'a mut Vec<(Binding, End)>,
}

impl Change<'_> {
    fn apply(&mut self, is_full: bool) -> Result<(), Rejection> {
        if self.wish.is_repetition(self.bindings) {
            return Ok(());
        }
        if self.wish.is_everything {
            self.ended.extend(
                self.bindings
                    .drain(..)
                    .map(|binding| (binding, End::Unregistered)),
            );
        }
        let is_new = |wanted: &&Wanted| {
            wanted.expires > 0 && !self.bindings.iter().any(|b| wanted.is_same(b))
        };
        if is_full && self.wish.contacts.iter().any(|wanted| is_new(&wanted)) {
            return Err(Rejection::Full);
        }
        for wanted in &self.wish.contacts {
            self.set(wanted);
        }
        Ok(())
    }

    fn set(&mut self, wanted: &Wanted) {
        let older: Vec<Binding> = self
            .bindings
            .extract_if(.., |b| wanted.is_same(b))
            .collect();
        if wanted.expires == 0 {
            self.ended.extend(
                older
                    .into_iter()
                    .map(|binding| (binding, End::Unregistered)),
            );
            return;
        }
        let same = older.iter().find(|b| b.generation == self.login.generation);
        let since = same.map_or(self.now, |binding| binding.since);
        let moved = older.into_iter().filter(|b| b.contact != wanted.contact);
        self.ended
            .extend(moved.map(|binding| (binding, End::Replaced)));
        if self.bindings.len() >= self.settings.max_contacts {
            self.ended.push((self.bindings.remove(0), End::Replaced));
        }
        self.bindings.push(
            self.wish
                .binding(wanted, self.login, self.flow, since, self.now),
        );
    }
}
