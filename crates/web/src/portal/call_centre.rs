//! Call centres of a site: the list, adding, changing and deleting them (G4).

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use model::{
    Action, AudioOwner, Target, Verdict, VirtualUser, VirtualUserId, allows,
    call_centre::{CallCentreDraft, TypedCentre},
};
use serde::Deserialize;
use service::{
    Error, Place,
    call_centre::{self, AddCallCentre, CallCentreDetails},
    department, number,
};

use super::{
    address, audio, call_centre_fields as fields, department as departments,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    site_view,
};
use crate::{
    api::{decode_cursor, encode_cursor},
    format,
    pages::{
        call_centre::{CallCentreFormPage, CallCentreRow, CallCentresPage, TypedCallCentre},
        structure::QuestionPage,
    },
    parts::{Badge, Link, Pager},
    problem::Errors,
    server::Portal,
};

/// How many free numbers are offered.
const OFFERED: usize = 100;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    search: String,
    #[serde(default)]
    cursor: String,
}

pub(super) fn trail(reader: &Reader, place: &Place) -> Vec<Link> {
    let mut trail = site_view::trail(reader, place, true);
    trail.push(Link {
        label: reader.words().site_call_centres().into_owned(),
        href: address::call_centres(place.site.id),
    });
    trail
}

pub(super) async fn list(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let site = address::id(&site)?;
    let cursor = decode_cursor(Some(&asked.cursor))?;
    let (env, actor) = (&portal.env, reader.actor());
    let found = call_centre::list(env, actor, site, Some(&asked.search), cursor).await?;
    let (place, page) = found;
    let own = address::call_centres(site);
    let href = |cursor: &model::Cursor| {
        let cursor = encode_cursor(cursor);
        address::query(&own, &[("search", &asked.search), ("cursor", &cursor)])
    };
    let target = Target::Site(place.enterprise.id, site);
    let may_add = allows(actor.grant(), Action::ManageVirtualUsers, target) == Verdict::Allowed;
    let page = CallCentresPage {
        trail: site_view::trail(&reader, &place, true),
        site: place.site.name.to_string(),
        search: asked.search.clone(),
        rows: page.items.iter().map(|own| row(&reader, own)).collect(),
        pager: Pager {
            previous: page.previous.as_ref().map(href),
            next: page.next.as_ref().map(href),
        },
        add_href: may_add.then(|| format!("{own}/new")),
        schedule_href: format!("/sites/{site}/schedule"),
        frame: reader.frame(&portal, site_view::section(&reader)).await?,
    };
    Ok(shown(&page))
}

fn row(reader: &Reader, own: &VirtualUser) -> CallCentreRow {
    CallCentreRow {
        name: own.name.to_string(),
        number: format::phone_number(&own.number, reader.country()),
        extension: own.extension.to_string(),
        state: Badge::from(&own.state),
        href: address::call_centre(own.site, own.id),
        wall_href: address::wallboard(own.id),
    }
}

/// What the form is about: a new one, or one that is there.
struct Shown<'a> {
    place: &'a Place,
    details: Option<&'a CallCentreDetails>,
    typed: TypedCallCentre,
    settings: TypedCentre,
    version: String,
}

async fn form_page(
    portal: &Portal,
    reader: &Reader,
    asked: Shown<'_>,
) -> Result<CallCentreFormPage, Error> {
    let (env, actor, words) = (&portal.env, reader.actor(), reader.words());
    let site = asked.place.site.id;
    let free = number::list(env, actor, site, true, None, model::Limit::new(OFFERED)).await?;
    let tree = model::DepartmentTree::new(department::list(env, actor, site).await?);
    let own = asked.details.map(|details| &details.centre.virtual_user);
    let list = address::call_centres(site);
    let action = match own {
        Some(own) => address::call_centre(site, own.id),
        None => format!("{list}/new"),
    };
    let is_active = own.is_some_and(|own| own.state.is_active());
    let (agents, supervisors) = match asked.details {
        Some(details) => fields::members(details),
        None => Default::default(),
    };
    Ok(CallCentreFormPage {
        trail: trail(reader, asked.place),
        own: own.map(|own| own.name.to_string()),
        typed: asked.typed,
        settings: asked.settings,
        numbers: free
            .items
            .iter()
            .map(|free| free.number.to_string())
            .collect(),
        departments: departments::choices(&tree),
        policies: fields::policies(words),
        overflows: fields::overflows(words),
        strandeds: fields::strandeds(words),
        out_of_hours: fields::out_of_hours(words),
        code_uses: fields::code_uses(words),
        agents,
        supervisors,
        audio_href: own.map(|own| audio::own_address(AudioOwner::CallCentre(own.id))),
        delete_href: is_active.then(|| format!("{action}/delete")),
        action,
        cancel_href: list,
        is_locked: own.is_some() && !is_active,
        version: asked.version,
        frame: reader.frame(portal, site_view::section(reader)).await?,
    })
}

pub(super) async fn new(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
) -> Result<Response, Refusal> {
    let site = address::id(&site)?;
    let place = call_centre::may_add(&portal.env, reader.actor(), site).await?;
    let asked = Shown {
        place: &place,
        details: None,
        typed: TypedCallCentre::default(),
        settings: TypedCentre::default(),
        version: String::new(),
    };
    Ok(shown(&form_page(&portal, &reader, asked).await?))
}

pub(super) async fn add(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let site = address::id(&site)?;
    let (env, actor) = (&portal.env, reader.actor());
    let place = call_centre::may_add(env, actor, site).await?;
    let done = match fields::draft(&portal, &reader, site, &sent).await {
        Ok(draft) => call_centre::add(env, actor, &AddCallCentre { site, draft }).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(centre) => Ok(see(&address::call_centre(site, centre.virtual_user.id))),
        Err(Error::Invalid(problems)) => {
            let asked = Shown {
                place: &place,
                details: None,
                typed: fields::typed(&sent),
                settings: fields::settings(&sent),
                version: String::new(),
            };
            let mut page = form_page(&portal, &reader, asked).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}

/// The call centre of a site with everybody in it, and how it would be typed.
async fn found(
    portal: &Portal,
    reader: &Reader,
    (site, id): (&str, &str),
) -> Result<(Place, CallCentreDetails, CallCentreDraft), Error> {
    let (site, id) = (address::id(site)?, address::id::<VirtualUserId>(id)?);
    let (env, actor) = (&portal.env, reader.actor());
    let place = call_centre::may_add(env, actor, site).await?;
    let details = call_centre::details(env, actor, id).await?;
    if details.centre.virtual_user.site != site {
        return Err(Error::NotFound);
    }
    let (_, draft) = call_centre::edit(env, actor, id).await?;
    Ok((place, details, draft))
}

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (place, details, draft) = found(&portal, &reader, (&site, &id)).await?;
    let asked = Shown {
        place: &place,
        details: Some(&details),
        typed: TypedCallCentre {
            name: draft.name,
            number: draft.number,
            extension: draft.extension,
            department: draft.department,
            ..TypedCallCentre::default()
        },
        settings: draft.settings,
        version: details.centre.virtual_user.version.to_string(),
    };
    Ok(shown(&form_page(&portal, &reader, asked).await?))
}

pub(super) async fn modify(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, id)): Path<(String, String)>,
    sent: Form,
) -> Result<Response, Refusal> {
    let (place, details, _) = found(&portal, &reader, (&site, &id)).await?;
    let own = &details.centre.virtual_user;
    let (env, actor) = (&portal.env, reader.actor());
    let version = sent.get("version").parse().ok();
    let done = match fields::draft(&portal, &reader, own.site, &sent).await {
        Ok(draft) => call_centre::modify(env, actor, own.id, &draft, version).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(see(&address::call_centre(own.site, own.id))),
        Err(Error::Invalid(problems)) => {
            let asked = Shown {
                place: &place,
                details: Some(&details),
                typed: fields::typed(&sent),
                settings: fields::settings(&sent),
                version: sent.get("version"),
            };
            let mut page = form_page(&portal, &reader, asked).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (place, details, _) = found(&portal, &reader, (&site, &id)).await?;
    let own = &details.centre.virtual_user;
    let (env, actor, words) = (&portal.env, reader.actor(), reader.words());
    let (deletion, tell) = call_centre::deletion_preview(env, actor, own.id).await?;
    let (number, extension) = (own.number.to_string(), own.extension.to_string());
    let mut facts = vec![
        words.call_centre_delete_number(&extension, &number),
        words.call_centre_delete_agents(details.agents.len()),
        words.call_centre_delete_waiting().into_owned(),
    ];
    if !deletion.forwards.is_empty() {
        facts.push(words.call_centre_delete_forwards(deletion.forwards.len()));
    }
    if !tell.is_empty() {
        let names: Vec<_> = tell.into_iter().map(|agent| agent.name).collect();
        facts.push(words.call_centre_delete_tell(names.join(", ")));
    }
    let page = QuestionPage {
        trail: trail(&reader, &place),
        question: words.call_centre_delete_title(own.name.as_str()),
        facts,
        submit: words.call_centre_delete_submit(own.name.as_str()),
        keep: words.call_centre_delete_keep().into_owned(),
        action: format!("{}/delete", address::call_centre(own.site, own.id)),
        cancel_href: address::call_centre(own.site, own.id),
        frame: reader.frame(&portal, site_view::section(&reader)).await?,
    };
    Ok(shown(&page))
}

pub(super) async fn delete(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, id)): Path<(String, String)>,
    _sent: Form,
) -> Result<Response, Refusal> {
    let (_, details, _) = found(&portal, &reader, (&site, &id)).await?;
    let own = &details.centre.virtual_user;
    call_centre::delete(&portal.env, reader.actor(), own.id, None).await?;
    Ok(see(&address::call_centres(own.site)))
}
