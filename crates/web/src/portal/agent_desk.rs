//! An agent's desk: the own state in each call centre, who waits and the own call, the own figures of the day (G4).

use axum::{
    extract::{Path, State},
    response::Response,
};
use jiff::tz::TimeZone;
use model::{
    Field, Problems, Timestamp, UserId, VirtualUserId,
    call_centre::{AgentState, CodeUse, Codes, UnavailableCode},
    routing::AgentCode,
};
use service::{
    Error,
    call_centre::{self, AgentDesk, OwnCall, OwnDesk},
};

use super::{
    address,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    wall_stream::{self, Watched},
    wallboard::{named, time},
};
use crate::{
    format,
    frame::Section,
    pages::agent_desk::{AgentDeskPage, DeskCall, DeskCard, DeskFragment},
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

/// The own desk anew whenever something has happened in one of its call centres.
pub(super) async fn live(
    State(portal): State<Portal>,
    reader: Reader,
) -> Result<Response, Refusal> {
    wall_stream::open(portal, reader, Watched::Desk).await
}

/// What of a desk is live, and of which call centres it tells.
pub(super) async fn fragment(
    portal: &Portal,
    reader: &Reader,
) -> Result<(Vec<VirtualUserId>, String), Error> {
    let own = desk(portal, reader).await?;
    let fragment = DeskFragment {
        words: reader.words(),
        desks: &cards(reader, &own),
        csrf: &reader.visitor.csrf,
    };
    let centres = own.centres.iter().map(|desk| desk.centre.id);
    Ok((centres.collect(), wall_stream::rendered(&fragment)?))
}

async fn desk(portal: &Portal, reader: &Reader) -> Result<OwnDesk, Error> {
    let since = midnight(portal.env.now(), &reader.zone());
    call_centre::desks(&portal.env, reader.actor(), since).await
}

async fn page(portal: &Portal, reader: &Reader) -> Result<AgentDeskPage, Error> {
    let own = desk(portal, reader).await?;
    let supervised = call_centre::supervised(&portal.env, reader.actor()).await?;
    let link = |centre: &model::VirtualUser| Link {
        label: centre.name.to_string(),
        href: address::wallboard(centre.id),
    };
    Ok(AgentDeskPage {
        desks: cards(reader, &own),
        live_href: "/call-centre/live".to_owned(),
        supervised: supervised.iter().map(link).collect(),
        frame: reader.frame(portal, Section::AgentDesk).await?,
    })
}

fn cards(reader: &Reader, own: &OwnDesk) -> Vec<DeskCard> {
    let desks = own.centres.iter();
    desks.map(|desk| card(reader, own, desk)).collect()
}

fn card(reader: &Reader, own: &OwnDesk, desk: &AgentDesk) -> DeskCard {
    let words = reader.words();
    let waited = |since: Timestamp| time(own.at.0 - since.0);
    DeskCard {
        id: desk.centre.id.to_string(),
        name: desk.centre.name.to_string(),
        state: desk.seat.state.id().to_owned(),
        state_text: queue_names::agent_state(words, &desk.seat.state),
        since: format::moment(desk.seat.since, &reader.zone(), words.language()),
        states: states(words),
        codes: codes(words, &desk.codes),
        is_forced: desk.codes.usage == CodeUse::Forced,
        action: address::agent_state(desk.centre.id, own.user),
        call: desk
            .queue
            .call
            .as_ref()
            .map(|call| own_call(words, call, own.at)),
        waiting: desk.queue.waiting,
        next_waited: desk.queue.next_since.map(waited),
        offered: desk.figures.offered,
        answered: desk.figures.answered,
        bounced: desk.figures.bounced,
    }
}

/// The codes, each with what is dialled for it.
fn codes(words: Words, codes: &Codes) -> Vec<Choice> {
    let places = (1..).zip(&codes.codes);
    let choice = |(place, code): (u8, &UnavailableCode)| {
        let reason = Some(place);
        let dialled = AgentCode::Unavailable { reason }.dialled();
        Choice::new(code.as_str(), words.agent_desk_code(code.as_str(), dialled))
    };
    places.map(choice).collect()
}

fn own_call(words: Words, call: &OwnCall, now: Timestamp) -> DeskCall {
    let caller = named(words, &call.caller);
    let until = call.answered_at.unwrap_or(now);
    DeskCall {
        text: match call.answered_at {
            Some(_) => words.agent_desk_talks(caller),
            None => words.agent_desk_rings(caller),
        },
        waited: time(until.0 - call.since.0),
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
            page.frame.errors = told(&reader, id, &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}

/// The errors; a missing reason leads to the field of this call centre.
fn told(reader: &Reader, id: VirtualUserId, problems: &Problems) -> Errors {
    let mut errors = Errors::told(reader.words(), problems);
    let of_code = errors
        .0
        .iter_mut()
        .filter(|error| error.field == Field::Code.id());
    for error in of_code {
        error.field = format!("code-{id}");
    }
    errors
}
