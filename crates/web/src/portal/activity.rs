//! The activity log (R5).

use axum::{
    extract::{Query, State},
    response::Response,
};
use model::{Change, Field, JournalAction, JournalEntry, Limit, Package, Product, Service, UserId};
use serde::Deserialize;
use service::{
    journal::{self, Wanted},
    user,
};

use super::{address, reader::Reader, refusal::Refusal, shown::shown};
use crate::{
    format,
    frame::Section,
    names,
    pages::activity::{ActivityPage, told},
    parts::{ActivityRow, Pager},
    server::Portal,
    words::Words,
};

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct Asked {
    user: String,
    before: Option<i64>,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let about = if asked.user.is_empty() {
        None
    } else {
        Some(address::id::<UserId>(&asked.user)?)
    };
    let person = match about {
        Some(id) => Some(
            user::get(&portal.env, reader.actor(), id)
                .await?
                .full_name(),
        ),
        None => None,
    };
    let limit = Limit::default();
    let wanted = Wanted {
        user: about,
        before: asked.before,
        limit,
        site: None,
    };
    let entries = journal::list(&portal.env, reader.actor(), wanted).await?;
    let last = entries
        .last()
        .filter(|_| entries.len() == limit.get())
        .map(|entry| entry.seq.to_string());
    let page =
        |before: &str| address::query("/activity", &[("user", &asked.user), ("before", before)]);
    let pager = Pager {
        previous: asked.before.map(|_| page("")),
        next: last.map(|seq| page(&seq)),
    };
    let rows = rows(&reader, entries, true);
    Ok(shown(&ActivityPage {
        person,
        rows,
        pager,
        frame: reader.frame(&portal, Section::Activity).await?,
    }))
}

/// Entries of the journal in words; with links to users that can still be there, where wanted.
pub(super) fn rows(
    reader: &Reader,
    entries: Vec<JournalEntry>,
    with_links: bool,
) -> Vec<ActivityRow> {
    let words = reader.words();
    let row = |JournalEntry { entry, .. }: JournalEntry| ActivityRow {
        at: format::moment(entry.at, &reader.zone(), words.language()),
        who: match entry.actor {
            Some(_) => entry.actor_name,
            None => names::journal_actor(words, entry.actor_name),
        },
        on_behalf_of: entry.on_behalf_of,
        what: names::journal_action(words, entry.action).into_owned(),
        href: (with_links && names_a_user(entry.action))
            .then(|| address::user(UserId(entry.entity.id))),
        about: entry.entity.name,
        changes: entry
            .changes
            .iter()
            .filter_map(|change| in_words(words, change))
            .collect(),
    };
    entries.into_iter().map(row).collect()
}

fn names_a_user(action: JournalAction) -> bool {
    match action {
        JournalAction::UserAdded
        | JournalAction::UserModified
        | JournalAction::UserActivated
        | JournalAction::UserActivationFailed
        | JournalAction::UserActivationRetried
        | JournalAction::UserActivationRequested
        | JournalAction::LoginDetailsRenewed => true,
        JournalAction::EnterpriseAdded
        | JournalAction::EnterpriseChanged
        | JournalAction::SiteAdded
        | JournalAction::SiteChanged
        | JournalAction::DepartmentAdded
        | JournalAction::NumbersImported
        | JournalAction::LicenceSet
        | JournalAction::AdministratorAdded
        | JournalAction::PasswordSet
        | JournalAction::ApiTokenAdded
        | JournalAction::UserCancelled
        | JournalAction::UserDeleted => false,
    }
}

/// A change with field and values as the reader knows them.
fn in_words(words: Words, change: &Change) -> Option<String> {
    let field = match (
        change.field.parse::<Field>(),
        change.field.parse::<Product>(),
    ) {
        (Ok(field), _) => names::field(words, field).into_owned(),
        (Err(_), Ok(product)) => names::product(words, product).into_owned(),
        (Err(_), Err(_)) => change.field.clone(),
    };
    let value = |value: &Option<String>| {
        value
            .as_deref()
            .map(|value| shown_value(words, &change.field, value))
    };
    let change = Change {
        field: String::new(),
        before: value(&change.before),
        after: value(&change.after),
    };
    told(words, &field, &change)
}

fn shown_value(words: Words, field: &str, value: &str) -> String {
    let name = match field.parse::<Field>() {
        Ok(Field::Package) => value
            .parse::<Package>()
            .ok()
            .map(|package| names::package(words, package)),
        Ok(Field::Services) => value
            .parse::<Service>()
            .ok()
            .map(|service| names::service(words, service)),
        Ok(Field::DeskPhoneType) => value
            .parse()
            .ok()
            .map(|kind| names::desk_phone_type(words, Some(kind))),
        Ok(Field::Role) => value.parse().ok().map(|role| names::role(words, role)),
        Ok(Field::State) => state(words, value),
        Ok(Field::RefusesMd5) => yes_or_no(words, value),
        Ok(Field::StateReason) => {
            return names::failure_reason(words, &model::FailureReason::from_stored(value));
        }
        _ => None,
    };
    name.map_or_else(|| value.to_owned(), std::borrow::Cow::into_owned)
}

fn yes_or_no(words: Words, value: &str) -> Option<std::borrow::Cow<'static, str>> {
    match value {
        "true" => Some(words.answer_yes()),
        "false" => Some(words.answer_no()),
        _ => None,
    }
}

fn state(words: Words, name: &str) -> Option<std::borrow::Cow<'static, str>> {
    match name {
        "pending" => Some(words.state_pending()),
        "activated" => Some(words.state_activated()),
        "failed" => Some(words.state_failed()),
        _ => None,
    }
}
