//! A file in a form, read piece by piece: the token stands first, and nothing is kept of a file that is too large.

use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request, multipart::Field as Part},
    http::{HeaderMap, StatusCode, header},
};
use futures_util::StreamExt;
use model::{AudioFault, Field, Problem};
use service::{
    Error,
    audio::{self, Upload},
};

use super::form::is_genuine;
use crate::server::Portal;

/// The largest form, in bytes: the file, and what stands around it.
pub(super) const LARGEST_FORM: usize = audio::LARGEST + 64 * 1024;
/// So much of a form that is too large is read and thrown away: browsers show the answer only when they are done sending.
const THROWN_AWAY: usize = 10 * audio::LARGEST;
/// Longer tokens are none of ours, in bytes.
const LONGEST_TOKEN: usize = 256;

/// Takes the file of a form; answers what it was called.
///
/// # Errors
/// `Forbidden` for a form that is not ours, `Invalid` for one without a file, or with one that is too large.
pub(super) async fn receive(
    portal: &Portal,
    request: Request,
    upload: &mut Upload,
) -> Result<String, Error> {
    let headers = request.headers().clone();
    if announced(&headers).is_some_and(|length| length > LARGEST_FORM) {
        throw_away(request.into_body()).await;
        return Err(too_large());
    }
    let form = Multipart::from_request(request, portal).await;
    let nothing = || Error::field(Field::Audio, Problem::Required);
    let mut form = form.map_err(|_| nothing())?;
    let token = match form.next_field().await.map_err(|error| broken(&error))? {
        Some(part) if part.name() == Some("csrf") => token(part).await?,
        Some(_) | None => return Err(Error::Forbidden),
    };
    if !is_genuine(&headers, &token) {
        return Err(Error::Forbidden);
    }
    let part = form.next_field().await.map_err(|error| broken(&error))?;
    let Some(mut part) = part.filter(|part| part.name() == Some("audio")) else {
        return Ok(String::new());
    };
    let name = base_name(part.file_name().unwrap_or_default());
    while let Some(piece) = part.chunk().await.map_err(|error| broken(&error))? {
        upload.push(&piece)?;
    }
    Ok(name)
}

/// Some browsers send the folder too.
fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next();
    last.unwrap_or_default().to_owned()
}

async fn token(mut part: Part<'_>) -> Result<String, Error> {
    let mut token = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(|error| broken(&error))? {
        if token.len() + piece.len() > LONGEST_TOKEN {
            return Err(Error::Forbidden);
        }
        token.extend_from_slice(&piece);
    }
    String::from_utf8(token).map_err(|_| Error::Forbidden)
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

async fn throw_away(body: Body) {
    let mut pieces = body.into_data_stream();
    let mut gone = 0;
    while let Some(Ok(piece)) = pieces.next().await {
        gone += piece.len();
        if gone > THROWN_AWAY {
            return;
        }
    }
}

fn too_large() -> Error {
    Error::field(Field::Audio, AudioFault::TooLarge.problem())
}

fn broken(error: &axum::extract::multipart::MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        too_large()
    } else {
        Error::field(Field::Audio, AudioFault::NotWav.problem())
    }
}
