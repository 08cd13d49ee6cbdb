//! The operator's queue of users that are not active (S3, S4).

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use model::{Cursor, FailureReason, Field, Limit, Problem, State as UserState};
use serde::Deserialize;
use service::{
    Error, NotActive,
    activation::{self, Decision, Waiting},
    enterprise, virtual_user,
};

use super::{
    address,
    form::{Form, see},
    home::count,
    reader::Reader,
    refusal::Refusal,
    shown::shown,
    virtual_activation,
};
use crate::{
    api::{decode_cursor, encode_cursor},
    format,
    frame::Section,
    names,
    pages::activation::{ActivationRow, ActivationsPage, ProgressView, RequestView},
    parts::{Badge, Choice, Pager},
    server::Portal,
    words::Words,
};

pub(super) const QUEUE: &str = "/operator/activations";

/// The spans of waiting that can be chosen, in hours.
const SPANS: [u32; 4] = [1, 24, 72, 168];

/// What stands in the address.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    enterprise: String,
    state: String,
    hours: String,
    pub(super) cursor: String,
}

impl Asked {
    fn address(&self, cursor: &str) -> String {
        let pairs = [
            ("enterprise", self.enterprise.as_str()),
            ("state", &self.state),
            ("hours", &self.hours),
            ("cursor", cursor),
        ];
        address::query(QUEUE, &pairs)
    }

    fn is_filtered(&self) -> bool {
        let filters = [&self.enterprise, &self.state, &self.hours];
        filters.iter().any(|value| !value.is_empty())
    }

    /// What is wanted; an address that nobody's form has made wants everything.
    fn waiting(&self) -> Waiting {
        let state = ["pending", "failed"].contains(&self.state.as_str());
        Waiting {
            enterprise: self.enterprise.parse().ok(),
            state: state.then(|| self.state.clone()),
            hours: self.hours.parse().ok(),
        }
    }
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let cursor = decode_cursor(Some(&asked.cursor))?;
    let (actor, limit) = (reader.actor(), Limit::default());
    let waiting = asked.waiting();
    let queue = activation::queue(&portal.env, actor, &waiting, cursor.as_ref(), limit).await?;
    let (pending, failed) = activation::count(&portal.env, actor).await?;
    let groups = match &cursor {
        None => virtual_user::queue(&portal.env, actor, &waiting).await?,
        Some(_) => Vec::new(),
    };
    let words = reader.words();
    let href = |cursor: &Cursor| asked.address(&encode_cursor(cursor));
    let page = ActivationsPage {
        total: count(pending + failed),
        pager: Pager {
            previous: queue.previous.as_ref().map(href),
            next: queue.next.as_ref().map(href),
        },
        rows: queue
            .items
            .iter()
            .map(|waiting| row(&reader, waiting))
            .collect(),
        groups: groups
            .iter()
            .map(|group| virtual_activation::row(&reader, group))
            .collect(),
        enterprises: enterprises(&portal, &reader).await?,
        enterprise: asked.enterprise.clone(),
        states: vec![
            choice("pending", words.state_pending()),
            choice("failed", words.state_failed()),
        ],
        state: asked.state.clone(),
        spans: SPANS.map(|hours| span(words, hours)).to_vec(),
        span: asked.hours.clone(),
        is_filtered: asked.is_filtered(),
        clear_href: QUEUE.to_owned(),
        reasons: reasons(words),
        frame: reader.frame(&portal, Section::Activation).await?,
    };
    Ok(shown(&page))
}

async fn enterprises(portal: &Portal, reader: &Reader) -> Result<Vec<Choice>, Error> {
    let page = enterprise::list(&portal.env, reader.actor(), None, Limit::new(200)).await?;
    let choices = page
        .items
        .into_iter()
        .map(|enterprise| choice(enterprise.id.to_string(), enterprise.name.to_string()));
    Ok(choices.collect())
}

fn choice(value: impl Into<String>, label: impl Into<String>) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
        note: String::new(),
        is_available: true,
    }
}

fn span(words: Words, hours: u32) -> Choice {
    let label = match hours {
        1..=23 => words.activation_filter_hours(hours),
        _ => words.activation_filter_days(hours / 24),
    };
    choice(hours.to_string(), label)
}

/// The reasons that the operator can choose.
fn reasons(words: Words) -> Vec<Choice> {
    let choices = FailureReason::CHOICES.into_iter();
    choices
        .map(|reason| choice(reason.to_string(), names::failure_reason(words, &reason)))
        .collect()
}

/// The pages before and after in a list that has nothing but a cursor in its address.
pub(super) fn pager(path: &str, previous: Option<&Cursor>, next: Option<&Cursor>) -> Pager {
    let href = |cursor: &Cursor| address::query(path, &[("cursor", &encode_cursor(cursor))]);
    Pager {
        previous: previous.map(href),
        next: next.map(href),
    }
}

fn row(reader: &Reader, waiting: &NotActive) -> ActivationRow {
    let (words, user) = (reader.words(), &waiting.user);
    ActivationRow {
        id: user.id.to_string(),
        name: user.full_name(),
        href: address::user(user.id),
        number: format::phone_number(&user.number, reader.country()),
        enterprise: waiting.enterprise_name.clone(),
        site: waiting.site_name.clone(),
        since: format::moment(user.created_at, &reader.zone(), words.language()),
        state: Badge::from(&user.state),
        reason: match &user.state {
            UserState::Failed { reason } => Some(names::failure_reason(words, reason)),
            UserState::Pending | UserState::Activated { .. } => None,
        },
        progress: progress(reader, user, &waiting.progress),
        action: format!("/operator/users/{}/activation", user.id),
        cancel_href: format!("/operator/users/{}/cancel", user.id),
    }
}

/// How far an activation has come, in words.
pub(super) fn progress(
    reader: &Reader,
    user: &model::User,
    progress: &model::Progress,
) -> ProgressView {
    let (words, zone) = (reader.words(), reader.zone());
    let told = |at| format::moment(at, &zone, words.language()).human;
    let is_pending = user.state == UserState::Pending;
    let next = is_pending.then(|| {
        let next = progress.next_step(user.created_at);
        names::next_step(words, &next, &told(next.at()))
    });
    let reminder = progress.reminder_at.filter(|_| is_pending);
    let reminded = progress.reminded_at.filter(|_| is_pending);
    ProgressView {
        next,
        reminder: reminder.map(|at| words.activation_reminder(told(at))),
        reminded: reminded.map(|at| words.activation_reminded(told(at))),
        last_error: progress
            .attempt
            .as_ref()
            .and_then(|attempt| attempt.last_error.clone()),
        request: progress.request.as_ref().map(|request| RequestView {
            sentence: words.activation_asked(told(request.at), request.by.as_str()),
            message: request.message.as_ref().map(ToString::to_string),
        }),
    }
}

pub(super) async fn decide(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    activation::decide(&portal.env, reader.actor(), id, &decision(&sent)?).await?;
    Ok(see(QUEUE))
}

/// What the operator has chosen.
pub(super) fn decision(sent: &Form) -> Result<Decision, Error> {
    match sent.get("outcome").as_str() {
        "activated" => Ok(Decision::Activate),
        "failed" => Ok(Decision::Fail {
            reason: reason(sent),
        }),
        "retry" => Ok(Decision::Retry),
        _ => Err(Error::field(Field::Outcome, Problem::Unknown)),
    }
}

/// The operator's own words before what was chosen from the list.
fn reason(sent: &Form) -> String {
    let own = sent.get("reason");
    if own.trim().is_empty() {
        sent.get("choice")
    } else {
        own
    }
}
