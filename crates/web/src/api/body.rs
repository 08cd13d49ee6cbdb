//! JSON bodies: bounded, of the right content type, and refused with the place of the mistake.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
};
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use super::error::ApiError;

/// A body in JSON.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(&request) {
            let detail = "Content-Type: application/json is expected".to_owned();
            return Err(ApiError::Request(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "Wrong content type",
                detail,
            ));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            ApiError::Request(error.status(), "The body cannot be read", error.body_text())
        })?;
        // Only serde takes the elements of an array for the fields of an object, in the order of our source.
        if bytes.trim_ascii_start().starts_with(b"[") {
            return Err(ApiError::Type {
                pointer: String::new(),
                detail: "an object is expected".to_owned(),
            });
        }
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| refused(&error))?;
        json.end().map_err(|error| malformed(&error))?;
        Ok(Self(value))
    }
}

fn is_json(request: &Request) -> bool {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
    essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"))
}

fn refused(error: &serde_path_to_error::Error<serde_json::Error>) -> ApiError {
    if error.inner().is_data() {
        ApiError::Type {
            pointer: error.path().iter().map(reference_token).collect(),
            detail: error.inner().to_string(),
        }
    } else {
        malformed(error.inner())
    }
}

/// A step of a JSON pointer (RFC 6901 section 3).
fn reference_token(segment: &Segment) -> String {
    match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } | Segment::Enum { variant: key } => {
            format!("/{}", key.replace('~', "~0").replace('/', "~1"))
        }
        Segment::Unknown => String::new(),
    }
}

fn malformed(error: &serde_json::Error) -> ApiError {
    ApiError::Request(
        StatusCode::BAD_REQUEST,
        "The body is not JSON",
        error.to_string(),
    )
}
