//! Resetting an administrator's account (A3).

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use model::{AccountId, EnterpriseId};
use service::{Account, Error, administrator_change, administrator_reset, enterprise};

use super::{
    address,
    administrator_change::own_address,
    enterprise::trail,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with},
};
use crate::{
    frame::Section, pages::structure::AdministratorResetPage, parts::Link, problem::Errors,
    server::Portal,
};

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Path((of, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let ids = (address::id(&of)?, address::id(&id)?);
    Ok(shown(&question(&portal, &reader, ids).await?))
}

async fn question(
    portal: &Portal,
    reader: &Reader,
    (of, id): (EnterpriseId, AccountId),
) -> Result<AdministratorResetPage, Error> {
    let (env, actor) = (&portal.env, reader.actor());
    let account: Account = administrator_change::may_modify(env, actor, of, id).await?;
    let enterprise = enterprise::get(env, actor, of).await?;
    let own = own_address(of, id);
    let mut trail = trail(reader, Some(&enterprise));
    trail.push(Link {
        label: account.username.clone(),
        href: own.clone(),
    });
    Ok(AdministratorResetPage {
        trail,
        name: account.username,
        action: format!("{own}/reset"),
        cancel_href: own,
        frame: reader.frame(portal, Section::Enterprises).await?,
    })
}

pub(super) async fn reset(
    State(portal): State<Portal>,
    reader: Reader,
    Path((of, id)): Path<(String, String)>,
    _sent: Form,
) -> Result<Response, Refusal> {
    let (of, id) = (address::id(&of)?, address::id(&id)?);
    match administrator_reset::reset(&portal.env, reader.actor(), of, id).await {
        Ok(()) => Ok(see(&own_address(of, id))),
        Err(Error::Invalid(problems)) => {
            let mut page = question(&portal, &reader, (of, id)).await?;
            // The question has no fields to lead to.
            for told in Errors::told(reader.words(), &problems).0 {
                page.frame.errors.add("", told.message);
            }
            Ok(shown_with(StatusCode::CONFLICT, &page))
        }
        Err(error) => Err(error.into()),
    }
}
