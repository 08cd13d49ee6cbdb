//! JSON bodies: bounded, of the right content type, and refused with the place of the mistake.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
};
use serde::de::DeserializeOwned;

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
        let pointer: String = error
            .path()
            .iter()
            .map(|segment| format!("/{segment}"))
            .collect();
        ApiError::Type {
            pointer,
            detail: error.inner().to_string(),
        }
    } else {
        malformed(error.inner())
    }
}

fn malformed(error: &serde_json::Error) -> ApiError {
    ApiError::Request(
        StatusCode::BAD_REQUEST,
        "The body is not JSON",
        error.to_string(),
    )
}
