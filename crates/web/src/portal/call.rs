//! Calls that are over: the reader's own, a user's, a site's, the enterprise's.

use std::borrow::Cow;

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use model::{
    CallOutcome, CallParty, CallRecord, CallRecordId, Country, EnterpriseId, Grant, Limit,
    PhoneNumber, Site, SiteId, User, UserId, routing::Dialled,
};
use serde::Deserialize;
use service::{
    Error,
    call_record::{self, Wanted},
    site, user,
};

use super::{address, reader::Reader, refusal::Refusal, shown::shown};
use crate::{
    format,
    frame::Section,
    names,
    pages::call::{CallRow, Calls, CallsPage, Direction, PartyView},
    parts::{Choice, Link, Pager},
    server::Portal,
    words::Words,
};

/// How many calls other pages show.
pub(super) const RECENT: usize = 5;

/// What stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    site: String,
    before: String,
}

/// On whose side of the calls the reader looks at them.
#[derive(Clone, Copy)]
enum Side {
    User(UserId),
    Site(SiteId),
    Enterprise(EnterpriseId),
}

impl Side {
    fn is(self, party: &CallParty) -> bool {
        match self {
            Self::User(user) => party.user == Some(user),
            Self::Site(site) => party.site == Some(site),
            Self::Enterprise(enterprise) => party.enterprise == Some(enterprise),
        }
    }
}

impl Asked {
    fn before(&self) -> Result<Option<CallRecordId>, Error> {
        match self.before.as_str() {
            "" => Ok(None),
            text => address::id(text).map(Some),
        }
    }
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let sites = match reader.actor().grant() {
        Grant::EnterpriseAdmin(_) | Grant::SiteAdmin(..) => {
            site::list(&portal.env, reader.actor(), None).await?
        }
        Grant::Operator | Grant::User(..) => Vec::new(),
    };
    let has_all_sites = !matches!(reader.actor().grant(), Grant::SiteAdmin(..));
    let chosen = match (asked.site.as_str(), sites.as_slice()) {
        ("", [first, ..]) if !has_all_sites => Some(first.id),
        ("", _) => None,
        (text, _) => Some(address::id(text)?),
    };
    let wanted = Wanted {
        site: chosen,
        before: asked.before()?,
        ..Wanted::default()
    };
    let site = chosen.map(|id| id.to_string()).unwrap_or_default();
    let here = sites.iter().find(|site| Some(site.id) == chosen);
    let country = here.map_or(reader.country(), |site| site.country);
    let found = call_record::list(&portal.env, reader.actor(), wanted).await?;
    let base = address::query("/calls", &[("site", &asked.site)]);
    let page = CallsPage {
        trail: Vec::new(),
        person: None,
        kept_days: portal.env.settings.call_record_days,
        sites: choices(&sites),
        site,
        has_all_sites,
        pager: pager(&base, &asked, &found),
        calls: Calls {
            rows: rows(&reader, country, side(&reader, chosen)?, found),
            is_of_several: !matches!(reader.actor().grant(), Grant::User(..)),
        },
        frame: reader.frame(&portal, Section::Calls).await?,
    };
    Ok(shown(&page))
}

fn side(reader: &Reader, site: Option<SiteId>) -> Result<Side, Error> {
    match (reader.actor().grant(), site) {
        (Grant::User(_, user), _) => Ok(Side::User(*user)),
        (_, Some(site)) => Ok(Side::Site(site)),
        (Grant::SiteAdmin(enterprise, _) | Grant::EnterpriseAdmin(enterprise), None) => {
            Ok(Side::Enterprise(*enterprise))
        }
        (Grant::Operator, None) => Err(Error::Forbidden),
    }
}

fn choices(sites: &[Site]) -> Vec<Choice> {
    match sites {
        [_] => Vec::new(),
        several => several
            .iter()
            .map(|site| Choice::new(site.id.to_string(), site.name.as_str()))
            .collect(),
    }
}

pub(super) async fn of_user(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let user = user::get(&portal.env, reader.actor(), address::id(&id)?).await?;
    if let Grant::User(..) = reader.actor().grant() {
        return Ok(super::form::see("/calls"));
    }
    let wanted = Wanted {
        user: Some(user.id),
        before: asked.before()?,
        ..Wanted::default()
    };
    let found = call_record::list(&portal.env, reader.actor(), wanted).await?;
    let place = site::get(&portal.env, reader.actor(), user.site).await?;
    let page = CallsPage {
        trail: trail(&reader, &place.site, &user),
        person: Some(user.full_name()),
        kept_days: portal.env.settings.call_record_days,
        sites: Vec::new(),
        site: String::new(),
        has_all_sites: false,
        pager: pager(&address::user_calls(user.id), &asked, &found),
        calls: Calls {
            rows: rows(&reader, place.site.country, Side::User(user.id), found),
            is_of_several: false,
        },
        frame: reader.frame(&portal, Section::Users).await?,
    };
    Ok(shown(&page))
}

fn trail(reader: &Reader, site: &Site, user: &User) -> Vec<Link> {
    let list = Link {
        label: reader.words().user_list_title_site(site.name.as_str()),
        href: address::site_users(site.id),
    };
    let person = Link {
        label: user.full_name(),
        href: address::user(user.id),
    };
    vec![list, person]
}

fn pager(base: &str, asked: &Asked, found: &[CallRecord]) -> Pager {
    let is_full = found.len() == Limit::default().get();
    let last = found.last().filter(|_| is_full);
    let joint = if base.contains('?') { '&' } else { '?' };
    Pager {
        previous: (!asked.before.is_empty()).then(|| base.to_owned()),
        next: last.map(|last| format!("{base}{joint}before={}", last.id)),
    }
}

/// The user's last calls; nothing for those who may not see them.
pub(super) async fn recent(
    portal: &Portal,
    reader: &Reader,
    user: &User,
    country: Country,
) -> Result<Option<Calls>, Error> {
    let wanted = Wanted {
        user: Some(user.id),
        limit: Limit::new(RECENT),
        ..Wanted::default()
    };
    match call_record::list(&portal.env, reader.actor(), wanted).await {
        Ok(found) => Ok(Some(Calls {
            rows: rows(reader, country, Side::User(user.id), found),
            is_of_several: false,
        })),
        Err(Error::Forbidden) => Ok(None),
        Err(error) => Err(error),
    }
}

fn rows(reader: &Reader, country: Country, side: Side, records: Vec<CallRecord>) -> Vec<CallRow> {
    records
        .into_iter()
        .map(|record| row(reader, country, side, &record))
        .collect()
}

fn row(reader: &Reader, country: Country, side: Side, record: &CallRecord) -> CallRow {
    let words = reader.words();
    let (own, other, direction) = match (side.is(&record.caller), record.outcome) {
        (true, _) => (&record.caller, &record.called, Direction::Outgoing),
        (false, CallOutcome::Answered) => (&record.called, &record.caller, Direction::Incoming),
        (
            false,
            CallOutcome::Busy
            | CallOutcome::NoAnswer
            | CallOutcome::Cancelled
            | CallOutcome::Unreachable
            | CallOutcome::Refused,
        ) => (&record.called, &record.caller, Direction::Missed),
    };
    let view = |party: &CallParty| PartyView {
        name: party.name.clone(),
        number: match party.number.as_str() {
            "" => words.call_withheld().into_owned(),
            text => number(text, country),
        },
        href: party.user.and_then(|user| href(reader, user)),
    };
    CallRow {
        direction,
        own: view(own),
        other: view(other),
        at: format::moment(record.started_at, &reader.zone(), words.language()),
        duration: record
            .answered_at
            .map(|_| format::duration(record.talked_s())),
        outcome: outcome(words, record),
    }
}

/// How it ended; after a forward also who took it.
fn outcome(words: Words, record: &CallRecord) -> Cow<'static, str> {
    match &record.answered_by {
        Some(answer) if answer.user != record.called.user && answer.name != record.called.name => {
            words.call_outcome_answered_by(answer.name.as_str()).into()
        }
        Some(_) | None => names::call_outcome(words, record.outcome),
    }
}

/// Users have no page about themselves but the overview.
fn href(reader: &Reader, user: UserId) -> Option<String> {
    match reader.actor().grant() {
        Grant::User(..) => None,
        Grant::Operator | Grant::EnterpriseAdmin(_) | Grant::SiteAdmin(..) => {
            Some(address::user(user))
        }
    }
}

/// A number as it is written in this country; extensions, emergency numbers and what is no number as they are.
fn number(text: &str, country: Country) -> String {
    let shown = |number: &PhoneNumber| format::phone_number(number, country);
    match Dialled::read(text, country) {
        Dialled::Number(number) => shown(&number),
        Dialled::Extension(_) | Dialled::Emergency(_) | Dialled::Unreadable => text.to_owned(),
    }
}
