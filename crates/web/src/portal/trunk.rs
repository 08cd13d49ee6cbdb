//! The carrier, for the operator: what is configured, and how it stands.

use axum::{extract::State, response::Response};
use service::trunk::{self, Trunk};

use super::{reader::Reader, refusal::Refusal, shown::shown};
use crate::{
    frame::Section,
    pages::trunk::{TrunkPage, TrunkView},
    server::Portal,
    words::Words,
};

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
) -> Result<Response, Refusal> {
    let trunk = trunk::get(&portal.env, reader.actor())?;
    let page = TrunkPage {
        trunk: trunk.map(|trunk| view(reader.words(), &trunk)),
        frame: reader.frame(&portal, Section::Trunk).await?,
    };
    Ok(shown(&page))
}

fn view(words: Words, trunk: &Trunk) -> TrunkView {
    let sentence = match (&trunk.registration, trunk.peer) {
        (_, None) => words.trunk_unreachable(),
        (None, Some(_)) => words.trunk_reachable(),
        (Some(registration), Some(_)) if registration.is_registered => words.trunk_registered(),
        (Some(_), Some(_)) => words.trunk_unregistered(),
    };
    TrunkView {
        is_usable: trunk.is_usable(),
        sentence: sentence.into_owned(),
        last_error: trunk.refusal.map(|code| match code {
            408 => words.trunk_error_silence(code),
            503 => words.trunk_error_no_way(code),
            code => words.trunk_error(code),
        }),
        calls: trunk.calls,
        facts: facts(words, trunk),
    }
}

fn facts(words: Words, trunk: &Trunk) -> Vec<(String, String)> {
    let trusted: Vec<_> = trunk.trusted.iter().map(ToString::to_string).collect();
    let registration = match &trunk.registration {
        Some(own) => words.trunk_registration_as(own.expires_s, &own.user),
        None => words.trunk_no_registration().into_owned(),
    };
    let mut facts = vec![
        (words.trunk_address(), trunk.address.clone()),
        (words.trunk_transport(), trunk.transport.to_owned()),
        (words.trunk_domain(), trunk.domain.clone()),
    ];
    facts.extend(
        trunk
            .peer
            .map(|peer| (words.trunk_peer(), peer.to_string())),
    );
    if !trusted.is_empty() {
        facts.push((words.trunk_trusted(), trusted.join(", ")));
    }
    let username = trunk.username.clone();
    let username = username.unwrap_or_else(|| words.trunk_no_username().into_owned());
    facts.push((words.trunk_username(), username));
    facts.push((words.trunk_registration(), registration));
    let owned =
        |(name, value): (std::borrow::Cow<'static, str>, String)| (name.into_owned(), value);
    facts.into_iter().map(owned).collect()
}
