//! Adding a site to an enterprise.

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::Enterprise;
use service::{Error, site};

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
    pages::site::{SiteFormPage, countries},
    problem::Errors,
    server::Portal,
};

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
    Path(enterprise): Path<String>,
) -> Result<Response, Refusal> {
    let enterprise = site::may_add(&portal.env, reader.actor(), address::id(&enterprise)?).await?;
    let country = enterprise.country.code().to_owned();
    Ok(shown(
        &page(&portal, &reader, &enterprise, String::new(), country).await?,
    ))
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    enterprise: &Enterprise,
    name: String,
    country: String,
) -> Result<SiteFormPage, Error> {
    let home = address::enterprise(enterprise.id);
    Ok(SiteFormPage {
        trail: trail(reader, Some(enterprise)),
        enterprise: enterprise.name.to_string(),
        existing: None,
        name,
        country,
        countries: countries(reader.words()),
        action: format!("{home}/sites/new"),
        cancel_href: home,
        frame: reader.frame(portal, Section::Enterprises).await?,
    })
}

pub(super) async fn add(
    State(portal): State<Portal>,
    reader: Reader,
    Path(enterprise): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let enterprise = site::may_add(&portal.env, reader.actor(), address::id(&enterprise)?).await?;
    let (name, country) = (sent.get("name"), sent.get("country"));
    match site::add(&portal.env, reader.actor(), enterprise.id, &name, &country).await {
        Ok(_) => Ok(see(&address::enterprise(enterprise.id))),
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader, &enterprise, name, country).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}
