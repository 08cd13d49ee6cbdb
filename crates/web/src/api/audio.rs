//! Uploaded music and announcements of sites and call centres (G2, G4).

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use futures_util::StreamExt;
use model::{AudioFault, AudioFile, AudioKind, AudioOwner, Field, SiteId, VirtualUserId};
use serde::{Deserialize, Serialize};
use service::{Actor, Error, audio};
use utoipa::{IntoParams, ToSchema};

use super::{
    actor::Caller,
    error::ApiError,
    id::{Id, Ids},
    query::Query,
};
use crate::{server::Portal, sound};

/// An uploaded sound.
#[derive(Serialize, ToSchema)]
pub(super) struct AudioOut {
    /// `music`, `welcome` or `comfort`.
    kind: &'static str,
    /// What the file was called.
    name: String,
    /// How long it lasts.
    duration_ms: u32,
    /// When it was uploaded, in milliseconds since 1970.
    uploaded_at: i64,
}

impl From<&AudioFile> for AudioOut {
    fn from(file: &AudioFile) -> Self {
        Self {
            kind: file.kind.id(),
            name: file.name.to_string(),
            duration_ms: file.duration_ms,
            uploaded_at: file.uploaded_at.0,
        }
    }
}

/// What the file is called.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Named {
    /// Name of the file, at most 120 characters; without it, the kind.
    #[serde(default)]
    name: String,
}

type Result<T> = std::result::Result<T, ApiError>;

async fn own(portal: &Portal, actor: &Actor, owner: AudioOwner) -> Result<Json<Vec<AudioOut>>> {
    let found = audio::list(&portal.env, actor, owner).await?;
    Ok(Json(found.own.iter().map(AudioOut::from).collect()))
}

async fn heard(
    portal: &Portal,
    actor: &Actor,
    (owner, kind): (AudioOwner, AudioKind),
    asked: &HeaderMap,
) -> Result<Response> {
    let (_, wav) = audio::sound(&portal.env, actor, owner, kind).await?;
    Ok(sound::answer(asked, wav))
}

async fn put(
    portal: &Portal,
    actor: &Actor,
    of: (AudioOwner, AudioKind),
    name: &str,
    (headers, body): (HeaderMap, Body),
) -> Result<Json<AudioOut>> {
    let mut upload = audio::begin(&portal.env, actor, of.0).await?;
    if announced(&headers).is_some_and(|length| length > audio::LARGEST) {
        let fault = AudioFault::TooLarge.problem();
        return Err(Error::field(Field::Audio, fault).into());
    }
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        upload.push(&piece.map_err(broken)?)?;
    }
    let name = if name.is_empty() { of.1.id() } else { name };
    let file = audio::put(&portal.env, actor, of, name, upload).await?;
    Ok(Json(AudioOut::from(&file)))
}

/// How long the caller says that the body is.
fn announced(headers: &HeaderMap) -> Option<usize> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn broken(error: axum::Error) -> ApiError {
    let title = "The body ended early";
    ApiError::Request(StatusCode::BAD_REQUEST, title, error.to_string())
}

async fn remove(
    portal: &Portal,
    actor: &Actor,
    (owner, kind): (AudioOwner, AudioKind),
) -> Result<StatusCode> {
    audio::remove(&portal.env, actor, owner, kind).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The sounds that a site has of its own; without one, ours are heard.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/audio", tag = "audio", params(("site" = Uuid, Path)),
    responses((status = 200, body = Vec<AudioOut>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn of_site(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
) -> Result<Json<Vec<AudioOut>>> {
    own(&portal, &actor, AudioOwner::Site(site)).await
}

/// A sound of a site, as a WAV file of 16 bits at 8 kHz.
#[utoipa::path(
    get, path = "/api/v1/sites/{site}/audio/{kind}", tag = "audio",
    params(("site" = Uuid, Path), ("kind" = String, Path, description = "`music`, `welcome` or `comfort`")),
    responses((status = 200, body = [u8], content_type = "audio/wav"), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get_of_site(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, kind): Ids<SiteId, AudioKind>,
    headers: HeaderMap,
) -> Result<Response> {
    heard(&portal, &actor, (AudioOwner::Site(site), kind), &headers).await
}

/// Sets a sound of a site: PCM, one or two channels, 8 to 48 kHz, at most ten minutes and 20 MB (413). Of two at once the
/// last one wins.
#[utoipa::path(
    put, path = "/api/v1/sites/{site}/audio/{kind}", tag = "audio",
    params(("site" = Uuid, Path), ("kind" = String, Path, description = "`music`, `welcome` or `comfort`"), Named),
    request_body(content = [u8], content_type = "audio/wav"),
    responses((status = 200, body = AudioOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn put_of_site(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, kind): Ids<SiteId, AudioKind>,
    Query(named): Query<Named>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<AudioOut>> {
    let of = (AudioOwner::Site(site), kind);
    put(&portal, &actor, of, &named.name, (headers, body)).await
}

/// Removes a sound of a site; ours is heard again.
#[utoipa::path(
    delete, path = "/api/v1/sites/{site}/audio/{kind}", tag = "audio",
    params(("site" = Uuid, Path), ("kind" = String, Path, description = "`music`, `welcome` or `comfort`")),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn remove_of_site(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(site, kind): Ids<SiteId, AudioKind>,
) -> Result<StatusCode> {
    remove(&portal, &actor, (AudioOwner::Site(site), kind)).await
}

/// The sounds that a call centre has of its own; without one, its site's or ours are heard.
#[utoipa::path(
    get, path = "/api/v1/call-centres/{id}/audio", tag = "audio", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<AudioOut>), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn of_centre(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<VirtualUserId>,
) -> Result<Json<Vec<AudioOut>>> {
    own(&portal, &actor, AudioOwner::CallCentre(id)).await
}

/// A sound of a call centre, as a WAV file of 16 bits at 8 kHz.
#[utoipa::path(
    get, path = "/api/v1/call-centres/{id}/audio/{kind}", tag = "audio",
    params(("id" = Uuid, Path), ("kind" = String, Path, description = "`music`, `welcome` or `comfort`")),
    responses((status = 200, body = [u8], content_type = "audio/wav"), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get_of_centre(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(id, kind): Ids<VirtualUserId, AudioKind>,
    headers: HeaderMap,
) -> Result<Response> {
    let owner = AudioOwner::CallCentre(id);
    heard(&portal, &actor, (owner, kind), &headers).await
}

/// Sets a sound of a call centre: PCM, one or two channels, 8 to 48 kHz, at most ten minutes and 20 MB (413). Of two at
/// once the last one wins.
#[utoipa::path(
    put, path = "/api/v1/call-centres/{id}/audio/{kind}", tag = "audio",
    params(("id" = Uuid, Path), ("kind" = String, Path, description = "`music`, `welcome` or `comfort`"), Named),
    request_body(content = [u8], content_type = "audio/wav"),
    responses((status = 200, body = AudioOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn put_of_centre(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(id, kind): Ids<VirtualUserId, AudioKind>,
    Query(named): Query<Named>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<AudioOut>> {
    let of = (AudioOwner::CallCentre(id), kind);
    put(&portal, &actor, of, &named.name, (headers, body)).await
}

/// Removes a sound of a call centre; its site's or ours is heard again.
#[utoipa::path(
    delete, path = "/api/v1/call-centres/{id}/audio/{kind}", tag = "audio",
    params(("id" = Uuid, Path), ("kind" = String, Path, description = "`music`, `welcome` or `comfort`")),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn remove_of_centre(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Ids(id, kind): Ids<VirtualUserId, AudioKind>,
) -> Result<StatusCode> {
    remove(&portal, &actor, (AudioOwner::CallCentre(id), kind)).await
}
