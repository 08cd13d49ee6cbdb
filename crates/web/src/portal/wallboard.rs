//! The wallboard of a call centre, for its supervisors and administrators (U8).

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{
    UserId, VirtualUserId,
    call_centre::{AgentState, Figures},
};
use service::{
    Error,
    call_centre::{self, Wall},
};

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
    pages::wallboard::{WaitingRow, WallAgentRow, WallFragment, WallShown, WallboardPage},
    queue_names,
    server::Portal,
    words::Words,
};

async fn wall(portal: &Portal, reader: &Reader, id: VirtualUserId) -> Result<Wall, Error> {
    let since = midnight(portal.env.now(), &reader.zone());
    call_centre::wall(&portal.env, reader.actor(), id, since).await
}

/// Where the pages about a call centre's work stand.
pub(super) fn section(reader: &Reader) -> Section {
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
        calls_href: address::group_calls(id.0),
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
        figures: figures(words, &wall.figures),
        service_level: wall.figures.service_level(),
        within_s: wall.centre.settings.service_level_s,
        states: states(words),
    }
}

/// Label and value of each.
pub(super) fn figures(words: Words, figures: &Figures) -> Vec<(String, String)> {
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
