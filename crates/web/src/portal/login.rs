//! Logging in and out.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use service::{
    Error, second_factor,
    session::{self, Origin},
};

use super::{
    address,
    form::{Form, see},
    login_second,
    reader::{SESSION_COOKIE, Visitor, session_token},
    refusal::Refusal,
    shown::{shown, shown_with},
};
use crate::{frame::Section, pages::login::LoginPage, server::Portal};

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(rename = "return", default)]
    pub(super) return_path: String,
    /// Whether a code did not come in time.
    #[serde(default)]
    again: String,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let typed = (String::new(), asked.return_path.as_str());
    let mut page = page(&portal, &visitor, &headers, typed);
    if !asked.again.is_empty() {
        page.ask_again();
    }
    shown(&page)
}

pub(super) fn page(
    portal: &Portal,
    visitor: &Visitor,
    headers: &HeaderMap,
    (username, return_path): (String, &str),
) -> LoginPage {
    LoginPage {
        frame: visitor.frame(Section::Home),
        username,
        return_path: address::local(return_path).to_owned(),
        is_encrypted: can_log_in(headers),
        passkey_origin: second_factor::public_origin(&portal.env),
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
    let origin = origin(peer, &headers);
    match session::login(&portal.env, &username, &password, origin).await {
        Ok(token) => {
            let cookie = logged_in(&token);
            Ok(([(header::SET_COOKIE, cookie)], see(address::local(&back))).into_response())
        }
        Err(Error::CodeWanted(pending)) => Ok(login_second::owing(&pending, &back)),
        Err(Error::Unauthenticated) => {
            let mut page = page(&portal, &visitor, &headers, (username, &back));
            page.refuse();
            Ok(shown_with(StatusCode::UNAUTHORIZED, &page))
        }
        Err(error) => Err(error.into()),
    }
}

/// The address and the browser that somebody logs in from.
pub(super) fn origin(peer: SocketAddr, headers: &HeaderMap) -> Origin {
    let browser = headers.get(header::USER_AGENT);
    let browser = browser.and_then(|value| value.to_str().ok());
    Origin {
        source: peer.ip().to_canonical(),
        browser: browser.unwrap_or_default().to_owned(),
    }
}

/// The cookie of a session.
pub(super) fn logged_in(token: &str) -> String {
    let lasts = session::LASTS_S;
    format!("{SESSION_COOKIE}={token}; Path=/; Max-Age={lasts}; Secure; HttpOnly; SameSite=Lax")
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
