//! `ETag` and `If-Match`: nobody overwrites what they have not seen.

use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request::Parts},
};

use super::error::ApiError;

/// The version as an entity tag.
pub(super) fn etag(version: i64) -> HeaderValue {
    HeaderValue::try_from(format!("\"{version}\"")).expect("digits and quotes are a header value")
}

/// The version in `If-Match`; `None` when there is none or it is `*`.
pub(super) struct IfMatch(pub(super) Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Ok(Self(None));
        };
        if value == "*" {
            return Ok(Self(None));
        }
        let tag = value
            .to_str()
            .ok()
            .and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"'))
            .filter(|tag| !tag.contains('"'));
        match tag.map(str::parse) {
            Some(Ok(version)) => Ok(Self(Some(version))),
            // A tag that we have not given out matches nothing.
            Some(Err(_)) => Ok(Self(Some(-1))),
            None => {
                let detail = "If-Match takes one ETag in quotes".to_owned();
                Err(ApiError::Request(
                    StatusCode::BAD_REQUEST,
                    "The header cannot be read",
                    detail,
                ))
            }
        }
    }
}
