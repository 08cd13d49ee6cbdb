//! Importing a range of numbers into a site.

use axum::{
    extract::{Path, State},
    response::Response,
};
use service::{Error, Place, number, site};

use super::{
    address,
    enterprise::trail,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
};
use crate::{
    frame::Section, pages::number_range::NumberRangeFormPage, problem::Errors, server::Portal,
};

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
) -> Result<Response, Refusal> {
    let place = site::get(&portal.env, reader.actor(), address::id(&site)?).await?;
    number::may_import(reader.actor())?;
    Ok(shown(
        &page(&portal, &reader, &place, String::new(), String::new()).await?,
    ))
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    place: &Place,
    first_number: String,
    last_number: String,
) -> Result<NumberRangeFormPage, Error> {
    Ok(NumberRangeFormPage {
        trail: trail(reader, Some(&place.enterprise)),
        enterprise: place.enterprise.name.to_string(),
        site: place.site.name.to_string(),
        country: place.site.country,
        first_number,
        last_number,
        action: format!("/operator/sites/{}/number-ranges/new", place.site.id),
        cancel_href: address::enterprise(place.enterprise.id),
        frame: reader.frame(portal, Section::Enterprises).await?,
    })
}

pub(super) async fn import(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let place = site::get(&portal.env, reader.actor(), address::id(&site)?).await?;
    let (first, last) = (sent.get("first_number"), sent.get("last_number"));
    match number::import_range(&portal.env, reader.actor(), place.site.id, &first, &last).await {
        Ok(_) => Ok(see(&address::enterprise(place.enterprise.id))),
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader, &place, first, last).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}
