//! Taking the view of a user, and leaving it (R3).

use axum::{
    extract::{FromRequestParts, Path, State},
    http::request::Parts,
    response::Response,
};
use service::{Error, view};

use super::{
    address,
    form::{Form, see},
    reader::{Reader, session_token},
    refusal::Refusal,
};
use crate::server::Portal;

/// The session's token.
pub(super) struct Token(String);

impl FromRequestParts<Portal> for Token {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _portal: &Portal) -> Result<Self, Refusal> {
        let token = session_token(&parts.headers).ok_or(Error::Unauthenticated)?;
        Ok(Self(token.to_owned()))
    }
}

pub(super) async fn take(
    State(portal): State<Portal>,
    reader: Reader,
    Token(token): Token,
    Path(id): Path<String>,
    _sent: Form,
) -> Result<Response, Refusal> {
    view::take(&portal.env, reader.actor(), &token, address::id(&id)?).await?;
    Ok(see("/"))
}

pub(super) async fn leave(
    State(portal): State<Portal>,
    Token(token): Token,
    _sent: Form,
) -> Result<Response, Refusal> {
    let user = view::leave(&portal.env, &token).await?;
    Ok(see(&user.map_or_else(|| "/".to_owned(), address::user)))
}
