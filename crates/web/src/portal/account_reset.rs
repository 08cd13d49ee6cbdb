//! What administrators do for a user's access: registration email (U10) and account reset (A3).

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::UserId;
use service::account;

use super::{
    address,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::shown,
};
use crate::{frame::Section, pages::account::AccountResetPage, server::Portal};

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let user = account::resettable(&portal.env, reader.actor(), address::id(&id)?).await?;
    let home = address::user(user.id);
    let page = AccountResetPage {
        name: user.full_name(),
        action: format!("{home}/account-reset"),
        cancel_href: home,
        frame: reader.frame(&portal, Section::Users).await?,
    };
    Ok(shown(&page))
}

pub(super) async fn reset(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response, Refusal> {
    let id: UserId = address::id(&id)?;
    account::reset(&portal.env, reader.actor(), id).await?;
    Ok(see(&format!("{}?done=reset", address::user(id))))
}

pub(super) async fn send_registration_email(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response, Refusal> {
    let id: UserId = address::id(&id)?;
    account::send_registration_email(&portal.env, reader.actor(), id).await?;
    Ok(see(&format!("{}?done=email", address::user(id))))
}
