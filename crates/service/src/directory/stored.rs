//! Registrations as they are stored, there and back.

use model::Timestamp;
use sip::{
    Time,
    flow::{Flow, Transport},
    location::{Binding, Registration},
};
use store::SharedStore;

use crate::Result;

/// The registrations that a restart begins with: those that hold at `now`, made with the login details in force.
///
/// # Errors
/// When the database fails. What cannot be read is left out: the phone comes back by itself.
pub async fn registrations(store: &SharedStore, now: Timestamp) -> Result<Vec<Registration>> {
    let mut all = Vec::new();
    let (mut login, mut contact) = (String::new(), String::new());
    loop {
        let mut tx = store.read().await?;
        let rows = tx.registration().list(now, (&login, &contact)).await?;
        let Some(last) = rows.last() else {
            return Ok(all);
        };
        (login, contact) = (last.login.clone(), last.contact.clone());
        for row in rows {
            match registration(&row) {
                Some(registration) => all.push(registration),
                None => tracing::warn!(login = row.login, "a stored registration cannot be read"),
            }
        }
    }
}

/// The row of a registration.
pub(super) fn row(registration: &Registration) -> store::Registration {
    let binding = &registration.binding;
    let path: Vec<&str> = binding.path.iter().map(AsRef::as_ref).collect();
    store::Registration {
        login: registration.login.clone(),
        contact: binding.contact.to_string(),
        instance: binding.instance.as_ref().map(ToString::to_string),
        path: serde_json::json!(path).to_string(),
        transport: binding.flow.transport.name().to_owned(),
        local_address: binding.flow.local.to_string(),
        peer_address: binding.flow.peer.to_string(),
        expires_at: stored(binding.expires.unix_ms()),
        call_id: binding.call_id.to_string(),
        cseq: binding.cseq.into(),
        user_agent: binding.user_agent.to_string(),
        since: stored(binding.since.unix_ms()),
        generation: stored(binding.generation),
    }
}

fn registration(row: &store::Registration) -> Option<Registration> {
    let flow = Flow {
        transport: Transport::stored(&row.transport),
        local: row.local_address.parse().ok()?,
        peer: row.peer_address.parse().ok()?,
    };
    let (since, expires) = (time(row.since), time(row.expires_at));
    let mut binding = Binding::stored(&row.contact, flow, since, expires);
    binding.instance = row.instance.as_deref().map(Into::into);
    binding.path = serde_json::from_str(&row.path).ok()?;
    binding.call_id = row.call_id.as_str().into();
    binding.cseq = u32::try_from(row.cseq).ok()?;
    binding.user_agent = row.user_agent.as_str().into();
    binding.generation = u64::try_from(row.generation).ok()?;
    Some(Registration {
        login: row.login.clone(),
        binding,
    })
}

fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn time(ms: i64) -> Time {
    Time::from_unix_ms(u64::try_from(ms).unwrap_or_default())
}
