//! Changes of users' states as server-sent events, for pages that are open.

use std::{convert::Infallible, sync::Arc, time::Duration};

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::stream::{self, Stream, StreamExt};
use model::{Action, JournalAction, JournalEntry, SiteId, Target, UserId, Verdict};
use serde::Deserialize;
use service::{Actor, site, user};
use tokio::sync::{OwnedSemaphorePermit, broadcast::Receiver, broadcast::error::RecvError};

use super::{address, reader::Reader, refusal::Refusal};
use crate::{pages::badge::BadgeFragment, parts::Badge, server::Portal, words::Words};

/// How long a stream lasts; the browser comes back by itself, and its session is looked at again.
const LASTS: Duration = Duration::from_secs(300);

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    site: String,
    /// Users that the page shows as not active, with commas between their ids.
    #[serde(default)]
    watch: String,
}

/// How many of them are looked up.
const WATCHED: usize = 100;

struct Listener {
    portal: Portal,
    actor: Actor,
    words: Words,
    site: Option<SiteId>,
    entries: Receiver<Arc<JournalEntry>>,
    /// One of the streams that may be open at once.
    _permit: OwnedSemaphorePermit,
}

pub(super) async fn stream(
    State(portal): State<Portal>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let site = match asked.site.as_str() {
        "" => None,
        text => Some(
            site::get(&portal.env, reader.actor(), address::id(text)?)
                .await?
                .site
                .id,
        ),
    };
    let Ok(permit) = portal.streams.clone().try_acquire_owned() else {
        return Ok(axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response());
    };
    let listener = Listener {
        entries: portal.env.live.subscribe(),
        words: reader.words(),
        actor: reader.session.actor,
        site,
        portal,
        _permit: permit,
    };
    let now = listener.now(&asked.watch).await;
    let told = stream::iter(now.into_iter().map(Ok)).chain(events(listener));
    Ok(Sse::new(told)
        .keep_alive(KeepAlive::default())
        .into_response())
}

fn events(listener: Listener) -> impl Stream<Item = Result<Event, Infallible>> {
    let end = tokio::time::Instant::now() + LASTS;
    stream::unfold(listener, move |mut listener| async move {
        let event = tokio::time::timeout_at(end, listener.next())
            .await
            .ok()
            .flatten()?;
        Some((Ok(event), listener))
    })
}

impl Listener {
    /// How the watched users are by now: something may have changed after the page was made and before the stream began,
    /// or while it was interrupted.
    async fn now(&self, watch: &str) -> Vec<Event> {
        let mut events = Vec::new();
        for id in watch.split(',').take(WATCHED) {
            if let Ok(id) = address::id(id) {
                events.extend(self.state_of(id).await);
            }
        }
        events
    }

    /// The next change that the reader may know of.
    async fn next(&mut self) -> Option<Event> {
        loop {
            match self.entries.recv().await {
                Ok(entry) => {
                    if let Some(event) = self.told(&entry).await {
                        return Some(event);
                    }
                }
                // Something was missed: the browser comes back and is told how things are by now.
                Err(RecvError::Lagged(_) | RecvError::Closed) => return None,
            }
        }
    }

    async fn told(&self, entry: &JournalEntry) -> Option<Event> {
        let entry = &entry.entry;
        let (enterprise, site) = (entry.enterprise?, entry.site?);
        let changes_state = matches!(
            entry.action,
            JournalAction::UserActivated
                | JournalAction::UserActivationFailed
                | JournalAction::UserActivationRetried
        );
        let id = UserId(entry.entity.id);
        let verdict = model::allows(
            self.actor.grant(),
            Action::ViewUser,
            Target::User(enterprise, site, id),
        );
        if !changes_state
            || verdict != Verdict::Allowed
            || self.site.is_some_and(|wanted| wanted != site)
        {
            return None;
        }
        self.state_of(id).await
    }

    /// The state of a user, where the reader may know it.
    async fn state_of(&self, id: UserId) -> Option<Event> {
        let user = user::get(&self.portal.env, &self.actor, id).await.ok()?;
        let state = Badge::from(&user.state);
        let html = BadgeFragment {
            words: self.words,
            state,
        }
        .render()
        .ok()?;
        let text = self
            .words
            .live_user_state(user.full_name(), state.label(self.words));
        let data = serde_json::json!({
            "id": id.to_string(), "state": user.state.name(), "html": html, "text": text,
        });
        Some(Event::default().event("user-state").data(data.to_string()))
    }
}
