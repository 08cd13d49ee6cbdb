//! The activity log (R5): who did what, where and when, each combinable, and the same as a sheet.

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use jiff::{ToSpan, civil::Date};
use model::{
    EnterpriseId, Field, JournalAction, JournalEntry, Limit, Problem, Problems, SiteId, Timestamp,
    UserId,
};
use serde::Deserialize;
use service::{
    Error, enterprise,
    journal::{self, Wanted},
    site, user,
};

use super::{address, reader::Reader, refusal::Refusal, shown::shown_with};
use crate::{
    export,
    frame::Section,
    journal_words, names,
    pages::activity::{ActivityFilter, ActivityPage},
    parts::{ActivityRow, Choice, Pager},
    problem::Errors,
    server::Portal,
    words::Words,
};

/// What stands in the address.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    user: String,
    enterprise: String,
    site: String,
    actor: String,
    action: String,
    from: String,
    until: String,
    before: Option<i64>,
}

impl Asked {
    fn address(&self, path: &str, before: &str) -> String {
        let pairs = [
            ("user", self.user.as_str()),
            ("enterprise", self.enterprise.as_str()),
            ("site", self.site.as_str()),
            ("actor", self.actor.as_str()),
            ("action", self.action.as_str()),
            ("from", self.from.as_str()),
            ("until", self.until.as_str()),
            ("before", before),
        ];
        address::query(path, &pairs)
    }

    fn is_set(&self) -> bool {
        let narrowing = [
            &self.site,
            &self.actor,
            &self.action,
            &self.from,
            &self.until,
        ];
        narrowing.iter().any(|value| !value.is_empty())
    }

    /// What is asked of the journal; days are those of the reader's zone.
    fn wanted(&self, reader: &Reader) -> Result<Wanted, Error> {
        let mut problems = Problems::default();
        let action = match self.action.as_str() {
            "" => None,
            name => problems.note(Field::Action, name.parse::<JournalAction>()),
        };
        let from = problems.note(Field::From, start_of(reader, &self.from, 0));
        let until = problems.note(Field::Until, start_of(reader, &self.until, 1));
        problems.check()?;
        Ok(Wanted {
            enterprise: id_of::<EnterpriseId>(&self.enterprise)?,
            site: id_of::<SiteId>(&self.site)?,
            user: id_of::<UserId>(&self.user)?,
            actor_name: Some(self.actor.clone()),
            action,
            from: from.flatten(),
            until: until.flatten(),
            before: self.before,
            limit: Limit::default(),
        })
    }
}

/// The id, unless nothing is given; what is no id is nobody's.
fn id_of<T: std::str::FromStr>(text: &str) -> Result<Option<T>, Error> {
    match text {
        "" => Ok(None),
        text => address::id(text).map(Some),
    }
}

/// The beginning of the day in the reader's zone, or of one some days later; `None` for no day.
pub(super) fn start_of(
    reader: &Reader,
    day: &str,
    days_later: i32,
) -> Result<Option<Timestamp>, Problem> {
    if day.is_empty() {
        return Ok(None);
    }
    let date: Date = day.trim().parse().map_err(|_| Problem::InvalidDay)?;
    let date = date.checked_add(days_later.days());
    let start = date.and_then(|date| date.to_zoned(reader.zone()));
    let start = start.map_err(|_| Problem::InvalidDay)?;
    Ok(Some(Timestamp(start.timestamp().as_millisecond())))
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let found = match asked.wanted(&reader) {
        Ok(wanted) => Ok(journal::list(&portal.env, reader.actor(), wanted).await?),
        Err(Error::Invalid(problems)) => Err(problems),
        Err(other) => return Err(other.into()),
    };
    let entries = found.as_ref().map(Vec::as_slice).unwrap_or_default();
    let last = entries
        .last()
        .filter(|_| entries.len() == Limit::default().get());
    let pager = Pager {
        previous: asked.before.map(|_| asked.address("/activity", "")),
        next: last.map(|entry| asked.address("/activity", &entry.seq.to_string())),
    };
    let mut frame = reader.frame(&portal, Section::Activity).await?;
    if let Err(problems) = &found {
        frame.errors = Errors::told(reader.words(), problems);
    }
    let status = match found {
        Ok(_) => StatusCode::OK,
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = ActivityPage {
        person: person(&portal, &reader, &asked, entries).await?,
        filter: filter(&portal, &reader, &asked).await?,
        sheet_href: asked.address("/activity.csv", ""),
        rows: rows(&reader, found.unwrap_or_default(), true),
        pager,
        frame,
    };
    Ok(shown_with(status, &page))
}

/// About whom it is: a user as called now, or as last called, or the operator's choice of an enterprise.
async fn person(
    portal: &Portal,
    reader: &Reader,
    asked: &Asked,
    entries: &[JournalEntry],
) -> Result<Option<String>, Error> {
    if let Some(id) = id_of::<UserId>(&asked.user)? {
        return match user::get(&portal.env, reader.actor(), id).await {
            Ok(user) => Ok(Some(user.full_name())),
            Err(Error::NotFound) => Ok(entries.first().map(|e| e.entry.entity.name.clone())),
            Err(other) => Err(other),
        };
    }
    match id_of::<EnterpriseId>(&asked.enterprise)? {
        Some(id) => {
            let enterprise = enterprise::get(&portal.env, reader.actor(), id).await?;
            Ok(Some(enterprise.name.to_string()))
        }
        None => Ok(None),
    }
}

async fn filter(portal: &Portal, reader: &Reader, asked: &Asked) -> Result<ActivityFilter, Error> {
    let enterprise = id_of::<EnterpriseId>(&asked.enterprise)?;
    let sites = match (reader.actor().grant(), enterprise) {
        (model::Grant::Operator, None) => Vec::new(),
        (_, enterprise) => site::list(&portal.env, reader.actor(), enterprise).await?,
    };
    let choice = |site: &model::Site| Choice::new(site.id.to_string(), site.name.as_str());
    let sites: Vec<_> = sites.iter().map(choice).collect();
    let bare = Asked {
        user: asked.user.clone(),
        enterprise: asked.enterprise.clone(),
        ..Asked::default()
    };
    Ok(ActivityFilter {
        user: asked.user.clone(),
        enterprise: asked.enterprise.clone(),
        sites: if sites.len() > 1 || !asked.site.is_empty() {
            sites
        } else {
            Vec::new()
        },
        site: asked.site.clone(),
        actor: asked.actor.clone(),
        actions: actions(reader.words()),
        action: asked.action.clone(),
        from: asked.from.clone(),
        until: asked.until.clone(),
        is_set: asked.is_set(),
        clear_href: bare.address("/activity", ""),
    })
}

fn actions(words: Words) -> Vec<Choice> {
    let choice =
        |action: &JournalAction| Choice::new(action.id(), names::journal_action(words, *action));
    let mut choices: Vec<_> = JournalAction::ALL.iter().map(choice).collect();
    choices.sort_by_key(|choice| model::fold(&choice.label));
    choices
}

/// All that match as a sheet, at most [`export::MOST`] entries.
pub(super) async fn sheet(
    State(portal): State<Portal>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let wanted = asked.wanted(&reader)?;
    let reading = export::Reading {
        words: reader.words(),
        zone: reader.zone(),
    };
    let actor = reader.actor().clone();
    Ok(export::journal(portal, actor, wanted, reading).await?)
}

/// Entries of the journal in words; with links to users that can still be there, where wanted.
pub(super) fn rows(
    reader: &Reader,
    entries: Vec<JournalEntry>,
    with_links: bool,
) -> Vec<ActivityRow> {
    let (words, zone) = (reader.words(), reader.zone());
    let row = |entry| journal_words::row(words, &zone, entry, with_links);
    entries.into_iter().map(row).collect()
}
