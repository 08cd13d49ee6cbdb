//! When a site is open: weekly hours and holidays.

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::call_centre::{ScheduleDraft, Weekday};
use service::{Error, Place, schedule};

use super::{
    address,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    site_view,
};
use crate::{pages::call_centre::SchedulePage, problem::Errors, server::Portal};

async fn page(
    portal: &Portal,
    reader: &Reader,
    place: &Place,
    draft: ScheduleDraft,
) -> Result<SchedulePage, Error> {
    let site = place.site.id;
    Ok(SchedulePage {
        trail: site_view::trail(reader, place, true),
        site: place.site.name.to_string(),
        draft,
        action: format!("/sites/{site}/schedule"),
        cancel_href: address::call_centres(site),
        frame: reader.frame(portal, site_view::section(reader)).await?,
    })
}

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
) -> Result<Response, Refusal> {
    let site = address::id(&site)?;
    let (place, now) = schedule::get(&portal.env, reader.actor(), site).await?;
    let draft = ScheduleDraft::of(&now);
    Ok(shown(&page(&portal, &reader, &place, draft).await?))
}

pub(super) async fn set(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let site = address::id(&site)?;
    let (env, actor) = (&portal.env, reader.actor());
    let (place, _) = schedule::get(env, actor, site).await?;
    let draft = ScheduleDraft {
        openings: std::array::from_fn(|place| sent.get(Weekday::ALL[place].id())),
        holidays: sent.get("holidays"),
    };
    match schedule::set(env, actor, site, &draft).await {
        Ok(_) => Ok(see(&address::call_centres(site))),
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader, &place, draft).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}
