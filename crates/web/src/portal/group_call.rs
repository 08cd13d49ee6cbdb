//! The past calls of a hunt group, call centre, pickup or park group, with the report on its members (G1-G4, U8).

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use jiff::ToSpan;
use model::{
    Field, GroupKind, Membership, Problems, TeamId, TeamKind, Timestamp, VirtualUserId,
    group_call::MemberFigures,
};
use serde::Deserialize;
use service::{
    Error,
    group_call::{self, History, Member, PastCall, PastStep, Period},
    team::TeamRef,
};
use uuid::Uuid;

use super::{
    activity::start_of,
    address,
    reader::Reader,
    refusal::Refusal,
    shown::shown_with,
    site_view,
    wallboard::{self, time},
};
use crate::{
    format,
    frame::Section,
    pages::group_call::{GroupCallsPage, MemberRow, PastCallRow},
    parts::Link,
    problem::Errors,
    queue_names,
    server::Portal,
    sheet::{self, Sheet},
    words::Words,
};

/// How many calls a file holds.
const MOST: i64 = 10_000;
/// So many days are shown unless others are asked for.
const DAYS: i32 = 7;

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    from: Option<String>,
    until: Option<String>,
    at: Option<i64>,
    id: Option<Uuid>,
}

/// The first and the last day, as they are typed.
struct Days {
    from: String,
    until: String,
}

impl Days {
    fn of(portal: &Portal, reader: &Reader, asked: &Asked) -> Self {
        let now = jiff::Timestamp::from_millisecond(portal.env.now().0).unwrap_or_default();
        let today = now.to_zoned(reader.zone()).date();
        let first = today.checked_sub((DAYS - 1).days()).unwrap_or(today);
        let or = |day: &Option<String>, usual: jiff::civil::Date| match day {
            Some(day) => day.clone(),
            None => usual.to_string(),
        };
        Self {
            from: or(&asked.from, first),
            until: or(&asked.until, today),
        }
    }

    fn period(&self, reader: &Reader) -> Result<Period, Error> {
        let mut problems = Problems::default();
        let since = problems.note(Field::From, start_of(reader, &self.from, 0));
        let until = problems.note(Field::Until, start_of(reader, &self.until, 1));
        problems.check()?;
        Ok(Period {
            since: since.flatten().unwrap_or(Timestamp(0)),
            until: until.flatten().unwrap_or(Timestamp(i64::MAX)),
        })
    }

    fn address(&self, path: &str) -> String {
        let pairs = [("from", self.from.as_str()), ("until", self.until.as_str())];
        address::query(path, &pairs)
    }
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let id: Uuid = address::id(&id)?;
    let (env, actor, words) = (&portal.env, reader.actor(), reader.words());
    let days = Days::of(&portal, &reader, &asked);
    let (period, problems) = match days.period(&reader) {
        Ok(period) => (period, None),
        Err(Error::Invalid(problems)) => (nothing(), Some(problems)),
        Err(other) => return Err(other.into()),
    };
    let report = group_call::report(env, actor, id, period).await?;
    let before = asked.at.map(Timestamp).zip(asked.id);
    let found = group_call::history(env, actor, id, period, (before, None)).await?;
    let mut rows = Vec::new();
    for call in &found.calls {
        let way = group_call::way(env, actor, id, call.id).await?;
        rows.push(row(&reader, call, &way.steps));
    }
    let path = address::group_calls(id);
    let mut frame = reader
        .frame(&portal, section(&reader, &found.group))
        .await?;
    let status = match &problems {
        Some(problems) => {
            frame.errors = Errors::told(words, problems);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        None => StatusCode::OK,
    };
    let page = GroupCallsPage {
        trail: trail(&reader, &found.group),
        figures: wallboard::figures(words, &report.figures),
        members: report
            .members
            .iter()
            .map(|(who, done)| member(words, who, *done))
            .collect(),
        members_sheet_href: days.address(&format!("{path}/members.csv")),
        rows,
        next: next(&days, &path, &found),
        sheet_href: days.address(&format!("{path}.csv")),
        name: found.group.name,
        from: days.from,
        until: days.until,
        path,
        frame,
    };
    Ok(shown_with(status, &page))
}

/// No time at all.
fn nothing() -> Period {
    let (since, until) = (Timestamp(0), Timestamp(0));
    Period { since, until }
}

fn next(days: &Days, path: &str, found: &History) -> Option<String> {
    let (at, id) = found.next?;
    let (at, id) = (at.0.to_string(), id.to_string());
    let pairs = [
        ("from", days.from.as_str()),
        ("until", days.until.as_str()),
        ("at", at.as_str()),
        ("id", id.as_str()),
    ];
    Some(address::query(path, &pairs))
}

fn section(reader: &Reader, group: &Membership) -> Section {
    match group.kind {
        GroupKind::CallCentre => wallboard::section(reader),
        GroupKind::HuntGroup | GroupKind::PickupGroup | GroupKind::ParkGroup => {
            site_view::section(reader)
        }
    }
}

/// The way back to the group itself.
fn trail(reader: &Reader, group: &Membership) -> Vec<Link> {
    let team = |kind| {
        address::team(&TeamRef {
            site: group.site,
            kind,
            id: TeamId(group.id),
        })
    };
    let (label, href) = match group.kind {
        GroupKind::CallCentre => (
            reader.words().wallboard_title(&group.name),
            address::wallboard(VirtualUserId(group.id)),
        ),
        GroupKind::HuntGroup => (
            group.name.clone(),
            address::hunt_group(group.site, VirtualUserId(group.id)),
        ),
        GroupKind::PickupGroup => (group.name.clone(), team(TeamKind::Pickup)),
        GroupKind::ParkGroup => (group.name.clone(), team(TeamKind::Park)),
    };
    vec![Link { label, href }]
}

fn named(words: Words, member: &Member) -> String {
    match member.name.as_str() {
        "" => words.group_calls_elsewhere().into_owned(),
        name => name.to_owned(),
    }
}

fn member(words: Words, who: &Member, done: MemberFigures) -> MemberRow {
    MemberRow {
        name: named(words, who),
        offered: done.offered,
        answered: done.answered,
        bounced: done.bounced,
        talked: time(done.talked_ms),
    }
}

fn row(reader: &Reader, call: &PastCall, steps: &[PastStep]) -> PastCallRow {
    let words = reader.words();
    let answered = call.answered.as_ref();
    let until = answered.map_or(call.left_at, |(_, at)| *at);
    let step = |step: &PastStep| queue_names::step(words, step, &named(words, &step.member));
    PastCallRow {
        at: format::moment(call.entered_at, &reader.zone(), words.language()),
        caller: wallboard::named(words, &call.caller),
        waited: time(until.0 - call.entered_at.0),
        answered_by: answered
            .map(|(who, _)| named(words, who))
            .unwrap_or_default(),
        offers: words.group_calls_offers(call.offers),
        outcome: queue_names::departure(words, call.departure),
        steps: steps.iter().map(step).collect(),
    }
}

/// The calls as a file.
pub(super) async fn sheet(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let id: Uuid = address::id(&id)?;
    let (env, actor, words) = (&portal.env, reader.actor(), reader.words());
    let period = Days::of(&portal, &reader, &asked).period(&reader)?;
    let found = group_call::history(env, actor, id, period, (None, Some(MOST))).await?;
    let file = Sheet::of(words);
    let headings = [
        words.activity_when(),
        words.wallboard_caller(),
        words.wallboard_waited(),
        words.group_calls_answered_by(),
        words.group_calls_outcome(),
        words.group_calls_not_taken(),
    ];
    let mut text = file.head(&headings);
    for call in &found.calls {
        let row = row(&reader, call, &[]);
        let bounces = call.bounces.to_string();
        text += &file.line(&[
            row.at.human.as_str(),
            row.caller.as_str(),
            row.waited.as_str(),
            row.answered_by.as_str(),
            row.outcome.as_str(),
            bounces.as_str(),
        ]);
    }
    Ok(saved("klinke-group-calls.csv", text))
}

/// What the members did, as a file.
pub(super) async fn members(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let id: Uuid = address::id(&id)?;
    let words = reader.words();
    let period = Days::of(&portal, &reader, &asked).period(&reader)?;
    let found = group_call::report(&portal.env, reader.actor(), id, period).await?;
    let file = Sheet::of(words);
    let headings = [
        words.field_name(),
        words.group_calls_rung(),
        words.group_calls_taken(),
        words.group_calls_not_taken(),
        words.group_calls_talked(),
    ];
    let mut text = file.head(&headings);
    for (who, done) in &found.members {
        let row = member(words, who, *done);
        let counts = [row.offered, row.answered, row.bounced].map(|count| count.to_string());
        let [offered, answered, bounced] = &counts;
        text += &file.line(&[&row.name, offered, answered, bounced, &row.talked]);
    }
    Ok(saved("klinke-group-members.csv", text))
}

fn saved(name: &str, text: String) -> Response {
    sheet::saved(name, text, (), |()| async { None })
}
