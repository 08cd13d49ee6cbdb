//! An agent's desk: the own state in each call centre, and the own figures of the day (G4).

use axum::{
    extract::{Path, State},
    response::Response,
};
use jiff::tz::TimeZone;
use model::{
    Timestamp, UserId, VirtualUserId,
    call_centre::{AgentState, CodeUse},
};
use service::{
    Error,
    call_centre::{self, AgentDesk},
};

use super::{
    address,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
};
use crate::{
    format,
    frame::Section,
    pages::wallboard::{AgentDeskPage, DeskCard},
    parts::{Choice, Link},
    problem::Errors,
    queue_names,
    server::Portal,
    words::Words,
};

/// The first moment of the day in a zone.
pub(super) fn midnight(now: Timestamp, zone: &TimeZone) -> Timestamp {
    let at = jiff::Timestamp::from_millisecond(now.0).unwrap_or_default();
    let start = at.to_zoned(zone.clone()).start_of_day();
    start.map_or(now, |start| Timestamp(start.timestamp().as_millisecond()))
}

/// The states as buttons.
pub(super) fn states(words: Words) -> Vec<Choice> {
    let choice = |id: &&str| Choice::new(*id, queue_names::agent_button(words, id));
    AgentState::IDS.iter().map(choice).collect()
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
) -> Result<Response, Refusal> {
    Ok(shown(&page(&portal, &reader).await?))
}

async fn page(portal: &Portal, reader: &Reader) -> Result<AgentDeskPage, Error> {
    let (env, actor) = (&portal.env, reader.actor());
    let since = midnight(env.now(), &reader.zone());
    let own = call_centre::desks(env, actor, since).await?;
    let supervised = call_centre::supervised(env, actor).await?;
    let link = |centre: &model::VirtualUser| Link {
        label: centre.name.to_string(),
        href: address::wallboard(centre.id),
    };
    Ok(AgentDeskPage {
        desks: own
            .centres
            .iter()
            .map(|desk| card(reader, own.user, desk))
            .collect(),
        supervised: supervised.iter().map(link).collect(),
        frame: reader.frame(portal, Section::AgentDesk).await?,
    })
}

fn card(reader: &Reader, user: UserId, desk: &AgentDesk) -> DeskCard {
    let words = reader.words();
    let codes = desk.codes.codes.iter();
    DeskCard {
        id: desk.centre.id.to_string(),
        name: desk.centre.name.to_string(),
        state: desk.seat.state.id().to_owned(),
        state_text: queue_names::agent_state(words, &desk.seat.state),
        since: format::moment(desk.seat.since, &reader.zone(), words.language()),
        states: states(words),
        codes: codes
            .map(|code| Choice::new(code.as_str(), code.as_str()))
            .collect(),
        is_forced: desk.codes.usage == CodeUse::Forced,
        action: address::agent_state(desk.centre.id, user),
        offered: desk.figures.offered,
        answered: desk.figures.answered,
        bounced: desk.figures.bounced,
    }
}

/// Sets a state: one's own from the desk, an agent's from the wallboard; both lead back to where it was set.
pub(super) async fn set(
    State(portal): State<Portal>,
    reader: Reader,
    Path((id, user)): Path<(String, String)>,
    sent: Form,
) -> Result<Response, Refusal> {
    let (id, user) = (
        address::id::<VirtualUserId>(&id)?,
        address::id::<UserId>(&user)?,
    );
    let (state, code) = (sent.get("agent_state"), sent.get("code"));
    let (env, actor) = (&portal.env, reader.actor());
    let is_own = matches!(actor.grant(), model::Grant::User(_, own) if *own == user);
    match call_centre::set_state(env, actor, (id, user), &state, &code).await {
        Ok(_) if is_own => Ok(see("/call-centre")),
        Ok(_) => Ok(see(&address::wallboard(id))),
        Err(Error::Invalid(problems)) if is_own => {
            let mut page = page(&portal, &reader).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}
