//! The own account: password, language, sessions.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use model::Language;
use service::{
    Error,
    account::{self, ChangePassword, OwnAccount, OwnSession},
    session,
};

use super::{
    form::{Form, see},
    language,
    reader::{AnyReader, Reader, session_token},
    refusal::Refusal,
    second_factor,
    shown::{shown, shown_with, status_of},
};
use crate::{
    browser, format,
    frame::Section,
    pages::{
        account::{AccountPage, ChangePasswordPage, SessionRow},
        user_form::languages,
    },
    parts::Link,
    problem::Errors,
    server::Portal,
    words::Words,
};

const ACCOUNT: &str = "/account";

/// The secret of the session that a reader has, since there is a reader.
fn token(headers: &HeaderMap) -> Result<&str, Error> {
    session_token(headers).ok_or(Error::Unauthenticated)
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let own = account::own(&portal.env, reader.actor(), token(&headers)?).await?;
    Ok(shown(&page(&portal, &reader, own).await?))
}

async fn page(portal: &Portal, reader: &Reader, own: OwnAccount) -> Result<AccountPage, Error> {
    let (zone, words) = (reader.zone(), reader.words());
    let moment = |at| format::moment(at, &zone, words.language());
    let until = own.password_set_at.zip(own.rules.good_for_s());
    Ok(AccountPage {
        login_name: own.login_name,
        email: own.email,
        password_set: own.password_set_at.map(moment),
        password_until: until.map(|(set_at, good_for_s)| moment(set_at.plus_seconds(good_for_s))),
        languages: languages(),
        language: own.language.code().to_owned(),
        sessions: own
            .sessions
            .into_iter()
            .map(|session| row(words, moment(session.since), session))
            .collect(),
        second_factor: second_factor::card(portal, reader).await?,
        frame: reader.frame(portal, Section::Home).await?,
    })
}

fn row(words: Words, since: format::Moment, session: OwnSession) -> SessionRow {
    let browser = match browser::short(&session.browser) {
        (Some(browser), Some(system)) => words.account_session_on(browser, system),
        (Some(known), None) | (None, Some(known)) => known.to_owned(),
        (None, None) => words.account_session_unknown().into_owned(),
    };
    SessionRow {
        since,
        source: session.source,
        browser,
        is_this: session.is_this,
    }
}

/// Sets the account's language, and the one that this browser has chosen.
pub(super) async fn set_language(
    State(portal): State<Portal>,
    reader: Reader,
    sent: Form,
) -> Result<Response, Refusal> {
    let chosen: Language =
        account::set_language(&portal.env, reader.actor(), &sent.get("language")).await?;
    Ok((language::cookie(chosen), see(ACCOUNT)).into_response())
}

pub(super) async fn end_others(
    State(portal): State<Portal>,
    reader: Reader,
    headers: HeaderMap,
    _form: Form,
) -> Result<Response, Refusal> {
    account::end_other_sessions(&portal.env, reader.actor(), token(&headers)?).await?;
    Ok(see(ACCOUNT))
}

pub(super) async fn password_form(
    State(portal): State<Portal>,
    AnyReader(reader): AnyReader,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    Ok(shown(
        &password_page(&portal, &reader, token(&headers)?).await?,
    ))
}

async fn password_page(
    portal: &Portal,
    reader: &Reader,
    session: &str,
) -> Result<ChangePasswordPage, Error> {
    let own = account::own(&portal.env, reader.actor(), session).await?;
    let is_expired = matches!(
        session::authenticate(&portal.env, session).await,
        Err(Error::PasswordExpired)
    );
    let back = Link {
        label: reader.words().account_title().into_owned(),
        href: ACCOUNT.to_owned(),
    };
    Ok(ChangePasswordPage {
        trail: Some(back).filter(|_| !is_expired).into_iter().collect(),
        username: own.login_name,
        rules: own.rules,
        is_expired,
        frame: reader.frame(portal, Section::Home).await?,
    })
}

pub(super) async fn change_password(
    State(portal): State<Portal>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    AnyReader(reader): AnyReader,
    headers: HeaderMap,
    sent: Form,
) -> Result<Response, Refusal> {
    let session = token(&headers)?;
    let request = ChangePassword {
        old: sent.get("old_password"),
        new: sent.get("password"),
    };
    if request.new != sent.get("password_again") {
        let mut page = password_page(&portal, &reader, session).await?;
        page.refuse_repetition();
        let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(shown_with(status, &page));
    }
    let source = peer.ip().to_canonical();
    let changed =
        account::change_password(&portal.env, reader.actor(), session, &request, source).await;
    match changed {
        Ok(()) => Ok(see(ACCOUNT)),
        Err(Error::Invalid(problems)) => {
            let mut page = password_page(&portal, &reader, session).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}
