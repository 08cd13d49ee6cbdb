//! Changes of users' states and of a user's phones as server-sent events, for pages that are open.

use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::stream::{self, Stream};
use model::{Action, EnterpriseId, JournalAction, JournalEntry, SiteId, Target, UserId, Verdict};
use serde::Deserialize;
use service::{PhoneChanged, site, user};
use tokio::sync::{OwnedSemaphorePermit, broadcast::Receiver};

use super::{address, phone, reader::Reader, refusal::Refusal};
use crate::{
    pages::{badge::BadgeFragment, phone::PhoneFragment},
    parts::Badge,
    server::Portal,
};

/// How long a stream lasts; the browser comes back by itself, and its session is looked at again.
const LASTS: Duration = Duration::from_secs(300);

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    site: String,
    /// The one user that the page is about; only then are phones told.
    #[serde(default)]
    user: String,
    /// Users that the page shows as not active, with commas between their ids.
    #[serde(default)]
    watch: String,
}

/// How many of them are looked up.
const WATCHED: usize = 100;

struct Listener {
    portal: Portal,
    reader: Reader,
    site: Option<SiteId>,
    user: Option<UserId>,
    entries: Receiver<Arc<JournalEntry>>,
    /// Heard of only when the page is about one user.
    phones: Option<Receiver<PhoneChanged>>,
    /// What is to be told before listening again.
    waiting: VecDeque<Event>,
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
    let user = match asked.user.as_str() {
        "" => None,
        text => Some(
            user::get(&portal.env, reader.actor(), address::id(text)?)
                .await?
                .id,
        ),
    };
    let Ok(permit) = portal.streams.clone().try_acquire_owned() else {
        return Ok(axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response());
    };
    let mut listener = Listener {
        entries: portal.env.live.subscribe(),
        phones: user.map(|_| portal.env.live.subscribe_phones()),
        waiting: VecDeque::new(),
        reader,
        site,
        user,
        portal,
        _permit: permit,
    };
    listener.waiting = listener.now(&asked.watch).await;
    Ok(Sse::new(events(listener))
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
    async fn now(&self, watch: &str) -> VecDeque<Event> {
        let mut events = VecDeque::new();
        for id in watch.split(',').take(WATCHED) {
            if let Ok(id) = address::id(id) {
                events.extend(self.state_of(id).await);
            }
        }
        if let Some(user) = self.user {
            events.extend(self.phone_of(user, IsNews::No).await);
        }
        events
    }

    /// The next change that the reader may know of.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            // Something was missed, or nothing will come: the browser comes back and is told how things are by now.
            tokio::select! {
                entry = self.entries.recv() => {
                    let entry = entry.ok()?;
                    self.waiting = self.told(&entry).await;
                }
                change = heard(&mut self.phones) => {
                    self.waiting.extend(self.told_phone(change?).await);
                }
            }
        }
    }

    async fn told(&self, entry: &JournalEntry) -> VecDeque<Event> {
        let entry = &entry.entry;
        let changes_state = matches!(
            entry.action,
            JournalAction::UserActivated
                | JournalAction::UserActivationFailed
                | JournalAction::UserActivationRetried
        );
        let (Some(enterprise), Some(site)) = (entry.enterprise, entry.site) else {
            return VecDeque::new();
        };
        let id = UserId(entry.entity.id);
        if !changes_state || !self.wants(enterprise, site, id) {
            return VecDeque::new();
        }
        let mut events: VecDeque<_> = self.state_of(id).await.into_iter().collect();
        if self.user.is_some() {
            events.extend(self.phone_of(id, IsNews::No).await);
        }
        events
    }

    async fn told_phone(&self, change: PhoneChanged) -> Option<Event> {
        let PhoneChanged {
            user,
            site,
            enterprise,
        } = change;
        match self.wants(enterprise, site, user) {
            true => self.phone_of(user, IsNews::Yes).await,
            false => None,
        }
    }

    /// Whether the page is about this user, and the reader may know of it.
    fn wants(&self, enterprise: EnterpriseId, site: SiteId, user: UserId) -> bool {
        let target = Target::User(enterprise, site, user);
        let verdict = model::allows(self.reader.actor().grant(), Action::ViewUser, target);
        verdict == Verdict::Allowed
            && self.site.is_none_or(|wanted| wanted == site)
            && self.user.is_none_or(|wanted| wanted == user)
    }

    /// The state of a user, where the reader may know it.
    async fn state_of(&self, id: UserId) -> Option<Event> {
        let words = self.reader.words();
        let user = user::get(&self.portal.env, self.reader.actor(), id)
            .await
            .ok()?;
        let state = Badge::from(&user.state);
        let html = BadgeFragment { words, state }.render().ok()?;
        let text = words.live_user_state(user.full_name(), state.label(words));
        let data = serde_json::json!({
            "id": id.to_string(), "state": user.state.name(), "html": html, "text": text,
        });
        Some(Event::default().event("user-state").data(data.to_string()))
    }

    /// The phones of a user, where the reader may know them.
    async fn phone_of(&self, id: UserId, is_news: IsNews) -> Option<Event> {
        let words = self.reader.words();
        let (user, phone) = phone::view(&self.portal, &self.reader, id).await.ok()?;
        let text = match is_news {
            IsNews::Yes => words.live_user_phone(user.full_name(), &phone.sentence),
            IsNews::No => String::new(),
        };
        let html = PhoneFragment { words, phone }.render().ok()?;
        let data = serde_json::json!({ "id": id.to_string(), "html": html, "text": text });
        Some(Event::default().event("user-phone").data(data.to_string()))
    }
}

/// The next change of the phones, if they are listened to.
async fn heard(phones: &mut Option<Receiver<PhoneChanged>>) -> Option<PhoneChanged> {
    match phones {
        Some(phones) => phones.recv().await.ok(),
        None => std::future::pending().await,
    }
}

/// Whether a change of the phones is to be said aloud: not beside a state, which is said, and not when the stream begins.
#[derive(Clone, Copy)]
enum IsNews {
    Yes,
    No,
}
