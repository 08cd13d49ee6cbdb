//! Changing an enterprise: its name, its country and how long extensions are there.

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::Enterprise;
use service::{
    Error,
    enterprise_change::{self, EnterprisePatch},
};

use super::{
    address,
    enterprise::trail,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
};
use crate::{
    frame::Section,
    pages::{
        site::countries,
        structure::{EnterpriseChangePage, EnterpriseDraft},
    },
    problem::Errors,
    server::Portal,
};

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (env, actor) = (&portal.env, reader.actor());
    let enterprise = enterprise_change::may_modify(env, actor, address::id(&id)?).await?;
    let rule = enterprise.extension_rule;
    let draft = EnterpriseDraft {
        name: enterprise.name.to_string(),
        country: enterprise.country.code().to_owned(),
        extension_min: rule.min.to_string(),
        extension_max: rule.max.to_string(),
        extension_default: rule.default.to_string(),
    };
    Ok(shown(&page(&portal, &reader, &enterprise, draft).await?))
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    enterprise: &Enterprise,
    draft: EnterpriseDraft,
) -> Result<EnterpriseChangePage, Error> {
    Ok(EnterpriseChangePage {
        trail: trail(reader, Some(enterprise)),
        draft,
        countries: countries(reader.words()),
        action: format!("/enterprises/{}/edit", enterprise.id),
        cancel_href: address::enterprise(enterprise.id),
        frame: reader.frame(portal, Section::Enterprises).await?,
    })
}

pub(super) async fn modify(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let (env, actor) = (&portal.env, reader.actor());
    let enterprise = enterprise_change::may_modify(env, actor, address::id(&id)?).await?;
    let draft = EnterpriseDraft {
        name: sent.get("name"),
        country: sent.get("country"),
        extension_min: sent.get("extension_min"),
        extension_max: sent.get("extension_max"),
        extension_default: sent.get("extension_default"),
    };
    let patch = EnterprisePatch {
        name: Some(draft.name.clone()),
        country: Some(draft.country.clone()),
        extension_min: Some(draft.extension_min.clone()),
        extension_max: Some(draft.extension_max.clone()),
        extension_default: Some(draft.extension_default.clone()),
    };
    match enterprise_change::modify(env, actor, enterprise.id, &patch).await {
        Ok(enterprise) => Ok(see(&address::enterprise(enterprise.id))),
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader, &enterprise, draft).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}
