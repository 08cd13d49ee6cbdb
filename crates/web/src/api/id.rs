//! Ids in paths: what is no id is nobody's, and therefore not found.

use std::str::FromStr;

use axum::{
    RequestPartsExt,
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use service::Error;

use super::error::ApiError;

/// The one parameter of the path.
pub(super) struct Id<T>(pub(super) T);

/// Both parameters of the path.
pub(super) struct Ids<A, B>(pub(super) A, pub(super) B);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let Path(text) = parts
            .extract::<Path<String>>()
            .await
            .map_err(|_| Error::NotFound)?;
        Ok(Self(text.parse().map_err(|_| Error::NotFound)?))
    }
}

impl<A: FromStr, B: FromStr, S: Send + Sync> FromRequestParts<S> for Ids<A, B> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let Path((a, b)) = parts
            .extract::<Path<(String, String)>>()
            .await
            .map_err(|_| Error::NotFound)?;
        match (a.parse(), b.parse()) {
            (Ok(a), Ok(b)) => Ok(Self(a, b)),
            _ => Err(Error::NotFound.into()),
        }
    }
}
