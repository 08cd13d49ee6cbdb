//! The own account's passkeys: added in two steps with the browser between them, and removed.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::PasskeyId;
use service::{
    Error,
    second_factor::{self, Asked, GOOD_FOR_S},
};

use super::{
    address,
    form::{Form, see},
    reader::{Reader, cookie},
    refusal::Refusal,
    second_factor::{asked_again, source, trail},
    shown::{shown, shown_with, status_of},
};
use crate::{
    frame::Section,
    pages::second_factor::{OwnPasswordPage, PasskeyFormPage, PasskeyMakePage},
    problem::Errors,
    server::Portal,
};

/// The cookie of what the browser is asked to sign.
pub(super) const COOKIE: &str = "__Host-klinke-passkey";

/// Sets the cookie of a challenge, for as long as it may be answered.
pub(super) fn keep(token: &str) -> String {
    format!("{COOKIE}={token}; Path=/; Max-Age={GOOD_FOR_S}; Secure; HttpOnly; SameSite=Strict")
}

/// Forgets the challenge.
pub(super) fn forget() -> String {
    format!("{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict")
}

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
) -> Result<Response, Refusal> {
    let own = second_factor::own(&portal.env, reader.actor()).await?;
    if !own.passkeys_are_offered {
        return Err(Error::NotFound.into());
    }
    Ok(shown(&form_page(&portal, &reader, String::new()).await?))
}

async fn form_page(
    portal: &Portal,
    reader: &Reader,
    name: String,
) -> Result<PasskeyFormPage, Error> {
    Ok(PasskeyFormPage {
        trail: trail(reader),
        name,
        username: reader.actor().name().to_owned(),
        frame: reader.frame(portal, Section::Home).await?,
    })
}

pub(super) async fn start(
    State(portal): State<Portal>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    reader: Reader,
    sent: Form,
) -> Result<Response, Refusal> {
    let (name, password) = (sent.get("name"), sent.get("password"));
    let (env, actor) = (&portal.env, reader.actor());
    let started = second_factor::start_passkey(env, actor, &name, &password, source(peer)).await;
    let Asked { token, options } = match started {
        Ok(asked) => asked,
        Err(Error::Invalid(problems)) => {
            let mut page = form_page(&portal, &reader, name).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            return Ok(shown_with(status_of(&problems), &page));
        }
        Err(error) => return Err(error.into()),
    };
    let page = PasskeyMakePage {
        trail: trail(&reader),
        options,
        origin: second_factor::public_origin(env).unwrap_or_default(),
        frame: reader.frame(&portal, Section::Home).await?,
    };
    Ok(([(header::SET_COOKIE, keep(&token))], shown(&page)).into_response())
}

pub(super) async fn add(
    State(portal): State<Portal>,
    reader: Reader,
    headers: HeaderMap,
    sent: Form,
) -> Result<Response, Refusal> {
    let token = cookie(&headers, COOKIE).unwrap_or_default();
    let (env, actor, answer) = (&portal.env, reader.actor(), sent.get("answer"));
    let response = match second_factor::add_passkey(env, actor, token, &answer).await {
        Ok(()) => see("/account"),
        Err(Error::Invalid(problems)) => {
            let mut page = form_page(&portal, &reader, String::new()).await?;
            // The form has no field of it to lead to.
            for told in Errors::told(reader.words(), &problems).0 {
                page.frame.errors.add("", told.message);
            }
            shown_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => return Err(error.into()),
    };
    Ok(([(header::SET_COOKIE, forget())], response).into_response())
}

pub(super) async fn ask_remove(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    Ok(shown(&removal(&portal, &reader, address::id(&id)?).await?))
}

async fn removal(
    portal: &Portal,
    reader: &Reader,
    id: PasskeyId,
) -> Result<OwnPasswordPage, Error> {
    let passkey = second_factor::passkey(&portal.env, reader.actor(), id).await?;
    let words = reader.words();
    Ok(OwnPasswordPage {
        trail: trail(reader),
        question: words.passkey_remove_title(passkey.name.as_str()),
        facts: vec![
            words.passkey_remove_text().into_owned(),
            words.passkey_remove_device().into_owned(),
        ],
        submit: words.passkey_remove_submit().into_owned(),
        is_removal: true,
        action: format!("/account/passkeys/{id}/remove"),
        username: reader.actor().name().to_owned(),
        frame: reader.frame(portal, Section::Home).await?,
    })
}

pub(super) async fn remove(
    State(portal): State<Portal>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let id: PasskeyId = address::id(&id)?;
    let (env, actor, password) = (&portal.env, reader.actor(), sent.get("password"));
    match second_factor::remove_passkey(env, actor, id, &password, source(peer)).await {
        Ok(()) => Ok(see("/account")),
        Err(Error::Invalid(problems)) => {
            let page = removal(&portal, &reader, id).await?;
            Ok(asked_again(&reader, page, &problems))
        }
        Err(error) => Err(error.into()),
    }
}
