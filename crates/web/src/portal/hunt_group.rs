//! The hunt groups of a site: list, look at, delete (G3).

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use model::{Cursor, Limit, SiteId, VirtualUserId};
use serde::Deserialize;
use service::{
    Error, Place,
    hunt_group::{self, Listed},
};

use super::{
    address,
    form::{Form, see},
    home::count,
    hunt_group_form::{self, Filled},
    reader::Reader,
    refusal::Refusal,
    shown::shown,
    site_view,
};
use crate::{
    api::{decode_cursor, encode_cursor},
    format,
    frame::{Banner, Tone},
    names,
    pages::hunt_group::{HuntGroupDeletePage, HuntGroupRow, HuntGroupsPage},
    parts::{Badge, Link, Pager},
    server::Portal,
};

/// What stands in the address of the list.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    cursor: String,
}

pub(super) async fn list(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let site: SiteId = address::id(&site)?;
    let cursor = decode_cursor(Some(&asked.cursor))?;
    let (env, actor) = (&portal.env, reader.actor());
    let found = hunt_group::list(env, actor, site, &asked.q, (cursor, Limit::default()));
    let (place, found) = found.await?;
    let path = address::hunt_groups(site);
    let page = |cursor: &Cursor| {
        let pairs = [("q", asked.q.as_str()), ("cursor", &encode_cursor(cursor))];
        address::query(&path, &pairs)
    };
    let may_add = hunt_group::may_add(env, actor, site).await.is_ok();
    let page = HuntGroupsPage {
        trail: site_view::trail(&reader, &place, true),
        site: place.site.name.to_string(),
        add_href: may_add.then(|| format!("{path}/new")),
        rows: found.items.iter().map(|item| row(&place, item)).collect(),
        pager: Pager {
            previous: found.previous.as_ref().map(page),
            next: found.next.as_ref().map(page),
        },
        query: asked.q.clone(),
        path: path.clone(),
        frame: reader.frame(&portal, site_view::section(&reader)).await?,
    };
    Ok(shown(&page))
}

fn row(place: &Place, listed: &Listed) -> HuntGroupRow {
    let group = &listed.virtual_user;
    HuntGroupRow {
        name: group.name.to_string(),
        href: address::hunt_group(group.site, group.id),
        number: format::phone_number(&group.number, place.site.country),
        extension: group.extension.to_string(),
        members: count(listed.members),
        state: Badge::from(&group.state),
    }
}

/// The way back to the list.
pub(super) fn trail(reader: &Reader, place: &Place) -> Vec<Link> {
    let mut trail = site_view::trail(reader, place, true);
    trail.push(Link {
        label: reader.words().site_hunt_groups().into_owned(),
        href: address::hunt_groups(place.site.id),
    });
    trail
}

/// What was done before.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    done: String,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, id)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Response, Refusal> {
    let (site, id) = ids(&site, &id)?;
    let view = hunt_group::get(&portal.env, reader.actor(), site, id).await?;
    let filled = Filled::of(view.draft());
    let mut page =
        hunt_group_form::page(&portal, &reader, &view.place.clone(), Some(&view), &filled).await?;
    let words = reader.words();
    let text = match done.done.as_str() {
        "added" => Some(words.hunt_group_was_added()),
        "saved" => Some(words.hunt_group_was_saved()),
        _ => None,
    };
    page.frame.banner = text.map(|text| Banner {
        tone: Tone::Success,
        text: text.into_owned(),
    });
    Ok(shown(&page))
}

pub(super) fn ids(site: &str, id: &str) -> Result<(SiteId, VirtualUserId), Error> {
    Ok((address::id(site)?, address::id(id)?))
}

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (site, id) = ids(&site, &id)?;
    let (env, actor) = (&portal.env, reader.actor());
    let deletion = hunt_group::deletion_preview(env, actor, site, id).await?;
    let view = hunt_group::get(env, actor, site, id).await?;
    let (group, own) = (&deletion.of.virtual_user, address::hunt_group(site, id));
    let words = reader.words();
    let forwards = deletion.of.forwards.iter();
    let page = HuntGroupDeletePage {
        name: group.name.to_string(),
        version: group.version,
        number: format::phone_number(&group.number, view.place.site.country),
        extension: group.extension.to_string(),
        members: view.seats.len(),
        forwards: forwards
            .map(|forward| names::mention(words, forward.kind, &forward.name))
            .collect(),
        people: deletion.tell.clone(),
        action: format!("{own}/delete"),
        cancel_href: own,
        frame: reader.frame(&portal, site_view::section(&reader)).await?,
    };
    Ok(shown(&page))
}

pub(super) async fn delete(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, id)): Path<(String, String)>,
    sent: Form,
) -> Result<Response, Refusal> {
    let (site, id) = ids(&site, &id)?;
    let version = sent.get("version").parse().map_err(|_| Error::Changed)?;
    hunt_group::delete(&portal.env, reader.actor(), (site, id), Some(version)).await?;
    Ok(see(&address::hunt_groups(site)))
}
