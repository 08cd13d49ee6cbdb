//! Setting a password through a one-time link.

use axum::{
    extract::{Path, State},
    http::StatusCode,
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
use crate::{
    frame::Section,
    pages::{account::PasswordGonePage, password::PasswordPage},
    problem::Errors,
    server::Portal,
};

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    match password::owner_of_link(&portal.env, &token).await {
        Ok(owner) => Ok(shown(&page(&visitor, &owner, &token))),
        Err(error) => gone(&visitor, error),
    }
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
    let owner = match password::owner_of_link(&portal.env, &token).await {
        Ok(owner) => owner,
        Err(error) => return gone(&visitor, error),
    };
    let mut page = page(&visitor, &owner, &token);
    if form.get("password") != form.get("password_again") {
        page.refuse_repetition();
        return Ok(shown_with(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    match password::set(&portal.env, &token, &form.get("password")).await {
        Ok(()) => Ok(see("/login")),
        Err(Error::Invalid(problems)) => {
            page.frame.errors = Errors::told(visitor.words, &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => gone(&visitor, error),
    }
}

/// A link that is not good any more says so, and how to get a new one (A1).
fn gone(visitor: &Visitor, error: Error) -> Result<Response, Refusal> {
    match error {
        Error::Gone => {
            let frame = visitor.frame(Section::Home);
            Ok(shown_with(StatusCode::GONE, &PasswordGonePage { frame }))
        }
        error => Err(error.into()),
    }
}
