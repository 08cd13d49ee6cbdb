//! An administrator asks the operator to look at a failed activation (S4).

use axum::{
    extract::{Path, State},
    response::Response,
};
use service::{
    Error, activation, site,
    user::{self},
};

use super::{
    address,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown_with, status_of},
    user::page,
};
use crate::{problem::Errors, server::Portal};

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    let message = sent.get("message");
    let problems = match activation::request(&portal.env, reader.actor(), id, &message).await {
        Ok(asked) => {
            let asked = if asked.is_new { "now" } else { "before" };
            return Ok(see(&address::query(
                &address::user(id),
                &[("asked", asked)],
            )));
        }
        Err(Error::Invalid(problems)) => problems,
        Err(error) => return Err(error.into()),
    };
    let user = user::get(&portal.env, reader.actor(), id).await?;
    let place = site::get(&portal.env, reader.actor(), user.site).await?;
    let mut page = page(&portal, &reader, &place.site, &user).await?;
    page.frame.errors = Errors::told(reader.words(), &problems);
    page.message = message;
    Ok(shown_with(status_of(&problems), &page))
}
