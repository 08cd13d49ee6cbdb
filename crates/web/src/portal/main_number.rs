//! Setting the number of a site that emergency services see and call back.

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{Field, Grant, Limit, Site, SiteId};
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
    format, frame::Section, pages::telephony::MainNumberFormPage, parts::Choice, problem::Errors,
    server::Portal,
};

/// How many numbers are suggested; the others are typed.
const SUGGESTED: usize = 200;

/// Address of the form.
pub(super) fn form_address(site: SiteId) -> String {
    format!("/sites/{site}/main-number")
}

/// The main number as people there write it.
pub(super) fn shown_number(site: &Site) -> Option<String> {
    let number = site.main_number.as_ref()?;
    Some(format::phone_number(number, site.country))
}

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    let place = site::may_set_main_number(&portal.env, reader.actor(), id).await?;
    let now = shown_number(&place.site).unwrap_or_default();
    let page = page(&portal, &reader, &place, now).await?;
    Ok(shown(&page))
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    place: &Place,
    main_number: String,
) -> Result<MainNumberFormPage, Error> {
    let (env, actor, site) = (&portal.env, reader.actor(), &place.site);
    let numbers = number::list(env, actor, site.id, false, None, Limit::new(SUGGESTED)).await?;
    let choice = |number: &model::Number| {
        Choice::new(format::phone_number(&number.number, site.country), "")
    };
    let (section, trail) = match actor.grant() {
        Grant::Operator => (Section::Enterprises, trail(reader, Some(&place.enterprise))),
        Grant::EnterpriseAdmin(_) | Grant::SiteAdmin(..) | Grant::User(..) => {
            (Section::Home, Vec::new())
        }
    };
    Ok(MainNumberFormPage {
        trail,
        site: site.name.to_string(),
        main_number,
        numbers: numbers.items.iter().map(choice).collect(),
        action: form_address(site.id),
        cancel_href: back(reader, place),
        frame: reader.frame(portal, section).await?,
    })
}

/// Where the reader came from.
fn back(reader: &Reader, place: &Place) -> String {
    match reader.actor().grant() {
        Grant::Operator => address::enterprise(place.enterprise.id),
        Grant::EnterpriseAdmin(_) | Grant::SiteAdmin(..) | Grant::User(..) => "/".to_owned(),
    }
}

pub(super) async fn set(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    let place = site::may_set_main_number(&portal.env, reader.actor(), id).await?;
    let typed = sent.get(Field::MainNumber.id());
    match site::set_main_number(&portal.env, reader.actor(), id, &typed).await {
        Ok(place) => Ok(see(&back(&reader, &place))),
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader, &place, typed).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}
