//! Logging in with more than a password, or without: the code after it, and passkeys.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use service::{
    Error, PendingLogin,
    second_factor::{self, GOOD_FOR_S},
};

use super::{
    address,
    form::{Form, see},
    login::{self, Asked, logged_in, origin},
    passkey,
    reader::{Visitor, cookie},
    refusal::Refusal,
    shown::{shown, shown_with},
};
use crate::{frame::Section, pages::second_factor::LoginCodePage, problem::Errors, server::Portal};

/// The cookie of whoever has shown the right password and owes a code.
const COOKIE: &str = "__Host-klinke-code";
/// The login page, saying that there was no code in time.
const AGAIN: &str = "/login?again=1";

/// Leads to the page that asks for the code.
pub(super) fn owing(pending: &PendingLogin, back: &str) -> Response {
    let token = pending.reveal();
    let cookie = format!(
        "{COOKIE}={token}; Path=/; Max-Age={GOOD_FOR_S}; Secure; HttpOnly; SameSite=Strict"
    );
    let to = address::query("/login/code", &[("return", address::local(back))]);
    ([(header::SET_COOKIE, cookie)], see(&to)).into_response()
}

fn forget() -> String {
    format!("{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict")
}

pub(super) async fn show_code(
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    match cookie(&headers, COOKIE) {
        Some(_) => shown(&page(&visitor, &asked.return_path)),
        None => see("/login"),
    }
}

fn page(visitor: &Visitor, return_path: &str) -> LoginCodePage {
    LoginCodePage {
        frame: visitor.frame(Section::Home),
        return_path: address::local(return_path).to_owned(),
    }
}

pub(super) async fn code(
    State(portal): State<Portal>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Form,
) -> Result<Response, Refusal> {
    let pending = cookie(&headers, COOKIE).unwrap_or_default();
    let (code, back) = (sent.get("one_time_code"), sent.get("return"));
    let origin = origin(peer, &headers);
    match second_factor::log_in(&portal.env, pending, &code, origin).await {
        Ok(token) => {
            let cookies = [logged_in(&token), forget()];
            let cookies = cookies.map(|cookie| (header::SET_COOKIE, cookie));
            Ok((AppendHeaders(cookies), see(address::local(&back))).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let mut page = page(&visitor, &back);
            page.frame.errors = Errors::told(visitor.words, &problems);
            Ok(shown_with(StatusCode::UNAUTHORIZED, &page))
        }
        Err(Error::Unauthenticated) => {
            Ok(([(header::SET_COOKIE, forget())], see(AGAIN)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// What the browser is asked to sign, in JSON.
pub(super) async fn passkey_options(
    State(portal): State<Portal>,
    _form: Form,
) -> Result<Response, Refusal> {
    let asked = second_factor::start_passkey_login(&portal.env).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::SET_COOKIE, passkey::keep(&asked.token)),
    ];
    Ok((headers, asked.options).into_response())
}

pub(super) async fn passkey(
    State(portal): State<Portal>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Form,
) -> Result<Response, Refusal> {
    let token = cookie(&headers, passkey::COOKIE).unwrap_or_default();
    let (answer, back) = (sent.get("answer"), sent.get("return"));
    let origin = origin(peer, &headers);
    match second_factor::passkey_log_in(&portal.env, token, &answer, origin).await {
        Ok(session) => {
            let cookies = [logged_in(&session), passkey::forget()];
            let cookies = cookies.map(|cookie| (header::SET_COOKIE, cookie));
            Ok((AppendHeaders(cookies), see(address::local(&back))).into_response())
        }
        Err(Error::Unauthenticated) => {
            let mut page = login::page(&portal, &visitor, &headers, (String::new(), &back));
            page.refuse_passkey();
            let response = shown_with(StatusCode::UNAUTHORIZED, &page);
            Ok(([(header::SET_COOKIE, passkey::forget())], response).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
