//! The page of work on many users: how far it is, live, and what became of each.

use std::{convert::Infallible, time::Duration};

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::stream;
use model::{Limit, Renewal, RenewalId, RenewalResult, RenewalState};
use serde::Deserialize;
use service::renewal::{self, RenewalRow};
use tokio::{sync::OwnedSemaphorePermit, time::Instant};

use super::{
    address,
    form::{Form, see},
    home::count,
    reader::Reader,
    refusal::Refusal,
    renewal::named,
    shown::shown,
};
use crate::{
    api::{decode_place, encode_place},
    frame::Section,
    names,
    pages::job::{JobPage, JobRow, Progress, ProgressFragment},
    server::Portal,
};

/// How many rows a page has.
const ROWS: usize = 100;
/// How long a stream lasts; the browser comes back by itself.
const LASTS: Duration = Duration::from_secs(300);
/// The shortest time between two events.
const PAUSE: Duration = Duration::from_millis(250);

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    after: String,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let id: RenewalId = address::id(&id)?;
    let after = match asked.after.as_str() {
        "" => None,
        text => Some(decode_place(text)?),
    };
    let job = renewal::get(&portal.env, reader.actor(), id).await?;
    let limit = Limit::new(ROWS);
    let rows = renewal::rows(&portal.env, reader.actor(), id, after, limit).await?;
    let last = rows.last().filter(|_| rows.len() == ROWS);
    let more_href =
        last.map(|row| address::query(&address::job(id), &[("after", &encode_place(row.place))]));
    let result = job.result(portal.env.now());
    let is_running = job.state == RenewalState::Running;
    let page = JobPage {
        progress: progress(&job),
        live_href: if is_running {
            format!("{}/live", address::job(id))
        } else {
            String::new()
        },
        cancel_action: format!("{}/cancel", address::job(id)),
        result_text: result_text(&reader, result),
        result_href: (result == RenewalResult::Ready)
            .then(|| format!("{}/result", address::job(id))),
        rows: rows.iter().map(|found| row(&reader, found)).collect(),
        more_href,
        frame: reader.frame(&portal, Section::Users).await?,
    };
    Ok(shown(&page))
}

fn progress(job: &Renewal) -> Progress {
    Progress {
        total: count(job.total),
        done: count(job.done),
        failed: count(job.failed),
        state: job.state,
    }
}

fn result_text(reader: &Reader, result: RenewalResult) -> String {
    let words = reader.words();
    let text = match result {
        RenewalResult::NotYet => words.job_result_not_yet(),
        RenewalResult::Ready => words.job_result_ready(),
        RenewalResult::Fetched => words.job_result_fetched(),
        RenewalResult::Expired => words.job_result_expired(),
        RenewalResult::Nothing => words.job_result_nothing(),
    };
    text.into_owned()
}

fn row(reader: &Reader, row: &RenewalRow) -> JobRow {
    JobRow {
        name: named(reader, &row.name),
        href: row.user.map(address::user),
        outcome: names::renewal_outcome(reader.words(), row.outcome).into_owned(),
        is_failure: row.outcome.is_failure(),
    }
}

/// Stops what is not done.
pub(super) async fn cancel(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    _sent: Form,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    renewal::cancel(&portal.env, reader.actor(), id).await?;
    Ok(see(&address::job(id)))
}

/// Somebody who watches the work.
struct Watcher {
    portal: Portal,
    reader: Reader,
    id: RenewalId,
    changed: tokio::sync::watch::Receiver<()>,
    /// What was told last, and when.
    told: Option<(i64, Instant)>,
    is_over: bool,
    end: Instant,
    /// One of the streams that may be open at once.
    _permit: OwnedSemaphorePermit,
}

/// How often something is told; nothing is decided by it.
fn now() -> Instant {
    Instant::now()
}

/// How far it is, told whenever it has got further, at most four times a second.
pub(super) async fn stream(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    renewal::get(&portal.env, reader.actor(), id).await?;
    let Ok(permit) = portal.streams.clone().try_acquire_owned() else {
        return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response());
    };
    let watcher = Watcher {
        changed: portal.env.store.changed(),
        portal,
        reader,
        id,
        told: None,
        is_over: false,
        end: now() + LASTS,
        _permit: permit,
    };
    let events = stream::unfold(watcher, |mut watcher| async move {
        let event = watcher.next().await?;
        Some((Ok::<_, Infallible>(event), watcher))
    });
    Ok(Sse::new(events)
        .keep_alive(KeepAlive::default())
        .into_response())
}

impl Watcher {
    async fn next(&mut self) -> Option<Event> {
        if self.is_over {
            return None;
        }
        loop {
            self.changed.mark_unchanged();
            let job = renewal::get(&self.portal.env, self.reader.actor(), self.id)
                .await
                .ok()?;
            let over = job.done + job.failed;
            self.is_over = job.state != RenewalState::Running;
            if self.is_over || self.told.is_none_or(|(told, _)| told != over) {
                self.told = Some((over, now()));
                return self.event(&job);
            }
            if let Some((_, at)) = self.told {
                tokio::time::sleep_until(at + PAUSE).await;
            }
            tokio::time::timeout_at(self.end, self.changed.changed())
                .await
                .ok()?
                .ok()?;
        }
    }

    fn event(&self, job: &Renewal) -> Option<Event> {
        let words = self.reader.words();
        let progress = progress(job);
        let html = ProgressFragment { words, progress }.render().ok()?;
        let data = serde_json::json!({
            "html": html,
            "percent": progress.percent(),
            "text": words.job_announce(progress.percent()),
            "over": self.is_over,
        });
        Some(Event::default().event("job").data(data.to_string()))
    }
}
