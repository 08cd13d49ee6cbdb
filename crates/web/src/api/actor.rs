//! Who calls the API: the holder of a token.

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use service::{Actor, Error, api_token};

use super::error::ApiError;
use crate::server::Portal;

/// The holder of the token in `Authorization: Bearer`.
pub(super) struct Caller(pub(super) Actor);

impl FromRequestParts<Portal> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, ApiError> {
        let header = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let (scheme, token) = header
            .and_then(|value| value.split_once(' '))
            .ok_or(Error::Unauthenticated)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Error::Unauthenticated.into());
        }
        Ok(Self(
            api_token::authenticate(&portal.env, token.trim()).await?,
        ))
    }
}
