//! The pickup and park groups of a site: list, look at, delete (G1, G2). Both kinds have the same pages; the address says which.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, Path, Query, State},
    http::request::Parts,
    response::Response,
};
use model::{Cursor, Limit, SiteId, TeamKind};
use serde::Deserialize;
use service::{
    Error, Place,
    team::{self, ListTeams, TeamLine, TeamRef},
};

use super::{
    address,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::shown,
    site_view,
    team_form::{self, Filled, Of},
};
use crate::{
    api::{decode_cursor, encode_cursor},
    frame::{Banner, Tone},
    pages::team::{TeamDeletePage, TeamRow, TeamsPage},
    parts::{Link, Pager},
    server::Portal,
};

/// Groups of which kind an address is about.
pub(super) struct Kind(pub(super) TeamKind);

impl<S: Send + Sync> FromRequestParts<S> for Kind {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let mut segments = parts.uri.path().split('/');
        Ok(match segments.any(|segment| segment == "park-groups") {
            true => Self(TeamKind::Park),
            false => Self(TeamKind::Pickup),
        })
    }
}

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
    Kind(kind): Kind,
    Path(site): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let site: SiteId = address::id(&site)?;
    let (env, actor) = (&portal.env, reader.actor());
    let wanted = ListTeams {
        search: Some(asked.q.clone()),
        cursor: decode_cursor(Some(&asked.cursor))?,
        limit: Limit::default(),
    };
    let found = team::list(env, actor, (site, kind), &wanted).await?;
    // Who may see the groups of a site may add one; both are asked as one deed each.
    let place = team::may_add(env, actor, site).await?;
    let path = address::teams(site, kind);
    let page = |cursor: &Cursor| {
        let pairs = [("q", asked.q.as_str()), ("cursor", &encode_cursor(cursor))];
        address::query(&path, &pairs)
    };
    let page = TeamsPage {
        kind,
        trail: site_view::trail(&reader, &place, true),
        site: place.site.name.to_string(),
        add_href: Some(format!("{path}/new")),
        rows: found
            .items
            .into_iter()
            .map(|line| row(&path, line))
            .collect(),
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

fn row(path: &str, line: TeamLine) -> TeamRow {
    TeamRow {
        href: format!("{path}/{}", line.id),
        name: line.name,
        members: line.members,
    }
}

/// The way back to the list.
pub(super) fn trail(reader: &Reader, place: &Place, kind: TeamKind) -> Vec<Link> {
    let mut trail = site_view::trail(reader, place, true);
    let words = reader.words();
    let label = match kind {
        TeamKind::Pickup => words.site_pickup_groups(),
        TeamKind::Park => words.site_park_groups(),
    };
    trail.push(Link {
        label: label.into_owned(),
        href: address::teams(place.site.id, kind),
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
    Kind(kind): Kind,
    Path((site, id)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Response, Refusal> {
    let team = team_ref(kind, &site, &id)?;
    let view = team::get(&portal.env, reader.actor(), team).await?;
    let filled = Filled::of(view.draft());
    let mut page = team_form::page(&portal, &reader, &Of::team(&view), &filled).await?;
    let words = reader.words();
    let text = match done.done.as_str() {
        "added" => Some(words.team_was_added()),
        "saved" => Some(words.team_was_saved()),
        _ => None,
    };
    page.frame.banner = text.map(|text| Banner {
        tone: Tone::Success,
        text: text.into_owned(),
    });
    Ok(shown(&page))
}

pub(super) fn team_ref(kind: TeamKind, site: &str, id: &str) -> Result<TeamRef, Error> {
    Ok(TeamRef {
        site: address::id(site)?,
        kind,
        id: address::id(id)?,
    })
}

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Kind(kind): Kind,
    Path((site, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let asked = team_ref(kind, &site, &id)?;
    let deletion = team::deletion_preview(&portal.env, reader.actor(), asked).await?;
    let own = address::team(&asked);
    let page = TeamDeletePage {
        kind,
        name: deletion.team.name.to_string(),
        version: deletion.team.version,
        members: deletion.members.len() + deletion.hidden,
        people: deletion
            .members
            .into_iter()
            .map(|member| member.name)
            .collect(),
        hidden: deletion.hidden,
        action: format!("{own}/delete"),
        cancel_href: own,
        frame: reader.frame(&portal, site_view::section(&reader)).await?,
    };
    Ok(shown(&page))
}

pub(super) async fn delete(
    State(portal): State<Portal>,
    reader: Reader,
    Kind(kind): Kind,
    Path((site, id)): Path<(String, String)>,
    sent: Form,
) -> Result<Response, Refusal> {
    let asked = team_ref(kind, &site, &id)?;
    let version = sent.get("version").parse().map_err(|_| Error::Changed)?;
    team::delete(&portal.env, reader.actor(), asked, Some(version)).await?;
    Ok(see(&address::teams(asked.site, kind)))
}
