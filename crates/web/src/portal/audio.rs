//! Music and announcements of a site or of a call centre: what is set, listening, uploading, removing (G2, G4).

use axum::{
    extract::{Path, Request, State},
    http::HeaderMap,
    response::Response,
};
use model::{AudioFile, AudioKind, AudioOwner, SiteId, VirtualUserId};
use service::{
    Error,
    audio::{self, AudioOverview},
};

use super::{
    address, call_centre,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    site_view, upload,
};
use crate::{
    format, names,
    pages::audio::{AudioPage, OwnSound, SoundCard},
    parts::Link,
    problem::Errors,
    server::Portal,
    sound,
};

/// Address of the page of an owner's sounds.
pub(super) fn own_address(owner: AudioOwner) -> String {
    match owner {
        AudioOwner::Site(site) => format!("/sites/{site}/audio"),
        AudioOwner::CallCentre(id) => format!("/call-centres/{id}/audio"),
    }
}

async fn page(portal: &Portal, reader: &Reader, owner: AudioOwner) -> Result<AudioPage, Error> {
    let found = audio::list(&portal.env, reader.actor(), owner).await?;
    let words = reader.words();
    Ok(AudioPage {
        trail: trail(reader, owner, &found),
        is_of_site: matches!(owner, AudioOwner::Site(_)),
        sounds: AudioKind::ALL
            .iter()
            .map(|kind| card(reader, owner, &found, *kind))
            .collect(),
        hint: words.audio_hint(audio::LARGEST / 1_000_000, audio::LONGEST_S / 60),
        name: found.name,
        frame: reader.frame(portal, site_view::section(reader)).await?,
    })
}

fn trail(reader: &Reader, owner: AudioOwner, found: &AudioOverview) -> Vec<Link> {
    match owner {
        AudioOwner::Site(_) => site_view::trail(reader, &found.place, true),
        AudioOwner::CallCentre(id) => {
            let mut trail = call_centre::trail(reader, &found.place);
            trail.push(Link {
                label: found.name.clone(),
                href: address::call_centre(found.place.site.id, id),
            });
            trail
        }
    }
}

fn card(reader: &Reader, owner: AudioOwner, found: &AudioOverview, kind: AudioKind) -> SoundCard {
    let words = reader.words();
    let address = format!("{}/{kind}", own_address(owner));
    let own = found.own.iter().find(|file| file.kind == kind);
    SoundCard {
        kind: kind.id(),
        label: names::field(words, kind.field()).into_owned(),
        text: match kind {
            AudioKind::Music => words.audio_music_text(),
            AudioKind::Welcome => words.audio_welcome_text(),
            AudioKind::Comfort => words.audio_comfort_text(),
        }
        .into_owned(),
        heard: match (own, found.heard.get(kind)) {
            (Some(_), _) => words.audio_heard_own().into_owned(),
            (None, Some(file)) => words.audio_heard_site(lasting(file), file.name.as_str()),
            (None, None) => words.audio_heard_ours().into_owned(),
        },
        own: own.map(|file| OwnSound {
            name: file.name.to_string(),
            lasting: lasting(file),
            uploaded: format::moment(file.uploaded_at, &reader.zone(), words.language()),
            // Another upload is another address, so that players forget the old one.
            href: format!("{address}?file={}", file.id),
            remove_action: format!("{address}/remove"),
        }),
        action: address,
    }
}

/// Minutes and seconds; what is shorter than a second counts as one.
fn lasting(file: &AudioFile) -> String {
    format::duration(i64::from(file.duration_ms.div_ceil(1000)))
}

async fn listen(
    portal: &Portal,
    reader: &Reader,
    (owner, kind): (AudioOwner, &str),
    asked: &HeaderMap,
) -> Result<Response, Refusal> {
    let kind = address::id(kind)?;
    let (_, wav) = audio::sound(&portal.env, reader.actor(), owner, kind).await?;
    Ok(sound::answer(asked, wav))
}

async fn put(
    portal: &Portal,
    reader: &Reader,
    (owner, kind): (AudioOwner, &str),
    request: Request,
) -> Result<Response, Refusal> {
    let kind: AudioKind = address::id(kind)?;
    match take(portal, reader, (owner, kind), request).await {
        Ok(()) => Ok(see(&own_address(owner))),
        Err(Error::Invalid(problems)) => {
            let mut page = page(portal, reader, owner).await?;
            // The three forms of the page have one field each, named after its kind.
            let told = Errors::told(reader.words(), &problems);
            for error in told.0 {
                page.frame.errors.add(kind.id(), error.message);
            }
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}

async fn take(
    portal: &Portal,
    reader: &Reader,
    of: (AudioOwner, AudioKind),
    request: Request,
) -> Result<(), Error> {
    let (env, actor) = (&portal.env, reader.actor());
    let mut file = audio::begin(env, actor, of.0).await?;
    let name = upload::receive(portal, request, &mut file).await?;
    let name = if name.is_empty() { of.1.id() } else { &name };
    audio::put(env, actor, of, name, file).await?;
    Ok(())
}

async fn remove(
    portal: &Portal,
    reader: &Reader,
    (owner, kind): (AudioOwner, &str),
) -> Result<Response, Refusal> {
    let kind = address::id(kind)?;
    audio::remove(&portal.env, reader.actor(), owner, kind).await?;
    Ok(see(&own_address(owner)))
}

fn of_site(site: &str) -> Result<AudioOwner, Error> {
    let site: SiteId = address::id(site)?;
    Ok(AudioOwner::Site(site))
}

fn of_centre(id: &str) -> Result<AudioOwner, Error> {
    let id: VirtualUserId = address::id(id)?;
    Ok(AudioOwner::CallCentre(id))
}

pub(super) async fn show_site(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
) -> Result<Response, Refusal> {
    Ok(shown(&page(&portal, &reader, of_site(&site)?).await?))
}

pub(super) async fn show_centre(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    Ok(shown(&page(&portal, &reader, of_centre(&id)?).await?))
}

pub(super) async fn listen_site(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, kind)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    listen(&portal, &reader, (of_site(&site)?, &kind), &asked).await
}

pub(super) async fn listen_centre(
    State(portal): State<Portal>,
    reader: Reader,
    Path((id, kind)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    listen(&portal, &reader, (of_centre(&id)?, &kind), &asked).await
}

pub(super) async fn put_site(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, kind)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    put(&portal, &reader, (of_site(&site)?, &kind), request).await
}

pub(super) async fn put_centre(
    State(portal): State<Portal>,
    reader: Reader,
    Path((id, kind)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    put(&portal, &reader, (of_centre(&id)?, &kind), request).await
}

pub(super) async fn remove_site(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, kind)): Path<(String, String)>,
    _form: Form,
) -> Result<Response, Refusal> {
    remove(&portal, &reader, (of_site(&site)?, &kind)).await
}

pub(super) async fn remove_centre(
    State(portal): State<Portal>,
    reader: Reader,
    Path((id, kind)): Path<(String, String)>,
    _form: Form,
) -> Result<Response, Refusal> {
    remove(&portal, &reader, (of_centre(&id)?, &kind)).await
}
