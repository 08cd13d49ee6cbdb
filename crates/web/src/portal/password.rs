//! Setting a password through a one-time link.

use axum::{
    extract::{Path, State},
    response::Response,
};
use service::{
    Error,
    password::{self, LinkOwner},
};

use super::{
    form::{Form, see},
    reader::Visitor,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
};
use crate::{frame::Section, pages::password::PasswordPage, problem::Errors, server::Portal};

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let owner = password::owner_of_link(&portal.env, &token).await?;
    Ok(shown(&page(&visitor, &owner, &token)))
}

fn page(visitor: &Visitor, owner: &LinkOwner, token: &str) -> PasswordPage {
    PasswordPage {
        frame: visitor.frame(Section::Home),
        name: owner.account.username.clone(),
        username: owner.login_name.clone(),
        rules: owner.rules,
        action: format!("/password/{token}"),
    }
}

pub(super) async fn set(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let owner = password::owner_of_link(&portal.env, &token).await?;
    let mut page = page(&visitor, &owner, &token);
    if form.get("password") != form.get("password_again") {
        page.refuse_repetition();
        return Ok(shown_with(
            axum::http::StatusCode::UNPROCESSABLE_ENTITY,
            &page,
        ));
    }
    match password::set(&portal.env, &token, &form.get("password")).await {
        Ok(()) => Ok(see("/login")),
        Err(Error::Invalid(problems)) => {
            page.frame.errors = Errors::told(visitor.words, &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}
