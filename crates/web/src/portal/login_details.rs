//! Login details: shown once, made anew (U7, L1).

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use model::{LoginDetails, User};
use service::{Error, login_details, user};

use super::{
    address,
    form::Form,
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with},
};
use crate::{
    format,
    frame::Section,
    names,
    pages::login_details::{LoginDetailsGonePage, LoginDetailsPage, NewLoginDetailsPage},
    server::Portal,
};

/// The one page that shows them, as the answer to the form that made them.
pub(super) async fn once(
    portal: &Portal,
    reader: &Reader,
    user: &User,
    details: &LoginDetails,
    is_new_user: bool,
) -> Result<Response, Refusal> {
    let page = LoginDetailsPage {
        is_new_user,
        person: user.full_name(),
        login_groups: format::groups(details.login.as_str(), 3),
        password_groups: format::groups(details.password.reveal(), 4),
        server: details.server.clone(),
        transport: details.transport.to_uppercase(),
        number: format::phone_number(&user.number, reader.country()),
        extension: user.extension.to_string(),
        desk_phone: names::desk_phone_type(reader.words(), user.desk_phone_type).into_owned(),
        next_href: address::user(user.id),
        frame: reader.frame(portal, Section::Users).await?,
    };
    Ok(shown(&page))
}

/// What comes instead of them ever after.
pub(super) async fn already_shown(
    portal: &Portal,
    reader: &Reader,
    user: &User,
) -> Result<Response, Refusal> {
    let page = LoginDetailsGonePage {
        person: user.full_name(),
        new_href: question(user),
        user_href: address::user(user.id),
        frame: reader.frame(portal, Section::Users).await?,
    };
    Ok(shown_with(StatusCode::GONE, &page))
}

/// Address of the question before new ones are made.
pub(super) fn question(user: &User) -> String {
    format!("{}/login-details", address::user(user.id))
}

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let user = login_details::renewable(&portal.env, reader.actor(), address::id(&id)?).await?;
    let page = NewLoginDetailsPage {
        person: user.full_name(),
        version: user.version,
        action: question(&user),
        cancel_href: address::user(user.id),
        frame: reader.frame(&portal, Section::Users).await?,
    };
    Ok(shown(&page))
}

/// Makes them. Sent again, the form finds a user that has changed, and nothing is made or shown.
pub(super) async fn renew(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    let version = sent.get("version").parse().map_err(|_| Error::Changed)?;
    match login_details::renew(&portal.env, reader.actor(), id, Some(version)).await {
        Ok((user, details)) => once(&portal, &reader, &user, &details, false).await,
        Err(Error::Changed) => {
            let user = user::get(&portal.env, reader.actor(), id).await?;
            already_shown(&portal, &reader, &user).await
        }
        Err(error) => Err(error.into()),
    }
}
