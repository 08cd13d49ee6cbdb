//! Setting what an enterprise asks of passwords (A5), and when it locks accounts (A2).

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{Enterprise, TypedPasswordRules};
use service::{Error, password_rules};

use super::{
    address,
    enterprise::trail,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
};
use crate::{
    frame::Section, pages::password_rules::PasswordRulesPage, problem::Errors, server::Portal,
};

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    let (enterprise, rules) = password_rules::get(&portal.env, reader.actor(), id).await?;
    let page = page(&portal, &reader, &enterprise, rules.typed()).await?;
    Ok(shown(&page))
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    enterprise: &Enterprise,
    typed: TypedPasswordRules,
) -> Result<PasswordRulesPage, Error> {
    let home = address::enterprise(enterprise.id);
    Ok(PasswordRulesPage {
        trail: trail(reader, Some(enterprise)),
        enterprise: enterprise.name.to_string(),
        typed,
        action: format!("{home}/password-rules"),
        cancel_href: home,
        frame: reader.frame(portal, Section::Enterprises).await?,
    })
}

pub(super) async fn set(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    let (enterprise, _) = password_rules::get(&portal.env, reader.actor(), id).await?;
    let typed = TypedPasswordRules {
        min_length: sent.get("min_length"),
        min_classes: sent.get("min_classes"),
        max_repeats: sent.get("max_repeats"),
        history: sent.get("history"),
        expires_after_days: sent.get("expires_after_days"),
        lock_after: sent.get("lock_after"),
    };
    match password_rules::set(&portal.env, reader.actor(), id, &typed).await {
        Ok(_) => Ok(see(&address::enterprise(id))),
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader, &enterprise, typed).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}
