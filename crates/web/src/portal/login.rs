//! Logging in and out.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use service::{
    Error,
    session::{self, Origin},
};

use super::{
    address,
    form::{Form, see},
    reader::{SESSION_COOKIE, Visitor, session_token},
    refusal::Refusal,
    shown::{shown, shown_with},
};
use crate::{frame::Section, pages::login::LoginPage, server::Portal};

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(rename = "return", default)]
    return_path: String,
}

pub(super) async fn show(
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    shown(&page(&visitor, &headers, String::new(), &asked.return_path))
}

fn page(visitor: &Visitor, headers: &HeaderMap, username: String, return_path: &str) -> LoginPage {
    let return_path = address::local(return_path).to_owned();
    LoginPage {
        frame: visitor.frame(Section::Home),
        username,
        return_path,
        is_encrypted: can_log_in(headers),
    }
}

/// Whether the browser will keep the session's cookie: over an encrypted connection, or on this machine.
fn can_log_in(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let host = text(header::HOST.as_str());
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let is_local = matches!(name, "localhost" | "[::1]") || name.starts_with("127.");
    is_local || text("x-forwarded-proto") == "https"
}

pub(super) async fn log_in(
    State(portal): State<Portal>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    visitor: Visitor,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Refusal> {
    let (username, password, back) = (
        form.get("username"),
        form.get("password"),
        form.get("return"),
    );
    let source = peer.ip().to_canonical();
    let browser = headers.get(header::USER_AGENT);
    let browser = browser.and_then(|value| value.to_str().ok());
    let origin = Origin {
        source,
        browser: browser.unwrap_or_default().to_owned(),
    };
    match session::login(&portal.env, &username, &password, origin).await {
        Ok(token) => {
            let lasts = session::LASTS_S;
            let cookie = format!(
                "{SESSION_COOKIE}={token}; Path=/; Max-Age={lasts}; Secure; HttpOnly; SameSite=Lax"
            );
            Ok(([(header::SET_COOKIE, cookie)], see(address::local(&back))).into_response())
        }
        Err(Error::Unauthenticated) => {
            let mut page = page(&visitor, &headers, username, &back);
            page.refuse();
            Ok(shown_with(StatusCode::UNAUTHORIZED, &page))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn log_out(
    State(portal): State<Portal>,
    headers: HeaderMap,
    _form: Form,
) -> Result<Response, Refusal> {
    if let Some(token) = session_token(&headers) {
        session::logout(&portal.env, token).await?;
    }
    let cookie = format!("{SESSION_COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
    Ok(([(header::SET_COOKIE, cookie)], see("/login")).into_response())
}
