//! Adding a user: the form, and the login details shown once (U1–U7).

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{DepartmentTree, Field, Grant, Limit, Problem, Problems, Site, SiteId, UserDraft};
use service::{
    Error, Place, department, licence, number, site,
    user::{self, AddUser},
};

use super::{
    address,
    form::{Form, see},
    home::count,
    login_details::{already_shown, once},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
};
use crate::{
    format,
    frame::Section,
    pages::{
        choose_site::{ChooseSitePage, SiteDoor},
        user_form::{self, UserChoices, UserFormPage},
    },
    parts::{Choice, Link},
    problem::Errors,
    server::Portal,
};

/// How many free numbers are offered in a list.
const OFFERED: usize = 200;

/// Which site? Who has one only is not asked (U1).
pub(super) async fn choose_site(
    State(portal): State<Portal>,
    reader: Reader,
) -> Result<Response, Refusal> {
    let sites = site::list(&portal.env, reader.actor(), None).await?;
    match (reader.actor().grant(), sites.as_slice()) {
        (Grant::Operator | Grant::User(..), _) => Err(Error::Forbidden.into()),
        (_, [only]) => Ok(see(&form_address(only.id))),
        (_, sites) => {
            let mut doors = Vec::with_capacity(sites.len());
            for site in sites {
                doors.push(door(&portal, &reader, site).await?);
            }
            Ok(shown(&ChooseSitePage {
                frame: reader.frame(&portal, Section::Users).await?,
                sites: doors,
            }))
        }
    }
}

fn form_address(site: SiteId) -> String {
    format!("/sites/{site}/users/new")
}

async fn door(portal: &Portal, reader: &Reader, site: &Site) -> Result<SiteDoor, Error> {
    let (_, free) = number::count(&portal.env, reader.actor(), site.id).await?;
    Ok(SiteDoor {
        name: site.name.to_string(),
        href: form_address(site.id),
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
    Ok(shown(
        &form(&portal, &reader, &place, draft, request).await?,
    ))
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
        site: place.site.name.to_string(),
        version: None,
        request,
        draft,
        choices: choices(portal, reader, place).await?,
        free_extension: None,
        action: form_address(place.site.id),
        cancel_href: list,
        frame: reader.frame(portal, Section::Users).await?,
    })
}

async fn choices(portal: &Portal, reader: &Reader, place: &Place) -> Result<UserChoices, Error> {
    let (env, actor, site) = (&portal.env, reader.actor(), place.site.id);
    let free = number::list(env, actor, site, true, None, Limit::new(OFFERED)).await?;
    let numbers = free.items.iter().map(|free| {
        let label = format::phone_number(&free.number, place.site.country);
        Choice::new(free.number.as_str(), label)
    });
    let licences = licence::list(env, actor, place.enterprise.id).await?;
    let departments = department::list(env, actor, site).await?;
    Ok(UserChoices {
        numbers: numbers.collect(),
        free_numbers: count(number::count(env, actor, site).await?.1),
        packages: user_form::packages(reader.words(), &licences),
        services: user_form::services(reader.words(), &licences),
        departments: super::department::choices(&DepartmentTree::new(departments)),
        desk_phone_types: user_form::desk_phone_types(reader.words()),
        languages: user_form::languages(),
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

fn free_extension(problems: &Problems) -> Option<String> {
    problems
        .0
        .iter()
        .find_map(|told| match (&told.field, &told.problem) {
            (Field::Extension, Problem::ExtensionTaken { suggestion, .. }) => {
                suggestion.as_ref().map(ToString::to_string)
            }
            _ => None,
        })
}

fn draft(sent: &Form) -> UserDraft {
    UserDraft {
        number: sent.get("number"),
        extension: sent.get("extension"),
        package: sent.get("package"),
        services: sent.all("services"),
        first_name: sent.get("first_name"),
        last_name: sent.get("last_name"),
        username: sent.get("username"),
        email: sent.get("email"),
        language: sent.get("language"),
        department: sent.get("department"),
        desk_phone_type: sent.get("desk_phone_type"),
        mobile_number: sent.get("mobile_number"),
        contract_number: sent.get("contract_number"),
    }
}

/// The name that the form gave its request, so that sending it again adds nobody.
fn key(sent: &Form) -> Option<String> {
    let is_key = |key: &String| {
        (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
    };
    Some(sent.get("request")).filter(is_key)
}
