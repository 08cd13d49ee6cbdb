//! Adding a user: the form, and the login details shown once (U1–U7).

use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use model::{Grant, Problems, Question, Site, SiteId, UserDraft};
use serde::Deserialize;
use service::{
    Error, Place, number, site,
    user::{self, AddUser},
};

use super::{
    address,
    form::{Form, see},
    home::count,
    login_details::{already_shown, once},
    reader::{Reader, cookie},
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    user_fields::{choices, draft, free_extension},
    user_steps::{self, remembering},
};
use crate::{
    frame::Section,
    pages::{
        choose_site::{ChooseSitePage, SiteDoor},
        user_form::UserFormPage,
    },
    parts::Link,
    problem::Errors,
    server::Portal,
};

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct At {
    site: String,
}

/// Where a user is added to a site: to the form that the reader likes.
pub(super) fn begin_address(site: SiteId) -> String {
    format!("/users/new?site={site}")
}

/// Which site? Who has one only is not asked (U1).
pub(super) async fn choose_site(
    State(portal): State<Portal>,
    reader: Reader,
    headers: HeaderMap,
    Query(at): Query<At>,
) -> Result<Response, Refusal> {
    let sites = site::list(&portal.env, reader.actor(), None).await?;
    let chosen = sites.iter().find(|site| site.id.to_string() == at.site);
    let sites = chosen.map_or(sites.as_slice(), std::slice::from_ref);
    match (reader.actor().grant(), sites) {
        (Grant::Operator | Grant::User(..), _) => Err(Error::Forbidden.into()),
        (_, [only]) => Ok(see(&first_address(&headers, only.id))),
        (_, sites) => {
            let mut doors = Vec::with_capacity(sites.len());
            for site in sites {
                let href = first_address(&headers, site.id);
                doors.push(door(&portal, &reader, site, href).await?);
            }
            Ok(shown(&ChooseSitePage {
                frame: reader.frame(&portal, Section::Users).await?,
                sites: doors,
            }))
        }
    }
}

/// Address of the form.
pub(super) fn form_address(site: SiteId) -> String {
    format!("/sites/{site}/users/new")
}

/// Question by question, unless the reader has come to like the one form.
fn first_address(headers: &HeaderMap, site: SiteId) -> String {
    match cookie(headers, user_steps::COOKIE) {
        Some("one-page") => form_address(site),
        Some(_) | None => user_steps::question_address(site, Question::Person),
    }
}

async fn door(
    portal: &Portal,
    reader: &Reader,
    site: &Site,
    href: String,
) -> Result<SiteDoor, Error> {
    let (_, free) = number::count(&portal.env, reader.actor(), site.id).await?;
    Ok(SiteDoor {
        name: site.name.to_string(),
        href,
        free_numbers: count(free),
    })
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
) -> Result<Response, Refusal> {
    let place = user::may_add(&portal.env, reader.actor(), address::id(&site)?).await?;
    let draft = UserDraft {
        language: reader.words().language().code().to_owned(),
        ..UserDraft::default()
    };
    let request = portal.env.form_token();
    let page = form(&portal, &reader, &place, draft, request).await?;
    Ok(remembering("one-page", shown(&page)))
}

async fn form(
    portal: &Portal,
    reader: &Reader,
    place: &Place,
    draft: UserDraft,
    request: String,
) -> Result<UserFormPage, Error> {
    let words = reader.words();
    let list = address::site_users(place.site.id);
    Ok(UserFormPage {
        trail: vec![Link {
            label: words.user_list_title_site(place.site.name.as_str()),
            href: list.clone(),
        }],
        person: None,
        configuration: None,
        meanwhile: Vec::new(),
        site: place.site.name.to_string(),
        version: None,
        request,
        draft,
        choices: choices(portal, reader, place, None).await?,
        free_extension: None,
        steps_href: Some(user_steps::question_address(
            place.site.id,
            Question::Person,
        )),
        action: form_address(place.site.id),
        cancel_href: list,
        frame: reader.frame(portal, Section::Users).await?,
    })
}

pub(super) async fn add(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let request = AddUser {
        site: address::id(&site)?,
        draft: draft(&sent),
        idempotency_key: key(&sent),
    };
    match user::add(&portal.env, reader.actor(), &request).await {
        Ok(added) if added.replayed && added.user.desk_phone_type.is_some() => {
            already_shown(&portal, &reader, &added.user).await
        }
        Ok(added) => match added.login_details {
            Some(details) => once(&portal, &reader, &added.user, &details, true).await,
            None => Ok(see(&address::user(added.user.id))),
        },
        Err(Error::Invalid(problems)) => again(&portal, &reader, request, &problems).await,
        Err(error) => Err(error.into()),
    }
}

/// The form once more, with what was typed and what is wrong.
async fn again(
    portal: &Portal,
    reader: &Reader,
    request: AddUser,
    problems: &Problems,
) -> Result<Response, Refusal> {
    let place = user::may_add(&portal.env, reader.actor(), request.site).await?;
    let key = request.idempotency_key.unwrap_or_default();
    let mut page = form(portal, reader, &place, request.draft, key).await?;
    page.frame.errors = Errors::told(reader.words(), problems);
    page.free_extension = free_extension(problems);
    Ok(shown_with(status_of(problems), &page))
}

/// The name that the form gave its request, so that sending it again adds nobody.
fn key(sent: &Form) -> Option<String> {
    let is_key = |key: &String| {
        (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
    };
    Some(sent.get("request")).filter(is_key)
}
