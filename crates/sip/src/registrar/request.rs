//! What a REGISTER says.

use super::{RegistrarSettings, Rejection};
use crate::directory::Login;
use crate::flow::Flow;
use crate::location::Binding;
use crate::message::{Address, Message, Name, Uri, number};
use crate::time::Time;
use std::time::Duration;

const MAX_USER_AGENT: usize = 120;
const MAX_PATH: usize = 8;
const MAX_TEXT: usize = 1024;

/// To and From both name the login itself (no third-party registration).
pub(super) fn is_theirs(request: &Message, login: &str) -> Result<(), Rejection> {
    for address in [&request.to, &request.from] {
        let uri = Uri::parse(request.get(address.uri)).ok_or(Rejection::Malformed("Bad To"))?;
        let user = uri.plain_user();
        if user.strip_prefix(b"+").unwrap_or(&user) != login.as_bytes() {
            return Err(Rejection::NotTheirs);
        }
    }
    Ok(())
}

/// One contact of the request.
pub(super) struct Wanted {
    pub(super) contact: Box<str>,
    pub(super) instance: Option<Box<str>>,
    /// Seconds; 0 removes it.
    pub(super) expires: u32,
}

impl Wanted {
    /// The same address, or the same device at another (RFC 5626 §5.3).
    pub(super) fn is_same(&self, binding: &Binding) -> bool {
        self.contact == binding.contact
            || (self.instance.is_some() && self.instance == binding.instance)
    }
}

/// The whole request.
pub(super) struct Wish {
    pub(super) contacts: Vec<Wanted>,
    /// `Contact: *`
    pub(super) is_everything: bool,
    call_id: Box<str>,
    cseq: u32,
    path: Vec<Box<str>>,
    user_agent: Box<str>,
}

impl Wish {
    pub(super) fn read(request: &Message, settings: &RegistrarSettings) -> Result<Wish, Rejection> {
        let is_everything = request
            .all(Name::Contact)
            .any(|value| request.get(value) == b"*");
        let mut contacts = Vec::new();
        for address in request.contacts() {
            contacts.push(wanted(request, &address, settings)?);
        }
        if is_everything && (request.number(Name::Expires) != Some(0) || !contacts.is_empty()) {
            return Err(Rejection::Malformed("Bad Contact"));
        }
        if contacts.len() > settings.max_contacts {
            return Err(Rejection::Malformed("Too Many Contacts"));
        }
        let user_agent = String::from_utf8_lossy(request.header(Name::UserAgent).unwrap_or(b""));
        Ok(Wish {
            contacts,
            is_everything,
            call_id: text(request.get(request.call_id), "Bad Call-ID")?,
            cseq: request.cseq,
            path: path(request)?,
            user_agent: user_agent
                .chars()
                .filter(|c| !c.is_control())
                .take(MAX_USER_AGENT)
                .collect(),
        })
    }

    /// CSeq of one Call-ID must rise (RFC 3261 §10.3 step 7).
    pub(super) fn check_order(&self, bindings: &[Binding]) -> Result<(), Rejection> {
        let is_newer = |b: &Binding| b.call_id == self.call_id && b.cseq > self.cseq;
        let concerns =
            |b: &Binding| self.is_everything || self.contacts.iter().any(|w| w.is_same(b));
        if bindings.iter().any(|b| is_newer(b) && concerns(b)) {
            return Err(Rejection::OutOfOrder);
        }
        Ok(())
    }

    /// The same request again: it is answered again and changes nothing.
    pub(super) fn is_repetition(&self, bindings: &[Binding]) -> bool {
        bindings
            .iter()
            .any(|b| b.call_id == self.call_id && b.cseq == self.cseq)
    }

    pub(super) fn binding(
        &self,
        wanted: &Wanted,
        login: &Login,
        flow: Flow,
        since: Time,
        now: Time,
    ) -> Binding {
        Binding {
            contact: wanted.contact.clone(),
            instance: wanted.instance.clone(),
            path: self.path.clone(),
            flow,
            expires: now + Duration::from_secs(wanted.expires.into()),
            call_id: self.call_id.clone(),
            cseq: self.cseq,
            user_agent: self.user_agent.clone(),
            since,
            generation: login.generation,
            is_changed: true,
        }
    }
}

fn wanted(
    request: &Message,
    address: &Address,
    settings: &RegistrarSettings,
) -> Result<Wanted, Rejection> {
    let contact = text(request.get(address.uri), "Bad Contact")?;
    let instance = match request.address_parameter(address, "+sip.instance") {
        Some(instance) => Some(text(instance, "Bad Instance")?),
        None => None,
    };
    let own = request
        .address_parameter(address, "expires")
        .and_then(number);
    let asked = own
        .or_else(|| request.number(Name::Expires))
        .unwrap_or(settings.max_expires);
    let expires = asked.min(settings.max_expires);
    if expires > 0 && expires < settings.min_expires {
        return Err(Rejection::TooBrief(settings.min_expires));
    }
    Ok(Wanted {
        contact,
        instance,
        expires,
    })
}

fn path(request: &Message) -> Result<Vec<Box<str>>, Rejection> {
    let hops: Result<Vec<_>, _> = request
        .list(Name::Path)
        .map(|hop| text(request.get(hop), "Bad Path"))
        .collect();
    hops.and_then(|hops| {
        if hops.len() > MAX_PATH {
            Err(Rejection::Malformed("Bad Path"))
        } else {
            Ok(hops)
        }
    })
}

/// Text that is kept and sent out again: bounded and printable.
fn text(bytes: &[u8], why: &'static str) -> Result<Box<str>, Rejection> {
    let text = std::str::from_utf8(bytes)
        .ok()
        .filter(|t| t.len() <= MAX_TEXT && !t.contains(char::is_control));
    text.map(Into::into).ok_or(Rejection::Malformed(why))
}
