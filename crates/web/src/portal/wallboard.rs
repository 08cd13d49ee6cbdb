//! The wallboard and the history of a call centre, for its supervisors and administrators (U8).

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use model::{Timestamp, UserId, VirtualUserId, call_centre::AgentState};
use serde::Deserialize;
use service::{
    Error,
    call_centre::{self, Wall},
};
use uuid::Uuid;

use super::{
    address,
    agent_desk::{midnight, states},
    reader::Reader,
    refusal::Refusal,
    shown::shown,
    wall_stream::{self, Watched},
};
use crate::{
    format,
    frame::Section,
    pages::wallboard::{
        HistoryPage, HistoryRow, WaitingRow, WallAgentRow, WallFragment, WallShown, WallboardPage,
    },
    parts::Link,
    queue_names,
    server::Portal,
    sheet::{self, Sheet},
    words::Words,
};

/// How many calls a file holds.
const MOST: i64 = 10_000;

async fn wall(portal: &Portal, reader: &Reader, id: VirtualUserId) -> Result<Wall, Error> {
    let since = midnight(portal.env.now(), &reader.zone());
    call_centre::wall(&portal.env, reader.actor(), id, since).await
}

fn section(reader: &Reader) -> Section {
    match reader.actor().grant() {
        model::Grant::User(..) => Section::AgentDesk,
        model::Grant::Operator | model::Grant::EnterpriseAdmin(_) | model::Grant::SiteAdmin(..) => {
            super::site_view::section(reader)
        }
    }
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    let found = wall(&portal, &reader, id).await?;
    let own = address::wallboard(id);
    let page = WallboardPage {
        name: found.centre.virtual_user.name.to_string(),
        wall: shown_wall(&reader, &found),
        live_href: format!("{own}/live"),
        history_href: format!("{own}/history"),
        frame: reader.frame(&portal, section(&reader)).await?,
    };
    Ok(shown(&page))
}

/// Milliseconds between two moments as minutes and seconds.
pub(super) fn time(ms: i64) -> String {
    format::duration(ms.max(0) / 1000)
}

/// Who calls; who does not say it is unknown.
pub(super) fn named(words: Words, caller: &str) -> String {
    match caller {
        "" => words.wallboard_unknown().into_owned(),
        known => known.to_owned(),
    }
}

fn shown_wall(reader: &Reader, wall: &Wall) -> WallShown {
    let words = reader.words();
    let name = |user: UserId| {
        let agents = wall.agents.iter();
        let mut found = agents.filter(|(seat, _)| seat.member.user == user);
        found.next().map(|(seat, _)| seat.name.clone())
    };
    let waiting = wall.waiting.iter().enumerate().map(|(at, caller)| {
        let rung: Vec<_> = caller.rung.iter().filter_map(|user| name(*user)).collect();
        WaitingRow {
            place: at + 1,
            caller: named(words, &caller.caller),
            waited: time(wall.at.0 - caller.since.0),
            text: if !rung.is_empty() {
                words.wallboard_rings(rung.join(", "))
            } else if caller.has_bounced {
                words.wallboard_bounced().into_owned()
            } else {
                words.wallboard_waits().into_owned()
            },
        }
    });
    let id = wall.centre.virtual_user.id;
    let agents = wall.agents.iter().map(|(seat, deed)| WallAgentRow {
        name: seat.name.clone(),
        state: queue_names::agent_state(words, &seat.state),
        is_available: seat.state == AgentState::Available,
        since: time(wall.at.0 - seat.since.0),
        deed: queue_names::agent_deed(words, *deed).into_owned(),
        action: address::agent_state(id, seat.member.user),
        waits: !seat.user_state.is_active(),
    });
    WallShown {
        at: format::moment(wall.at, &reader.zone(), words.language()),
        waiting: waiting.collect(),
        agents: agents.collect(),
        figures: figures(reader, wall),
        service_level: wall.figures.service_level(),
        within_s: wall.centre.settings.service_level_s,
        states: states(words),
    }
}

fn figures(reader: &Reader, wall: &Wall) -> Vec<(String, String)> {
    let words = reader.words();
    let figures = &wall.figures;
    let average = figures.average_wait_ms();
    [
        (words.wallboard_entered(), figures.entered.to_string()),
        (words.wallboard_answered(), figures.answered.to_string()),
        (words.wallboard_abandoned(), figures.abandoned.to_string()),
        (
            words.wallboard_turned_away(),
            figures.turned_away.to_string(),
        ),
        (
            words.wallboard_average(),
            average.map_or_else(|| "–".to_owned(), time),
        ),
        (words.wallboard_longest(), time(figures.longest_ms)),
    ]
    .map(|(label, value)| (label.into_owned(), value))
    .to_vec()
}

/// The wallboard anew whenever something has happened, and every few seconds.
pub(super) async fn live(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let watched = Watched::Wall(address::id(&id)?);
    wall_stream::open(portal, reader, watched).await
}

/// What of a wallboard is live.
pub(super) async fn fragment(
    portal: &Portal,
    reader: &Reader,
    id: VirtualUserId,
) -> Result<String, Error> {
    let found = wall(portal, reader, id).await?;
    let fragment = WallFragment {
        words: reader.words(),
        wall: &shown_wall(reader, &found),
        csrf: &reader.visitor.csrf,
    };
    wall_stream::rendered(&fragment)
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    at: Option<i64>,
    #[serde(default)]
    id: Option<Uuid>,
}

pub(super) async fn history(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let id: VirtualUserId = address::id(&id)?;
    let (env, actor) = (&portal.env, reader.actor());
    let before = asked.at.map(Timestamp).zip(asked.id);
    let found = call_centre::history(env, actor, id, Timestamp(0), before, None).await?;
    let mut rows = Vec::new();
    for call in &found.calls {
        let way = call_centre::way(env, actor, id, call.id).await?;
        rows.push(row(&reader, call, &way.steps));
    }
    let own = format!("{}/history", address::wallboard(id));
    let name = found.centre.name.to_string();
    let page = HistoryPage {
        trail: vec![Link {
            label: reader.words().wallboard_title(&name),
            href: address::wallboard(id),
        }],
        name,
        rows,
        next: found.next.map(|(at, id)| {
            let (at, id) = (at.0.to_string(), id.to_string());
            address::query(&own, &[("at", &at), ("id", &id)])
        }),
        sheet_href: format!("{own}.csv"),
        frame: reader.frame(&portal, section(&reader)).await?,
    };
    Ok(shown(&page))
}

fn row(
    reader: &Reader,
    call: &service::call_centre::PastCall,
    steps: &[service::call_centre::PastStep],
) -> HistoryRow {
    let words = reader.words();
    let answered = call.answered.as_ref();
    let until = answered.map_or(call.left_at, |(_, at)| *at);
    HistoryRow {
        at: format::moment(call.entered_at, &reader.zone(), words.language()),
        caller: named(words, &call.caller),
        waited: time(until.0 - call.entered_at.0),
        agent: answered.map(|(name, _)| name.clone()).unwrap_or_default(),
        offers: words.call_centre_history_offers(call.offers),
        outcome: queue_names::departure(words, call.departure),
        steps: steps
            .iter()
            .map(|step| queue_names::step(words, step))
            .collect(),
    }
}

/// The history as a file.
pub(super) async fn sheet(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id: VirtualUserId = address::id(&id)?;
    let (env, actor, words) = (&portal.env, reader.actor(), reader.words());
    let found = call_centre::history(env, actor, id, Timestamp(0), None, Some(MOST)).await?;
    let file = Sheet::of(words);
    let headings = [
        words.activity_when(),
        words.wallboard_caller(),
        words.wallboard_waited(),
        words.call_centre_history_agent(),
        words.call_centre_history_outcome(),
        words.call_centre_history_bounces(),
    ];
    let mut text = file.head(&headings);
    for call in &found.calls {
        let row = row(&reader, call, &[]);
        let bounces = call.bounces.to_string();
        text += &file.line(&[
            row.at.human.as_str(),
            row.caller.as_str(),
            row.waited.as_str(),
            row.agent.as_str(),
            row.outcome.as_str(),
            bounces.as_str(),
        ]);
    }
    Ok(sheet::saved(
        "klinke-call-centre.csv",
        text,
        (),
        |()| async { None },
    ))
}
