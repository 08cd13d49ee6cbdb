//! Adding an administrator, and the one-time link for the first password (R1).

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use model::Enterprise;
use service::{
    Error,
    administrator::{self, AddAdministrator},
    password, site,
};

use super::{
    address,
    enterprise::trail,
    form::Form,
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
};
use crate::{
    format,
    frame::Section,
    pages::{
        administrator::{AdministratorForm, AdministratorFormPage, RegistrationLinkPage, roles},
        user_form::languages,
    },
    parts::Choice,
    problem::Errors,
    server::Portal,
};

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
    Path(enterprise): Path<String>,
) -> Result<Response, Refusal> {
    let enterprise =
        administrator::may_add(&portal.env, reader.actor(), address::id(&enterprise)?).await?;
    let language = reader.words().language().code().to_owned();
    let role = model::Role::EnterpriseAdmin.name().to_owned();
    let draft = AdministratorForm {
        language,
        role,
        ..AdministratorForm::default()
    };
    Ok(shown(&page(&portal, &reader, &enterprise, draft).await?))
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    enterprise: &Enterprise,
    draft: AdministratorForm,
) -> Result<AdministratorFormPage, Error> {
    let sites = site::list(&portal.env, reader.actor(), Some(enterprise.id)).await?;
    let home = address::enterprise(enterprise.id);
    Ok(AdministratorFormPage {
        trail: trail(reader, Some(enterprise)),
        enterprise: enterprise.name.to_string(),
        draft,
        roles: roles(reader.words()),
        sites: sites
            .iter()
            .map(|site| Choice::new(site.id.to_string(), site.name.as_str()))
            .collect(),
        languages: languages(),
        action: format!("{home}/administrators/new"),
        cancel_href: home,
        frame: reader.frame(portal, Section::Enterprises).await?,
    })
}

pub(super) async fn add(
    State(portal): State<Portal>,
    reader: Reader,
    headers: HeaderMap,
    Path(enterprise): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let enterprise =
        administrator::may_add(&portal.env, reader.actor(), address::id(&enterprise)?).await?;
    let draft = AdministratorForm {
        role: sent.get("role"),
        sites: sent.all("sites"),
        username: sent.get("username"),
        email: sent.get("email"),
        language: sent.get("language"),
    };
    let request = AddAdministrator {
        role: draft.role.clone(),
        sites: draft
            .sites
            .iter()
            .filter_map(|site| site.parse().ok())
            .collect(),
        username: draft.username.clone(),
        email: draft.email.clone(),
        language: draft.language.clone(),
    };
    match administrator::add(&portal.env, reader.actor(), enterprise.id, &request).await {
        Ok((_, token)) => link(&portal, &reader, &headers, &enterprise, &token).await,
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader, &enterprise, draft).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}

/// The page that shows the link, this once.
async fn link(
    portal: &Portal,
    reader: &Reader,
    headers: &HeaderMap,
    enterprise: &Enterprise,
    token: &str,
) -> Result<Response, Refusal> {
    let owner = password::owner_of_link(&portal.env, token).await?;
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = text("x-forwarded-proto")
        .filter(|scheme| *scheme == "https")
        .unwrap_or("http");
    let host = text("host").unwrap_or_default();
    let until = portal.env.now().plus_seconds(password::GOOD_FOR_S);
    let page = RegistrationLinkPage {
        name: owner.account.username,
        username: owner.login_name,
        until: format::moment(until, &reader.zone(), reader.words().language()).human,
        link: format!("{scheme}://{host}/password/{token}"),
        next_href: address::enterprise(enterprise.id),
        frame: reader.frame(portal, Section::Enterprises).await?,
    };
    Ok(shown(&page))
}
