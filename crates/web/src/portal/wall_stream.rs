//! What happens in call centres as server-sent events, for wallboards and agents' desks that are open.

use std::{convert::Infallible, time::Duration};

use askama::Template;
use axum::{
    http::StatusCode,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::stream;
use model::VirtualUserId;
use service::Error;
use tokio::{
    sync::{OwnedSemaphorePermit, broadcast::Receiver},
    time::Instant,
};

use super::{agent_desk, reader::Reader, refusal::Refusal, wallboard};
use crate::server::Portal;

/// How long a stream lasts; the browser comes back by itself.
const LASTS: Duration = Duration::from_secs(300);
/// The longest time between two looks: times of waiting go on, and other processes set states.
const PAUSE: Duration = Duration::from_secs(5);
/// The shortest time between two looks.
const AT_LEAST: Duration = Duration::from_millis(500);

/// What is watched.
#[derive(Clone, Copy, Debug)]
pub(super) enum Watched {
    /// A wallboard.
    Wall(VirtualUserId),
    /// The reader's own desk.
    Desk,
}

/// Somebody who watches.
struct Watcher {
    portal: Portal,
    reader: Reader,
    watched: Watched,
    /// The call centres that are seen.
    centres: Vec<VirtualUserId>,
    changed: Receiver<VirtualUserId>,
    end: Instant,
    /// One of the streams that may be open at once.
    _permit: OwnedSemaphorePermit,
}

/// How often something is told; nothing is decided by it.
fn now() -> Instant {
    Instant::now()
}

/// The live part anew whenever something has happened, and every few seconds.
pub(super) async fn open(
    portal: Portal,
    reader: Reader,
    watched: Watched,
) -> Result<Response, Refusal> {
    let Ok(permit) = portal.streams.clone().try_acquire_owned() else {
        return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response());
    };
    let mut watcher = Watcher {
        changed: portal.env.live.subscribe_centres(),
        portal,
        reader,
        watched,
        centres: Vec::new(),
        end: now() + LASTS,
        _permit: permit,
    };
    // Whoever may not see it gets no stream.
    watcher.look().await?;
    let events = stream::unfold(watcher, |mut watcher| async move {
        let event = watcher.next().await?;
        Some((Ok::<_, Infallible>(event), watcher))
    });
    Ok(Sse::new(events)
        .keep_alive(KeepAlive::default())
        .into_response())
}

/// A part of a page as HTML.
pub(super) fn rendered(part: &impl Template) -> Result<String, Error> {
    let html = part.render();
    html.map_err(|_| Error::Internal("a part of a page was not rendered"))
}

impl Watcher {
    async fn next(&mut self) -> Option<Event> {
        if now() >= self.end {
            return None;
        }
        tokio::time::sleep_until(now() + AT_LEAST).await;
        let until = now() + PAUSE;
        // What is lost because of many changes at once is seen by looking.
        while let Ok(Ok(changed)) = tokio::time::timeout_at(until, self.changed.recv()).await {
            if self.centres.contains(&changed) {
                break;
            }
        }
        let html = self.look().await.ok()?;
        let data = serde_json::json!({ "html": html });
        Some(Event::default().event("wall").data(data.to_string()))
    }

    async fn look(&mut self) -> Result<String, Error> {
        let (portal, reader) = (&self.portal, &self.reader);
        let html;
        (self.centres, html) = match self.watched {
            Watched::Wall(id) => (vec![id], wallboard::fragment(portal, reader, id).await?),
            Watched::Desk => agent_desk::fragment(portal, reader).await?,
        };
        Ok(html)
    }
}
